"""What every record needs, whatever was decided: who, what, when, who asked, and why."""

from collections.abc import Iterator
from datetime import timedelta

from rules.codes import DUTY_TRIGGERS, Outcome, Trigger
from rules.empty_reasons import is_empty_reason
from rules.facts import Facts, aware
from rules.findings import Finding, finding
from rules.law import Law
from rules.working_days import next_working_day

LATE_AFTER = timedelta(hours=24)


def has_person(facts: Facts, _law: Law) -> Iterator[Finding]:
    """A decision is about someone (2024 guidance, rule 7: record)."""
    if not facts.people:
        yield finding("NO_PERSON")


def concern(facts: Facts, _law: Law) -> Iterator[Finding]:
    """What was seen or said, and how worrying, apart from an order or a duty (2024 guidance, rule 6)."""
    if facts.trigger in DUTY_TRIGGERS or facts.trigger == Trigger.KCSIE_TRANSFER:
        return
    if all(is_empty_reason(text) for text in (facts.facts_text, facts.child_words)):
        yield finding("NO_FACTS")
    if not facts.level:
        yield finding("NO_LEVEL")


def decision_recorded(facts: Facts, _law: Law) -> Iterator[Finding]:
    """What was decided and why, whether it is shared or not (2024 guidance, rule 7).

    V2: "why now" is also the sentence of substantial public interest (Schedule 1 paragraphs 6, 10, 18 and 19).
    """
    if facts.outcome not in frozenset(Outcome):
        yield finding("NO_OUTCOME")
    if is_empty_reason(facts.why_now):
        yield finding("WHY_NOW")


def times(facts: Facts, _law: Law) -> Iterator[Finding]:
    """When it was decided, apart from when it was recorded; a reason if that was more than a day later."""
    if facts.decided_at is None:
        yield finding("DECIDED_MISSING")
    else:
        late = lateness(facts)
        if late and is_empty_reason(facts.late_reason):
            yield finding(late)


def lateness(facts: Facts) -> str:
    """The finding that asks for a reason, or nothing.

    A decision is recorded within 24 hours. After an urgent record, that applies to it; completing it is in
    time until the end of the next working day.
    """
    if facts.decided_at is None or facts.recorded_at is None:
        return ""
    first = facts.urgent_recorded_at
    if aware(first or facts.recorded_at) - aware(facts.decided_at) > LATE_AFTER:
        return "LATE_REASON"
    if first and facts.recorded_at.date() > next_working_day(first.date()):
        return "COMPLETED_LATE"
    return ""


RULES = (has_person, concern, decision_recorded, times)
