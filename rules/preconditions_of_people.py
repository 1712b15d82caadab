"""What provisions need of each person whose information relies on them: consent, reasons without it, age, capacity."""

from collections.abc import Callable, Iterator, Mapping

from rules import codes
from rules.agreement import agreed_to_service, why_not_agreed
from rules.basis import instead_of
from rules.capacity import at_risk
from rules.codes import Consent, Paragraph18, PersonRole, Sensitivity
from rules.empty_reasons import is_empty_reason
from rules.facts import PersonFacts
from rules.findings import Finding, finding
from rules.needs import Need
from rules.organisations import RecipientKind
from rules.people import (
    concerned,
    consent_state,
    has_sensitive,
    is_adult,
    is_capable,
    is_parent,
    needs_offences,
    told_in_confidence,
)
from rules.relied_on import ReliedOn

NOT_HEALTH = codes.SPECIAL_CATEGORY - {Sensitivity.HEALTH} | {Sensitivity.OFFENCES}
# A recipient of no known kind may be one of them.
OF_CARE = frozenset({"", RecipientKind.HEALTH, RecipientKind.SOCIAL_CARE})
NOT_ASKED = frozenset({Consent.NOT_SOUGHT_UNSAFE, Consent.NOT_SOUGHT_DELAY})
PARENT_UNDER_18 = "parent_under_18"


def consent(relied: ReliedOn) -> Iterator[Finding]:
    """V1: consent is a lawful basis only for the people who gave it (UK GDPR Articles 4(11) and 7)."""
    for person in relied.people:
        if wrong := why_not_agreed(relied.facts, person, relied.values[0]):
            yield finding(wrong, person=person.ref, **instead_of(relied.rows[0], relied.facts, relied.law))


def wanted(relied: ReliedOn) -> Iterator[Finding]:
    """Some help is only for those who want it (Housing Act 1996 s213B; Channel, Counter-Terrorism and Security Act).

    For somebody under 18, Channel support needs the consent of a parent or guardian (section 36(4)(b)).
    """
    if not any(_wants(relied, person) for person in concerned(relied.facts)):
        yield finding("HELP_NOT_WANTED", provision=relied.name)


def _wants(relied: ReliedOn, person: PersonFacts) -> bool:
    may_speak = PARENT_UNDER_18 not in relied.values or is_adult(person) or is_parent(person)
    return may_speak and agreed_to_service(person)


def members_only(relied: ReliedOn) -> Iterator[Finding]:
    """Nobody outside gets it without the person's consent (UK GDPR Article 9(2)(d); Schedule 1 paragraph 31)."""
    for person in relied.people if relied.recipients else ():
        if not relied.agreed(person):
            yield finding("NEEDS_MEMBERS", person=person.ref, provision=relied.name)


def care_without_objection(relied: ReliedOn) -> Iterator[Finding]:
    """For direct care consent is implied until somebody objects (common law; Caldicott; GMC, Confidentiality)."""
    if not {recipient.kind for recipient in relied.recipients} <= OF_CARE:
        yield finding("NEEDS_CARE", provision=relied.name)
    for person in told_in_confidence(relied.facts):
        if consent_state(person) in codes.REFUSALS:
            yield finding("NEEDS_NO_OBJECTION", person=person.ref, provision=relied.name)


def protected(relied: ReliedOn) -> Iterator[Finding]:
    """It protects somebody under 18, or an adult at risk (Schedule 1 paragraph 18(1)(b), (2) and (3); Annex 1)."""
    people = relied.facts.people
    child = any(person.role in {PersonRole.CHILD, PersonRole.UNBORN} or not is_adult(person) for person in people)
    if not child and not any(at_risk(person) for person in people):
        yield finding("P18_NOBODY")


def without_consent(relied: ReliedOn) -> Iterator[Finding]:
    """V2, V3: without consent for one of three reasons, each person's own (Schedule 1 paragraph 18(1)(c) and (2))."""
    for person in relied.people:
        if person.p18_reason not in frozenset(Paragraph18):
            yield finding("P18_REASON", person=person.ref)
        if is_empty_reason(person.p18_text):
            yield finding("P18_TEXT", person=person.ref)
        yield from _reason_is_true(person)


