"""Advice to have first: before a suspected source of harm is told, a whole file goes, or a refusal is overruled."""

from collections.abc import Iterator
from datetime import datetime

from rules import codes
from rules.codes import AdviceFirst, Level, Outcome, Reason, Trigger, YesNoUnknown
from rules.duties import leaves_no_choice
from rules.empty_reasons import is_empty_reason
from rules.facts import AdviceFacts, Facts, aware
from rules.findings import Finding, finding
from rules.informing import CONTACTED, DANGER
from rules.law import Law
from rules.people import consent_state, is_baby, is_shared, without_agreement

# Reasons not to ask or tell somebody that point at a person. Honour-based abuse points at a family: at nobody alone.
FROM_SOMEBODY = (DANGER | {Reason.PREJUDICE_CRIME, Reason.EVIDENCE_LOSS, Reason.FII}) - {Reason.HBA_FM_FGM}
SPOKEN_WITH = codes.AGREED | codes.REFUSALS | {codes.Consent.GIVEN_PARTIAL}
LOW = frozenset({Level.NONE_OR_EARLY, Level.S17})


def had_advice(facts: Facts, before: datetime | None = None) -> bool:
    """Whether somebody gave advice, and not only after this moment where both times are known."""
    return any(_counts(advice, before) for advice in facts.advice)


def advice_settled(facts: Facts, before: datetime | None = None) -> bool:
    """Whether advice was had, or it is said why it is not needed, before somebody is informed of suspected harm."""
    not_needed = facts.advice_first == AdviceFirst.NOT_NEEDED and not is_empty_reason(facts.advice_not_needed)
    return not_needed or had_advice(facts, before)


def _counts(advice: AdviceFacts, before: datetime | None) -> bool:
    named = not (is_empty_reason(advice.who) and is_empty_reason(advice.role))
    return named and not (before and advice.at and aware(advice.at) > aware(before))


def advice_recorded(facts: Facts, _law: Law) -> Iterator[Finding]:
    """What was advised is recorded, not only by whom (2024 guidance, rules 4 and 7)."""
    if any(_counts(advice, None) and is_empty_reason(advice.gist) for advice in facts.advice):
        yield finding("ADVICE_WHAT")


def source_of_harm_informed(facts: Facts, _law: Law) -> Iterator[Finding]:
    """A suspected source of harm is told only when social care or the police have agreed (Working Together)."""
    for person in facts.people:
        contacted = [attempt.at for attempt in person.informing.attempts]
        if person.informing.state in CONTACTED:
            contacted.append(person.informing.at)
        if person.alleged_source_of_harm and any(not advice_settled(facts, at) for at in contacted):
            yield finding("SOURCE_INFORMED", person=person.ref)


def household_informed(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Whoever lives with a suspected source of harm may tell them, or be made to (Working Together)."""
    if not any(person.alleged_source_of_harm and person.at_home == YesNoUnknown.YES for person in facts.people):
        return
    for person in facts.people:
        if person.alleged_source_of_harm or person.at_home != YesNoUnknown.YES or is_baby(person):
            continue
        tried = [attempt.at for attempt in person.informing.attempts]
        contacted = tried or person.informing.state in CONTACTED or consent_state(person) in SPOKEN_WITH
        times = [at for at in (person.consent_at, person.informing.at, *tried) if at]
        if contacted and not advice_settled(facts, min(times, key=aware, default=None)):
            yield finding("HOUSEHOLD_INFORMED", person=person.ref)


def source_of_harm_talk_planned(facts: Facts, _law: Law) -> Iterator[Finding]:
    """A talk with a suspected source of harm is agreed before it is held (Working Together)."""
    sources = [person for person in facts.people if person.alleged_source_of_harm]
    if sources and not is_empty_reason(facts.source_talk) and not advice_settled(facts):
        yield finding("SOURCE_TALK_PLANNED", person=sources[0].ref)


def source_of_harm_named(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Where asking or telling brings danger, who it comes from is marked: warnings about them depend on it."""
    reasons = {reason for person in facts.people for reason in (person.not_asked_reason, person.informing.reason)}
    if reasons & FROM_SOMEBODY and not any(person.alleged_source_of_harm for person in facts.people):
        yield finding("SOURCE_OPEN")


def whole_file(facts: Facts, law: Law) -> Iterator[Finding]:
    """A whole file is rarely needed (2024 guidance, rule 6), except where it must go or moves with the child."""
    goes = facts.trigger == Trigger.KCSIE_TRANSFER or leaves_no_choice(facts, law)
    if facts.outcome == Outcome.SHARED_WHOLE_FILE and not goes and not had_advice(facts):
        yield finding("WHOLE_FILE_ADVICE")


def refusal_overruled(facts: Facts, law: Law) -> Iterator[Finding]:
    """A refusal is overruled below significant harm only with care (2024 guidance, rules 3 and 4)."""
    low = facts.level in LOW and facts.trigger != Trigger.KCSIE_TRANSFER and not leaves_no_choice(facts, law)
    refused = any(consent_state(person) in codes.REFUSALS for person in without_agreement(facts))
    if is_shared(facts) and low and refused and not had_advice(facts):
        yield finding("OVERRULED_ADVICE")


RULES = (
    advice_recorded, source_of_harm_informed, household_informed, source_of_harm_talk_planned, source_of_harm_named,
    whole_file, refusal_overruled,
)  # fmt: skip
