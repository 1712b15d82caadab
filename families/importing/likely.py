"""Who of a file may be registered already under a name that is nearly the same. Nobody is refused for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from accounts.models import User
from families.importing.plan import Plan
from families.models import Person
from families.similar import similar_to_each

# How many new people of a file are compared, for each takes the database some searches; and how many rows are shown.
MOST_COMPARED, MOST_ROWS, MOST_EACH = 100, 20, 3


@dataclass(frozen=True)
class LikelyRow:
    """Somebody of the file, and those of the register who it may be."""

    row: int
    name: str
    people: Sequence[Person]


def compared_of(plan: Plan) -> int:
    """How many of the file were compared, where that is not everybody; else 0."""
    return MOST_COMPARED if sum(len(family.rows) for family in plan.families) > MOST_COMPARED else 0


def likely(plan: Plan, user: User) -> list[LikelyRow]:
    """Of those who would be registered: a parent stands in the row of a child, and is asked about with the family."""
    new = (
        (row, person.details, family.name)
        for family in plan.families
        for row, person in zip(family.rows, family.people, strict=False)
    )
    compared = list(islice(new, MOST_COMPARED))
    found = similar_to_each([(details, family) for _, details, family in compared], user)
    rows = [
        LikelyRow(row, details.name, people[:MOST_EACH])
        for (row, details, _), people in zip(compared, found, strict=True)
        if people
    ]
    return rows[:MOST_ROWS]
