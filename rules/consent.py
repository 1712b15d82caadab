"""Each person's views and consent, or why they were not asked: silence is never consent."""

from collections.abc import Iterator, Mapping

from rules import codes
from rules.codes import Consent, Level, Reason, YesNoUnknown
from rules.duties import duty_not_known_yet, leaves_no_choice, nothing_to_weigh
from rules.empty_reasons import is_empty_reason
from rules.facts import Facts, PersonFacts
from rules.findings import Finding, finding
from rules.law import Law
from rules.people import concerned, consent_state, is_adult, is_shared, named, without_agreement


def consent_recorded(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Nobody whose information is shared is left out (2024 guidance, rules 2 and 3)."""
    shared = is_shared(facts)
    for person in concerned(facts) if shared else facts.people:
        if consent_state(person) == Consent.UNKNOWN:
            yield finding("CONSENT_UNKNOWN" if shared else "CONSENT_UNKNOWN_NOT_SHARED", person=person.ref)


def not_asked(facts: Facts, law: Law) -> Iterator[Finding]:
    """Not asking needs a reason, and never means no (2024 guidance, rule 2)."""
    for person in facts.people:
        state = consent_state(person)
        if state == Consent.NOT_SOUGHT_UNSAFE:
            yield from _unsafe(person)
        said_by_duty = state == Consent.NOT_SOUGHT_NO_CHOICE and leaves_no_choice(facts, law)
        if state in codes.CONSENT_NOT_SOUGHT and is_empty_reason(person.not_asked_text) and not said_by_duty:
            yield finding("NOT_ASKED_TEXT", person=person.ref)
        if state == Consent.NOT_CONTACTABLE and is_empty_reason(person.not_asked_text):
            yield finding("NOT_REACHED", person=person.ref)


def _unsafe(person: PersonFacts) -> Iterator[Finding]:
    if person.not_asked_reason not in frozenset(Reason):
        yield finding("NOT_ASKED_REASON", person=person.ref)
    if is_empty_reason(person.agreed_with):
        yield finding("NOT_ASKED_AGREED", person=person.ref)


def consistent_with_person(facts: Facts, _law: Law) -> Iterator[Finding]:
    """A state recorded instead of an answer is true: an adult is no child, and a named person is not anonymous."""
    known = concerned(facts) if is_shared(facts) and named(facts) else ()
    for person in facts.people:
        state = consent_state(person)
        if state == Consent.NOT_COMPETENT and is_adult(person):
            yield finding("NOT_A_CHILD", person=person.ref)
        if state == Consent.NOT_NEEDED_ANON and person in known:
            yield finding("NOT_ANONYMOUS", person=person.ref)


def views(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Views are recorded in the person's own words, whatever is decided."""
    for person in facts.people:
        if consent_state(person) in codes.REFUSALS | {Consent.GIVEN_PARTIAL} and not person.views.strip():
            yield finding("VIEWS_MISSING", person=person.ref)


def consented_when(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Consent that sharing rests on has a time: it must come first, and be shown to (UK GDPR Article 7(1))."""
    rests = is_shared(facts) and any(provision.code in codes.CONSENT_PROVISIONS for provision in facts.basis)
    for person in facts.people if rests else ():
        if consent_state(person) in {Consent.GIVEN, Consent.GIVEN_PARTIAL} and person.consent_at is None:
            yield finding("CONSENT_WHEN", person=person.ref)


def objection_weighed(facts: Facts, law: Law) -> Iterator[Finding]:
    """Sharing against somebody's wishes, or without asking them, needs reasons (2024 guidance, rule 3).

    Under an order or a duty nobody weighs whether to share, so nobody is asked to say that they did; after a request
    that is known once the power or duty is chosen.
    """
    if nothing_to_weigh(facts, law) or duty_not_known_yet(facts):
        return
    if is_shared(facts) and without_agreement(facts) and is_empty_reason(facts.why_outweighs):
        yield finding("WHY_OUTWEIGHS")


def choice_honoured(facts: Facts, _law: Law) -> Iterator[Finding]:
    """An offered choice that is not honoured does more harm than none (GMC, Confidentiality)."""
    if not is_shared(facts):
        return
    offered = {recipient.ref for recipient in facts.recipients if recipient.choice == YesNoUnknown.YES}
    if not any(offered.intersection(item.given_to) for item in facts.items):
        return
    for person in without_agreement(facts):
        if consent_state(person) in codes.REFUSALS:
            yield finding("CHOICE_NOT_HONOURED", person=person.ref)


def wish_of_a_young_person(facts: Facts, _law: Law) -> Iterator[Finding]:
    """A competent young person's wish alone does not keep serious danger from those who can protect them."""
    if facts.level in codes.RISK_OF_HARM:
        for person in facts.people:
            if Reason.COMPETENT_CHILD_WISH in {person.not_asked_reason, person.informing.reason}:
                yield finding("WISH_ALONE", person=person.ref)


# From no harm to significant harm. An adult at risk, or a crime, is no lower than the harm to a child.
LEVELS: Mapping[str, int] = {
    Level.NONE_OR_EARLY: 0,
    Level.S17: 1,
    Level.S17_HIGH: 2,
    Level.S47: 3,
    Level.ADULT_AT_RISK: 3,
    Level.CRIME: 3,
}


def raised_by_refusal(facts: Facts, _law: Law) -> Iterator[Finding]:
    """A refusal never raises the level of concern by itself: saying no is a right, and no sign of harm."""
    before, now = LEVELS.get(facts.level_at_refusal), LEVELS.get(facts.level)
    if before is not None and now is not None and now > before:
        yield finding("LEVEL_AFTER_REFUSAL")


RULES = (
    consent_recorded,
    not_asked,
    consistent_with_person,
    views,
    consented_when,
    objection_weighed,
    choice_honoured,
    wish_of_a_young_person,
    raised_by_refusal,
)
