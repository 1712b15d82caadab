"""Contact with each person of a family over all decisions that somebody may see: what kind and when, and no words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from audit.parts import read_parts
from audit.statements import key_pairs
from decisions.models import Decision, DecisionPerson
from decisions.presenters.contact import CONTACT_PARTS, Line, contact_lines
from families.models import Person
from families.names import names_of

# Of each person, the newest: the list is to be read in a minute. The rest stands on the decisions' own pages.
MOST_LINES = 20


@dataclass(frozen=True)
class ContactLine:
    when: datetime | date
    title: str
    reference: str
    public_id: UUID


@dataclass(frozen=True)
class FamilyContact:
    name: str
    lines: list[ContactLine]
    more: bool


def contact_in_family(decisions: Sequence[Decision], people: Iterable[Person]) -> list[FamilyContact]:
    """Whoever has had contact, the newest line last. A fixed number of queries for any number of decisions."""
    read_parts(decisions, CONTACT_PARTS)
    read_parts([decision for decision in decisions if decision.statements_to_recipients.all()], ("recipients",))
    found = sorted(_lines(decisions), key=lambda entry: entry[1].order)
    everybody = list(people)
    names = names_of((person.pk, person) for person in everybody)
    shown = []
    for person in everybody:
        lines = [_shown(decision, line) for decision, line, key in found if key == person.pk]
        if lines:
            shown.append(FamilyContact(names[person.pk], lines[-MOST_LINES:], len(lines) > MOST_LINES))
    return shown


def _lines(decisions: Sequence[Decision]) -> Iterable[tuple[Decision, Line, int]]:
    of_family = key_pairs(DecisionPerson, "decision", [row.pk for row in decisions], "pk", "person_id")
    for decision in decisions:
        for line in contact_lines(decision):
            yield decision, line, of_family[line.person]


def _shown(decision: Decision, line: Line) -> ContactLine:
    return ContactLine(line.when, line.title, decision.reference, decision.public_id)
