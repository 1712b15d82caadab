"""The urgent record's answers, as rows and events."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from accounts.models import User
from decisions.models import Decision, UrgentRecord
from rules.codes import Outcome
from ui.moments import between, moment
from ui.rows import Event, Row

SOON = timedelta(minutes=5)
A_MINUTE = timedelta(minutes=1)


def urgent_record(urgent: UrgentRecord) -> list[Row]:
    return [
        Row("Who it is about", urgent.who),
        Row("Information that was shared", urgent.information),
        Row("Who it was shared with", urgent.recipient),
        Row("Why it could not wait", urgent.why),
        Row("When it was shared", moment(urgent.shared_at)),
        Row("How it was shared", urgent.how),
    ]


def written(urgent: UrgentRecord) -> str:
    """When it was recorded, and how long after the information was shared."""
    return f"Recorded {moment(urgent.recorded_at)}, {between(urgent.shared_at, urgent.recorded_at)}"


def moments(decision: Decision) -> Iterator[tuple[datetime, Event]]:
    """The sharing, unless a sending already records it, and the urgent record itself."""
    urgent = decision.urgent
    if urgent is None:
        return
    if not any(abs(sending.sent_at - urgent.shared_at) < A_MINUTE for sending in decision.sendings.all()):
        yield (
            urgent.shared_at,
            Event(f"Shared with {urgent.recipient}", urgent.shared_at, by=urgent.author_name, text=urgent.how),
        )
    title = f"Urgent record {urgent.reference} made"
    text = between(urgent.shared_at, urgent.recorded_at).capitalize()
    yield (
        urgent.recorded_at,
        Event(title, urgent.recorded_at, by=urgent.author_name, text=f"{text} the call or message"),
    )


def recorded_after(decision: Decision) -> str:
    """How long after the decision it was recorded. With an urgent record, the time of that one counts."""
    if decision.decided_at is None or decision.recorded_at is None:
        return ""
    first = decision.urgent.recorded_at if decision.urgent else decision.recorded_at
    if first - decision.decided_at < SOON:
        return ""
    what = "The urgent record was made" if decision.urgent else "Recorded"
    return f"{what} {between(decision.decided_at, first)} the decision."


def already_recorded(decision: Decision, user: User) -> str:
    """The reference of another decision that already completes the urgent record, or decides what was passed on.

    Of one that is closed to them nothing is said.
    """
    others = Decision.objects.recorded().exclude(pk=decision.pk).open_to(user)
    if decision.urgent_id and (other := others.filter(urgent=decision.urgent_id).first()):
        return str(other.reference)
    was_passed_to_manager = decision.supersedes is not None and decision.supersedes.outcome == Outcome.PASSED_UP
    if was_passed_to_manager and (other := others.filter(supersedes=decision.supersedes_id).first()):
        return str(other.reference)
    return ""
