"""What is recorded of ways to reach the people of a decision."""

from collections.abc import Iterable
from datetime import date

from audit.statements import rows_where
from decisions.models import DecisionPerson
from families.models import KnownRisk, Person, SafeContact
from families.presenters import ContactLine, contact_lines


def safe_contact_lines(person: DecisionPerson, today: date) -> list[ContactLine]:
    """As of today. One known risk in the family counts for everybody in it."""
    [of_family] = rows_where(Person, "pk", [person.person_id])
    household = rows_where(Person, "family", [of_family.family_id])
    risk = bool(rows_where(KnownRisk, "person", [each.pk for each in household]))
    return contact_lines(rows_where(SafeContact, "person", [person.person_id]), risk_in_family=risk, today=today)


def contact_details(people: Iterable[DecisionPerson]) -> dict[int, list[str]]:
    """By key of the family's person: every number and address that is recorded for them."""
    found: dict[int, list[str]] = {person.person_id: [] for person in people}
    for row in rows_where(SafeContact, "person", found):
        if row.detail:
            found[row.person_id].append(row.detail)
    return found