def _reason_is_true(person: PersonFacts) -> Iterator[Finding]:
    state = consent_state(person)
    if state in codes.AGREED:
        yield finding("P18_AGREED", person=person.ref)
    if person.p18_reason == Paragraph18.CANNOT_GIVE:
        if is_capable(person):
            yield finding("P18_CAPABLE" if state in codes.REFUSALS else "P18_CAPABLE_DOUBT", person=person.ref)
    elif person.p18_reason and state in codes.REFUSALS:
        yield finding("P18_AFTER_REFUSAL", person=person.ref)


def prejudice(relied: ReliedOn) -> Iterator[Finding]:
    """Without consent so as not to prejudice it, for each person (Schedule 1 paragraph 10(1)(b))."""
    for person in relied.people:
        if not relied.answered(person) and not _said_why_not_asked(person):
            yield finding("NEEDS_PREJUDICE", person=person.ref, provision=relied.name)


def _said_why_not_asked(person: PersonFacts) -> bool:
    """Why it was not safe to ask, or what the delay would have cost, is on the record already."""
    return consent_state(person) in NOT_ASKED and not is_empty_reason(person.not_asked_text)


def not_agreed(relied: ReliedOn) -> Iterator[Finding]:
    """It is for use without consent, so not for somebody who agreed (Schedule 1 paragraphs 10 and 17)."""
    for person in relied.people:
        if consent_state(person) in codes.AGREED:
            yield finding("NEEDS_NOT_AGREED", person=person.ref, provision=relied.name)


def incapable(relied: ReliedOn) -> Iterator[Finding]:
    """V5: only for someone physically or legally unable to consent (UK GDPR Article 9(2)(c); Schedule 1 para 30).

    Somebody unconscious is, at any age: they could not be contacted, and why they cannot consent is answered.
    """
    for person in relied.people:
        unconscious = consent_state(person) == Consent.NOT_CONTACTABLE and relied.answered(person)
        if is_capable(person) and not unconscious:
            yield finding("VITAL_CAPABLE", person=person.ref)


def over_18(relied: ReliedOn) -> Iterator[Finding]:
    """V6: somebody of 18 and over (Schedule 1 paragraph 19(2))."""
    for person in relied.people:
        if not is_adult(person):
            yield finding("P19_CHILD", person=person.ref)


def health_only(relied: ReliedOn) -> Iterator[Finding]:
    """V6: health data and nothing else (Schedule 1 paragraph 19(1)(b))."""
    for person in relied.people:
        if has_sensitive(relied.facts, person, NOT_HEALTH):
            yield finding("P19_NOT_HEALTH", person=person.ref)


def offences(relied: ReliedOn) -> Iterator[Finding]:
    """Part 3 of Schedule 1 is for criminal-offence data alone (Data Protection Act 2018 section 10(5))."""
    for person in relied.people:
        if not needs_offences(relied.facts, person):
            yield finding("NEEDS_OFFENCES", person=person.ref, provision=relied.name)


def made_public(relied: ReliedOn) -> Iterator[Finding]:
    """Manifestly made public by the person (UK GDPR Article 9(2)(e); Schedule 1 paragraph 32)."""
    for person in relied.people:
        if not relied.answered(person):
            yield finding("NEEDS_PUBLIC", person=person.ref, provision=relied.name)


def balance(relied: ReliedOn) -> Iterator[Finding]:
    """Legitimate interests are weighed against the person's, also where nobody objects (UK GDPR Article 6(1)(f))."""
    if not relied.answered():
        yield finding("NEEDS_BALANCE", provision=relied.name)


OF_PEOPLE: Mapping[str, Callable[[ReliedOn], Iterator[Finding]]] = {
    Need.CONSENT: consent,
    Need.WANTED: wanted,
    Need.CARE_WITHOUT_OBJECTION: care_without_objection,
    Need.MEMBERS_ONLY: members_only,
    Need.PROTECTED: protected,
    Need.WITHOUT_CONSENT: without_consent,
    Need.PREJUDICE: prejudice,
    Need.NOT_AGREED: not_agreed,
    Need.INCAPABLE: incapable,
    Need.OVER_18: over_18,
    Need.HEALTH_ONLY: health_only,
    Need.OFFENCES: offences,
    Need.MADE_PUBLIC: made_public,
    Need.BALANCE: balance,
}
