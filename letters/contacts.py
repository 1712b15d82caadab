"""The numbers and addresses that are recorded for the people of a decision."""

from collections.abc import Iterable

from audit.statements import rows_where
from decisions.models import DecisionPerson
from families.models import SafeContact


def contact_details(people: Iterable[DecisionPerson]) -> dict[int, list[str]]:
    """By key of the family's person: every number and address that is recorded for them."""
    found: dict[int, list[str]] = {person.person_id: [] for person in people}
    for row in rows_where(SafeContact, "person", found):
        if row.detail:
            found[row.person_id].append(row.detail)
    return found
