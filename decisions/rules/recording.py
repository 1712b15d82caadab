"""What every record needs, whatever was decided: who, what, when, who asked, and why."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from decisions.rules.codes import DUTY_TRIGGERS, Outcome, Trigger
from decisions.rules.facts import Facts
from decisions.rules.findings import Finding, find
from decisions.rules.law import Law
from decisions.rules.people import is_asked
from decisions.rules.reasons import is_no_reason
from decisions.rules.working_days import next_working_day

LATE_AFTER = timedelta(hours=24)


def somebody(facts: Facts, _law: Law) -> Iterator[Finding]:
    """A decision is about someone (2024 guidance, rule 7: record)."""
    if not facts.people:
        yield find("NO_PERSON")


def concern(facts: Facts, _law: Law) -> Iterator[Finding]:
    """What was seen or said, and how worrying, apart from an order or a duty (2024 guidance, rule 6)."""
    if facts.trigger in DUTY_TRIGGERS or facts.trigger == Trigger.KCSIE_TRANSFER:
        return
    if all(is_no_reason(text) for text in (facts.facts_text, facts.child_words)):
        yield find("NO_FACTS")
    if not facts.level:
        yield find("NO_LEVEL")


def decided(facts: Facts, _law: Law) -> Iterator[Finding]:
    """What was decided and why, whether it is shared or not (2024 guidance, rule 7)."""
    if facts.outcome not in frozenset(Outcome):
        yield find("NO_OUTCOME")
    if is_no_reason(facts.why_now):
        yield find("WHY_NOW")


def times(facts: Facts, _law: Law) -> Iterator[Finding]:
    """When it was decided, apart from when it was recorded; a reason where a day lies between."""
    if facts.decided_at is None:
        yield find("DECIDED_MISSING")
    elif facts.recorded_at is not None:
        gap = aware(facts.recorded_at) - aware(facts.decided_at)
        if gap < timedelta():
            yield find("DECIDED_AHEAD")
        late = lateness(facts)
        if late and is_no_reason(facts.late_reason):
            yield find(late)


def lateness(facts: Facts) -> str:
    """The finding that asks for a reason, or nothing.

    A day may lie between deciding and writing. Where somebody was told first, that is asked of the six written then;
    the rest is in time until the end of the next working day after them.
    """
    if facts.decided_at is None or facts.recorded_at is None:
        return ""
    first = facts.told_first_recorded_at
    if aware(first or facts.recorded_at) - aware(facts.decided_at) > LATE_AFTER:
        return "LATE_REASON"
    if first and facts.recorded_at.date() > next_working_day(first.date()):
        return "REST_LATE"
    return ""


def aware(moment: datetime) -> datetime:
    """A moment without a zone is taken as universal time, so that a hand-written file is judged, not refused."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def request(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Who asked for what, and how you know it is them (2024 guidance, rule 6; ICO decision form)."""
    if not is_asked(facts):
        return
    asked = facts.request
    if is_no_reason(asked.by_name) and is_no_reason(asked.by_role):
        yield find("REQUEST_WHO")
    if is_no_reason(asked.what):
        yield find("REQUEST_WHAT")
    if is_no_reason(asked.why):
        yield find("REQUEST_WHY")
    if is_no_reason(asked.identity_check):
        yield find("REQUEST_IDENTITY")


def order(facts: Facts, _law: Law) -> Iterator[Finding]:
    """An order has a court, a day and a scope; a duty has a name."""
    if facts.trigger == Trigger.MANDATORY and not facts.duty.strip():
        yield find("DUTY_NOT_NAMED")
    if facts.trigger != Trigger.COURT_ORDER:
        return
    if is_no_reason(facts.order.court):
        yield find("ORDER_COURT")
    if facts.order.made_on is None:
        yield find("ORDER_DATE")
    if is_no_reason(facts.order.scope):
        yield find("ORDER_SCOPE")


RULES = (somebody, concern, decided, times, request, order)
