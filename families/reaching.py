"""Which recorded ways of reaching people are not safe today, by kind and without an address."""

from collections.abc import Iterable
from datetime import date

from audit.statements import rows_where
from families.contact_safety import ContactStanding, kinds_named, known, standing
from families.models import KnownRisk, Person, SafeContact


def kinds_not_safe(people: Iterable[int], today: date) -> dict[int, list[str]]:
    """By a person's key, each kind once. One known risk in the family counts for everybody in it.

    Who may see the people has been asked before. Costs one query where nothing is recorded.
    """
    contacts = rows_where(SafeContact, "person", people)
    at_risk = _in_families_with_a_risk({contact.person_id for contact in contacts})
    found: dict[int, list[str]] = {}
    for contact in contacts:
        answer = standing(contact, risk_in_family=contact.person_id in at_risk, today=today)
        kinds = found.setdefault(contact.person_id, [])
        if answer is ContactStanding.NOT_SAFE and contact.get_kind_display() not in kinds:
            kinds.append(contact.get_kind_display())
    return found


def known_of_way(person: int, how: str, today: date) -> str:
    """What is recorded today about the way of reaching this person that these words name: a code of WayKnown.

    Empty where no way is named, or nothing is recorded about it. Costs no query where no way is named.
    """
    kinds = kinds_named(how)
    contacts = rows_where(SafeContact, "person", [person]) if kinds else []
    return known((each for each in contacts if each.kind in kinds), today)


def _in_families_with_a_risk(people: Iterable[int]) -> set[int]:
    family_of = {person.pk: person.family_id for person in rows_where(Person, "pk", people)}
    members = {person.pk: person.family_id for person in rows_where(Person, "family", set(family_of.values()))}
    with_risk = {members[risk.person_id] for risk in rows_where(KnownRisk, "person", members)}
    return {person for person, family in family_of.items() if family in with_risk}
