"""A child at risk of significant harm is not left waiting: neither for consent nor for a date."""

from collections.abc import Iterator
from datetime import timedelta

from rules import codes
from rules.advice import had_advice
from rules.codes import EntryRoute, Level, NoBasis, Outcome
from rules.concerns import speaks_of_refusal
from rules.facts import Facts, day_of
from rules.findings import Finding, finding
from rules.law import Law
from rules.people import consent_state

# Common practice, not law. An enquiry under section 47 is decided on within days of the referral.
DECIDES_WITHIN = timedelta(days=3)
FAR = timedelta(days=28)


def in_serious_danger(facts: Facts) -> bool:
    """Whether a child may be at significant harm, or somebody had to be told at once."""
    return facts.level == Level.S47 or facts.entry_route == EntryRoute.NOW


def refusal_as_reason(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Consent is not needed to protect a child (2024 guidance, rule 3), so a refusal is no reason not to share."""
    if facts.outcome not in codes.NOT_SHARED or not in_serious_danger(facts):
        return
    refused = any(consent_state(person) in codes.REFUSALS for person in facts.people)
    as_law = refused and facts.no_basis == NoBasis.NONE
    if as_law or any(speaks_of_refusal(text) for text in (facts.no_basis_reason, facts.why_now)):
        yield finding("REFUSAL_AS_REASON")


def waits_too_long(facts: Facts, _law: Law) -> Iterator[Finding]:
    """A child is not left at risk while a decision waits (2024 guidance, rule 4)."""
    day, again = day_of(facts), facts.look_again_on
    if day is None or again is None or facts.outcome not in codes.NEEDS_REVIEW_DATE:
        return
    waits, undecided = again - day, facts.outcome != Outcome.NOT_SHARED
    if in_serious_danger(facts) and waits > (DECIDES_WITHIN if undecided else FAR):
        yield finding("WAITS_WITH_HARM")
    elif undecided and waits > FAR:
        yield finding("WAITS_LONG")


def decided_alone(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Nobody leaves a child at risk of significant harm without advice (2024 guidance, rule 4)."""
    unshared = facts.outcome in codes.NOT_SHARED
    if unshared and in_serious_danger(facts) and not had_advice(facts):
        yield finding("HARM_NO_ADVICE")


RULES = (refusal_as_reason, waits_too_long, decided_alone)
