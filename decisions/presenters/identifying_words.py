"""What names or finds the people of a decision, which must not get into what somebody else is given."""

from collections.abc import Iterable, Mapping

from audit.statements import rows_where
from decisions.models import DecisionPerson
from families.models import SafeContact


def contact_details(people: Iterable[DecisionPerson]) -> dict[int, list[str]]:
    """By key of the family's person: every number and address that is recorded for them. Costs one query."""
    return contact_details_of(person.person_id for person in people)


def contact_details_of(keys: Iterable[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {key: [] for key in keys}
    for row in rows_where(SafeContact, "person", found):
        if row.detail:
            found[row.person_id].append(row.detail)
    return found


def identifying_words(
    people: list[DecisionPerson], known: Mapping[int, list[str]] | None = None
) -> dict[str, tuple[str, ...]]:
    """By key of the decision's person: other names, their own number, phone numbers and addresses.

    `known` are `contact_details` that are read already.
    """
    details = contact_details(people) if known is None else known
    return {
        str(row.pk): tuple(
            filter(None, (*map(str.strip, row.known_as.split(",")), row.identifier, *details[row.person_id]))
        )
        for row in people
    }
