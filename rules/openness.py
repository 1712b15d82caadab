"""Being open: who is told who gets what and why, who is told later, and what is no reason for silence."""

from collections.abc import Iterator
from datetime import timedelta

from rules import codes
from rules.codes import Informing, Level, YesNoUnknown
from rules.concerns import is_concern_alone
from rules.duties import leaves_no_choice
from rules.empty_reasons import is_empty_reason
from rules.facts import Facts, PersonFacts, day_of
from rules.findings import Finding, finding
from rules.law import Law
from rules.people import concerned, consent_state, given_items, given_to, is_capable, is_shared

# Common practice, not law: a review after 7 days, and after 28 at most.
FAR = timedelta(days=28)
FAR_WHERE_HARM = timedelta(days=7)
INFORMED_IN_FULL = codes.INFORMED - {Informing.PARTLY_TOLD}


def nothing_to_inform(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Whose information goes has something to be told (2024 guidance, rule 2; UK GDPR Article 14)."""
    for person in _capable(facts):
        if person.informing.state == Informing.NOT_APPLICABLE:
            yield finding("OPEN_NOT_NEEDED", person=person.ref)


def informed_who_what_why(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Openness is who, what and why (2024 guidance, rule 2), except what must be kept from that person."""
    kept_from = {ref for item in given_items(facts) for ref in item.not_disclosed_to}
    for person in _capable(facts):
        informed = person.informing.state in INFORMED_IN_FULL
        if informed and not person.informing.who_what_why and person.ref not in kept_from:
            yield finding("WHO_WHAT_WHY", person=person.ref)


def informed_no_choice(facts: Facts, law: Law) -> Iterator[Finding]:
    """Whoever was not asked to agree knows that they had no choice (GMC, Confidentiality; 2024 guidance, rule 3)."""
    choices = {recipient.choice for recipient in given_to(facts)}
    if not leaves_no_choice(facts, law) and choices != {YesNoUnknown.NO}:
        return
    for person in _capable(facts):
        informed = person.informing.state in INFORMED_IN_FULL and consent_state(person) not in codes.AGREED
        if informed and not person.informing.no_choice_explained:
            yield finding("NO_CHOICE_SAID", person=person.ref)


def _capable(facts: Facts) -> tuple[PersonFacts, ...]:
    """People whose information goes, or who speak for such a child, and who can decide for themselves."""
    return tuple(person for person in concerned(facts) if is_capable(person)) if is_shared(facts) else ()


def informed_later(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Later is a date within reach, and somebody agreed to it (2024 guidance, rule 2)."""
    for person in facts.people:
        informing = person.informing
        if informing.state not in codes.NOT_INFORMED:
            continue
        day = informing.entered_on or day_of(facts)
        later = informing.state == Informing.DEFERRED
        if later and is_empty_reason(informing.agreed_with) and is_empty_reason(informing.approver):
            yield finding("LATER_AGREED", person=person.ref)
        if day is None or informing.review_on is None or informing.closing:
            continue
        if later and facts.level == Level.S47 and informing.review_on - day > FAR_WHERE_HARM:
            yield finding("LATER_FAR_HARM", person=person.ref)
        elif informing.review_on - day > FAR:
            yield finding("LATER_FAR", person=person.ref)


def concern_alone(facts: Facts, _law: Law) -> Iterator[Finding]:
    """That somebody may be upset is to be managed: it is no reason not to ask or inform (2024 guidance, rule 2)."""
    for person in facts.people:
        if consent_state(person) in codes.CONSENT_NOT_SOUGHT and is_concern_alone(person.not_asked_text):
            yield finding("CONCERN_NOT_ASKED", person=person.ref)
        if person.informing.state in codes.NOT_INFORMED and is_concern_alone(person.informing.text):
            yield finding("CONCERN_NOT_INFORMED", person=person.ref)


RULES = (nothing_to_inform, informed_who_what_why, informed_no_choice, informed_later, concern_alone)
