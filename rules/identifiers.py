"""The number that tells a child from every other, used when information about the child is shared."""

from collections.abc import Iterator
from datetime import date

from rules.codes import Code, PersonRole
from rules.empty_reasons import is_empty_reason
from rules.facts import Facts, PersonFacts, day_of
from rules.findings import Finding, finding
from rules.law import Law
from rules.people import concerned, is_shared

SINGLE_IDENTIFIER = "CA04_16LC"


class IdentifierKind(Code):
    NHS = "nhs", "NHS number"
    UPN = "upn", "Unique pupil number, UPN"
    OTHER = "other", "Another number"
    NONE = "none", "No number is used"


# The kinds that have a number.
WITH_A_NUMBER = (IdentifierKind.NHS, IdentifierKind.UPN, IdentifierKind.OTHER)


def identifier_due(law: Law, day: date | None, *, in_scope: bool) -> bool:
    """Whether section 16LC binds the organisation on that day: only once its start is confirmed."""
    return in_scope and day is not None and law.provision(SINGLE_IDENTIFIER, day) is not None


def identifier_given(facts: Facts, law: Law) -> Iterator[Finding]:
    """A child's information goes with their number, or with why it does not (Children Act 2004 section 16LC)."""
    if not is_shared(facts) or not identifier_due(law, day_of(facts), in_scope=facts.organisation.in_scope_16la):
        return
    for person in concerned(facts):
        if person.role == PersonRole.CHILD and not _is_answered(person):
            yield finding("IDENTIFIER_MISSING", person=person.ref)


def _is_answered(person: PersonFacts) -> bool:
    return person.identifier_kind in WITH_A_NUMBER or not is_empty_reason(person.why_no_identifier)


RULES = (identifier_given,)
