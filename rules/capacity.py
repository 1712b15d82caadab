"""Who is able to decide, who speaks for a child, who is an adult at risk, and where they do not agree."""

from collections.abc import Iterator

from rules import codes
from rules.codes import Competence, Consent, Level, PersonRole, YesNoUnknown
from rules.empty_reasons import is_empty_reason
from rules.facts import Facts, PersonFacts
from rules.findings import Finding, finding
from rules.law import Law
from rules.people import (
    ADULT_AGE,
    MAY_UNDERSTAND_AGE,
    PRESUMED_CAPABLE_AGE,
    concerned,
    consent_state,
    is_adult,
    is_capable,
    is_parent,
    is_shared,
)

ASSESSED = frozenset({Competence.COMPETENT, Competence.PARTIAL, Competence.NOT_COMPETENT})


def is_young(person: PersonFacts) -> bool:
    """Old enough that they may understand, and not yet presumed to have capacity."""
    return person.age is not None and MAY_UNDERSTAND_AGE <= person.age < PRESUMED_CAPABLE_AGE


def competence_open(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Below sixteen a young person may be able to decide this (Gillick v West Norfolk, 1985)."""
    for person in facts.people:
        open_ = person.competence in {"", Competence.NOT_ASSESSED}
        if open_ and is_young(person) and consent_state(person) in codes.AGREED | codes.REFUSALS:
            yield finding("COMPETENCE_OPEN", person=person.ref)


def competence_recorded(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Who assessed competence, when, and the evidence. It is for this decision and day (Gillick; NSPCC)."""
    for person in concerned(facts) if is_shared(facts) else ():
        recorded = not is_empty_reason(person.competence_note) and person.competence_by.strip() and person.competence_on
        if is_young(person) and person.competence in ASSESSED and not recorded:
            yield finding("COMPETENCE_NOTE", person=person.ref)


def able_to_consent(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Only a person who can decide can consent; a young child's words are recorded as their views (Gillick)."""
    for person in facts.people:
        said_yes = consent_state(person) in codes.AGREED | {Consent.GIVEN_PARTIAL}
        small = person.role == PersonRole.CHILD and person.age is not None and person.age < MAY_UNDERSTAND_AGE
        unable = person.competence in codes.UNABLE_TO_DECIDE or (
            small and person.competence not in codes.ABLE_TO_DECIDE
        )
        if said_yes and unable:
            yield finding("NOT_ABLE_TO_AGREE", person=person.ref)


def presumed_capable(facts: Facts, _law: Law) -> Iterator[Finding]:
    """From sixteen capacity is presumed: "too young" is not the test (Mental Capacity Act 2005 sections 1 and 2)."""
    for person in facts.people:
        nearly = person.age is not None and PRESUMED_CAPABLE_AGE <= person.age < ADULT_AGE
        if nearly and Consent.NOT_COMPETENT in {person.competence, consent_state(person)}:
            yield finding("PRESUMED_ABLE", person=person.ref)


def capacity(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Lack of capacity is assessed, not assumed; best interests then apply (Mental Capacity Act 2005 ss 1, 4)."""
    for person in facts.people:
        if consent_state(person) != Consent.LACKS_CAPACITY:
            continue
        if is_empty_reason(person.competence_note):
            yield finding("CAPACITY_NOTE", person=person.ref)
        if is_empty_reason(person.best_interests):
            yield finding("BEST_INTERESTS", person=person.ref)


def at_risk(person: PersonFacts) -> bool:
    """Whether all three tests of an adult at risk are answered yes."""
    tests = person.at_risk
    return {tests.needs, tests.harm, tests.unable} == {YesNoUnknown.YES}


def adult_at_risk(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Needs, harm, and not able to protect themselves (Schedule 1 paragraph 18(3); Care Act 2014 section 42)."""
    adults = [person for person in facts.people if is_adult(person)]
    if facts.level == Level.ADULT_AT_RISK and not any(at_risk(person) for person in adults):
        yield finding("ADULT_TESTS")


def parents_disagree(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Each parent's view is separate: there is no single parental consent (Children Act 1989 section 2(7))."""
    words = {_answer(person) for person in facts.people if is_parent(person)}
    if {"yes", "no"} <= words:
        yield finding("PARENTS_DISAGREE")


def parent_against_child(facts: Facts, _law: Law) -> Iterator[Finding]:
    """A competent young person's answer counts; the parent's is recorded as well (Gillick)."""
    parents = {_answer(person) for person in facts.people if is_parent(person)}
    for person in facts.people:
        if person.role == PersonRole.CHILD and is_capable(person) and not is_parent(person):
            other = {"yes": "no", "no": "yes"}.get(_answer(person))
            if other in parents:
                yield finding("CHILD_PARENT_DISAGREE", person=person.ref)


def _answer(person: PersonFacts) -> str:
    state = consent_state(person)
    return "yes" if state in codes.AGREED else "no" if state in codes.REFUSALS else ""


def consents_for_capable_person(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Nobody consents for someone who can decide for themselves (Mental Capacity Act 2005 section 1(2); Gillick)."""
    able = {person.ref for person in facts.people if is_capable(person)}
    for person in facts.people:
        if consent_state(person) == Consent.GIVEN and able.intersection(person.covers) - {person.ref}:
            yield finding("COVERS_ABLE", person=person.ref)


def source_of_harm_consents(facts: Facts, _law: Law) -> Iterator[Finding]:
    """A suspected source of harm does not consent for the child (2024 guidance, rule 2)."""
    if not is_shared(facts) or not any(provision.code in codes.CONSENT_PROVISIONS for provision in facts.basis):
        return
    child = any(consent_state(person) == Consent.NOT_COMPETENT for person in facts.people)
    for person in facts.people:
        speaks = is_parent(person) and consent_state(person) == Consent.GIVEN
        if child and speaks and person.alleged_source_of_harm:
            yield finding("SOURCE_SPEAKS", person=person.ref)


def partial_consent(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Partial consent says to which part, or everything would count (UK GDPR Article 4(11): specific)."""
    for person in concerned(facts) if is_shared(facts) else ():
        if consent_state(person) == Consent.GIVEN_PARTIAL and is_empty_reason(person.limits):
            yield finding("PARTIAL_WHAT", person=person.ref)


RULES = (
    competence_open,
    competence_recorded,
    able_to_consent,
    presumed_capable,
    capacity,
    adult_at_risk,
    parents_disagree,
    parent_against_child,
    consents_for_capable_person,
    source_of_harm_consents,
    partial_consent,
)
