"""Keeping it from somebody: what must not be disclosed to them, how they could hear of it, and safe contact."""

import re
from collections.abc import Iterator

from rules import codes
from rules.advice import had_advice
from rules.codes import Consent, Informing, PersonRole, YesNoUnknown
from rules.empty_reasons import is_empty_reason
from rules.facts import Facts, PersonFacts, RecipientFacts
from rules.findings import Finding, finding
from rules.informing import CONTACTED, may_be_dangerous
from rules.law import Law
from rules.openness import INFORMED_IN_FULL
from rules.organisations import RecipientKind
from rules.people import given_items, is_shared

# Roles by which a recipient may be called, such as "Father's solicitor".
CALLED_BY = frozenset({PersonRole.MOTHER, PersonRole.FATHER, PersonRole.PARTNER})


def reaches_nobody_it_must_not(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Nothing goes to somebody it must not be disclosed to, nor to who speaks for them (2024 guidance, rule 5)."""
    for item in given_items(facts) if is_shared(facts) else ():
        for recipient in facts.recipients:
            if recipient.ref in item.given_to:
                yield from _reached(facts, recipient, item.not_disclosed_to)


def _reached(facts: Facts, recipient: RecipientFacts, kept_from: tuple[str, ...]) -> Iterator[Finding]:
    name = recipient.organisation or recipient.name or "A recipient"
    for person in facts.people:
        if person.ref not in kept_from:
            continue
        if person.ref in recipient.people or _is_called_by(facts, recipient, person):
            yield finding("REACHES_KEPT_FROM", person=person.ref, recipient=name)
        elif recipient.people and person.could_hear != YesNoUnknown.NO:
            yield finding("MAY_PASS_IT_ON", person=person.ref, recipient=name)


def _is_called_by(facts: Facts, recipient: RecipientFacts, person: PersonFacts) -> bool:
    """Whether the recipient is called by the role of this person, who is the only one with it.

    An agency may have the word in its name, such as a mother and baby unit.
    """
    if recipient.kind not in {"", RecipientKind.OTHER}:
        return False
    if person.role not in CALLED_BY or [other.role for other in facts.people].count(person.role) > 1:
        return False
    asker = f"{facts.request.by_name} {facts.request.by_role}" if recipient.is_asker else ""
    words = re.findall(r"[a-z]+", f"{recipient.name} {recipient.organisation} {asker}".lower())
    return person.role in words


def informed_of_what_is_not_disclosed(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Somebody told everything knows what must be kept from them (2024 guidance, rule 5)."""
    kept_from = {ref for item in given_items(facts) for ref in item.not_disclosed_to} if is_shared(facts) else set()
    for person in facts.people:
        if person.ref in kept_from and person.informing.state in INFORMED_IN_FULL:
            yield finding("INFORMED_OF_NOT_DISCLOSED", person=person.ref)


def could_hear(facts: Facts, _law: Law) -> Iterator[Finding]:
    """What one person of a household is told, another may hear: advice comes first (2024 guidance, rules 2 and 5)."""
    for person in facts.people if not had_advice(facts) else ():
        if not _is_kept_from(facts, person):
            continue
        others = any(other is not person and other.informing.state in CONTACTED for other in facts.people)
        if person.could_hear == YesNoUnknown.YES:
            if others or person.informing.state == Informing.NOT_TELLING:
                yield finding("COULD_HEAR", person=person.ref)
        elif person.could_hear != YesNoUnknown.NO and others and not _somebody_agreed(person):
            yield finding("COULD_HEAR_OPEN", person=person.ref)


def _is_kept_from(facts: Facts, person: PersonFacts) -> bool:
    """A suspected source of harm, or somebody it is not safe to ask or tell, who has not been told."""
    if person.informing.state in codes.INFORMED:
        return False
    unsafe = person.consent_state == Consent.NOT_SOUGHT_UNSAFE or person.informing.state == Informing.NOT_TELLING
    undisclosed = any(person.ref in item.not_disclosed_to for item in facts.items)
    return person.alleged_source_of_harm or unsafe or undisclosed


def _somebody_agreed(person: PersonFacts) -> bool:
    """Whether somebody else agreed to keep it from this person."""
    named = (person.agreed_with, person.informing.agreed_with, person.informing.approver)
    return any(not is_empty_reason(name) for name in named)


def contacted_safely(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Where there may be danger, whether the way of reaching somebody was safe is answered; not known counts as no."""
    if not may_be_dangerous(facts):
        return
    for person in facts.people:
        if person.informing.state in CONTACTED and not person.informing.safe_contact:
            yield finding("SAFE_CONTACT_OPEN", person=person.ref)


RULES = (reaches_nobody_it_must_not, informed_of_what_is_not_disclosed, could_hear, contacted_safely)
