"""The six, in the words of the page that asked for them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from decisions.models import Decision, UrgentRecord
from rules.codes import Outcome
from ui.moments import between, moment
from ui.rows import Event, Row

SOON = timedelta(minutes=5)
A_MINUTE = timedelta(minutes=1)


def urgent_record(urgent: UrgentRecord) -> list[Row]:
    return [
        Row("Who it is about", urgent.who),
        Row("What was told", urgent.information),
        Row("Who was told", urgent.recipient),
        Row("Why it could not wait", urgent.why),
        Row("When they were told", moment(urgent.shared_at)),
        Row("How", urgent.how),
    ]


def written(urgent: UrgentRecord) -> str:
    """When it was written down, told apart from when it happened."""
    return f"Written down {moment(urgent.recorded_at)}, {between(urgent.shared_at, urgent.recorded_at)}"


def moments(decision: Decision) -> Iterator[tuple[datetime, Event]]:
    """The telling where no sending says it already, and the writing of the six."""
    urgent = decision.urgent
    if urgent is None:
        return
    if not any(abs(one.sent_at - urgent.shared_at) < A_MINUTE for one in decision.sendings.all()):
        yield urgent.shared_at, Event(f"Told {urgent.recipient}", urgent.shared_at, by=urgent.author_name, text=urgent.how)
    title = f"The first six answers were written down ({urgent.reference})"
    text = between(urgent.shared_at, urgent.recorded_at).capitalize()
    yield (
        urgent.recorded_at,
        Event(title, urgent.recorded_at, by=urgent.author_name, text=f"{text} the call or message"),
    )


def recorded_after(decision: Decision) -> str:
    """The six count as written first: the rest came when it was due."""
    if decision.decided_at is None or decision.recorded_at is None:
        return ""
    first = decision.urgent.recorded_at if decision.urgent else decision.recorded_at
    if first - decision.decided_at < SOON:
        return ""
    what = "Written down" if decision.urgent else "Recorded"
    return f"{what} {between(decision.decided_at, first)} the decision."


def already_recorded(decision: Decision) -> str:
    """The reference of another decision that says the rest of what was told first, or decides what was passed up."""
    others = Decision.objects.recorded().exclude(pk=decision.pk)
    if decision.urgent_id and (other := others.filter(urgent=decision.urgent_id).first()):
        return str(other.reference)
    passed = decision.supersedes is not None and decision.supersedes.outcome == Outcome.PASSED_UP
    if passed and (other := others.filter(supersedes=decision.supersedes_id).first()):
        return str(other.reference)
    return ""
