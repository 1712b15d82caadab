"""Which families a file would register, which rows are registered already, and which cannot be taken. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from families.importing.cells import folded
from families.importing.identity import Identity, Known, Registered
from families.importing.rows import PersonRead, RowRead
from rules.codes import PersonRole, YesNoUnknown
from ui.csv_files import Line

MOST_IN_A_FAMILY = 20
LEFT_WITH_ANOTHER = "Another row of this family cannot be imported, so none of the family is imported"
SIBLING = "Somebody of this family is registered already. Add this person on the family's own page"
TOO_MANY = f"More than {MOST_IN_A_FAMILY} people would be one family. Check which column is the family number"


NUMBER_TAKEN = (
    "Somebody with another name and date of birth has this number in your own system. Check the number, or leave it out"
)


@dataclass(frozen=True)
class NewFamily:
    """`people` has those of the rows first, then their parents, each once."""

    name: str
    people: tuple[PersonRead, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True)
class RefusedRow:
    line: Line
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    families: tuple[NewFamily, ...]
    already: tuple[int, ...]
    refused: tuple[RefusedRow, ...]

    @property
    def people(self) -> int:
        return sum(len(family.people) for family in self.families)

    @property
    def contacts(self) -> int:
        return sum(len(person.contacts) for family in self.families for person in family.people)

    def figures(self) -> dict[str, int]:
        return {
            "families": len(self.families),
            "people": self.people,
            "contacts": self.contacts,
            "already_registered": len(self.already),
            "refused": len(self.refused),
        }


def make_plan(rows: Sequence[RowRead], known: Registered) -> Plan:
    families: list[NewFamily] = []
    already: list[int] = []
    refused: list[RefusedRow] = []
    for group in _groups(_compared(rows, known)):
        there = [row.number for row, is_there in group if is_there]
        fresh = [row for row, is_there in group if not is_there]
        why_not = _why_not(fresh, someone_there=bool(there))
        already += there
        refused += [RefusedRow(row.line, row.reasons or (why_not,)) for row in fresh if row.reasons or why_not]
        if fresh and not why_not:
            families.append(_family(fresh))
    refused.sort(key=lambda row: row.line.number)
    return Plan(tuple(families), tuple(sorted(already)), tuple(refused))


def identity_of(person: PersonRead) -> Identity:
    details = person.details
    return Identity(
        upn=details.upn, nhs_number=details.nhs_number, system_number=person.system_number,
        born=details.date_of_birth, name=folded(details.name),
    )  # fmt: skip


def _compared(rows: Iterable[RowRead], known: Registered) -> Iterator[tuple[RowRead, bool]]:
    """Each row, refused where the file or the register speaks against it, and whether its person is registered."""
    earlier = Registered()
    for row in rows:
        if not row.person:
            yield row, False
            continue
        who = identity_of(row.person)
        there, before = known.compare(who), earlier.compare(who)
        earlier.add(who, row.number)
        if before:
            yield replace(row, reasons=(_of_row(before, earlier.first(who)),)), False
        elif there is Known.SAME_NUMBER:
            yield replace(row, reasons=(NUMBER_TAKEN,)), False
        else:
            yield row, there is Known.SAME


def _of_row(known: Known, number: int) -> str:
    if known is Known.SAME:
        return f"This is the same person as in row {number}. Take one of them out"
    return f"Row {number} has the same number in your own system for somebody else. Correct one of them"


def _groups(rows: Iterable[tuple[RowRead, bool]]) -> list[list[tuple[RowRead, bool]]]:
    """Rows of one family, in the order of the file. A row that could not be read at all is alone."""
    found: dict[tuple[str, ...], list[tuple[RowRead, bool]]] = {}
    for row, there in rows:
        found.setdefault(row.together or ("unread", str(row.number)), []).append((row, there))
    return list(found.values())


def _why_not(fresh: Sequence[RowRead], *, someone_there: bool) -> str:
    if someone_there:
        return SIBLING if fresh else ""
    if any(row.reasons for row in fresh):
        return LEFT_WITH_ANOTHER
    return TOO_MANY if len(fresh) > MOST_IN_A_FAMILY else ""


def _family(rows: Sequence[RowRead]) -> NewFamily:
    people = [row.person for row in rows if row.person]
    for parent in (parent for row in rows for parent in row.parents):
        at = next((at for at, person in enumerate(people) if _is_same_adult(person, parent)), None)
        if at is None:
            people.append(parent)
        else:
            people[at] = _merged(people[at], parent)
    return NewFamily(rows[0].family_name, tuple(people), tuple(row.number for row in rows))


def _is_same_adult(person: PersonRead, parent: PersonRead) -> bool:
    children = {PersonRole.CHILD, PersonRole.UNBORN}
    return person.details.role not in children and folded(person.details.name) == folded(parent.details.name)


def _merged(person: PersonRead, again: PersonRead) -> PersonRead:
    """Every way to reach them once. Where two rows differ on responsibility, nothing is claimed: it is asked later."""
    answers = {person.details.parental_responsibility, again.details.parental_responsibility}
    responsibility = answers.pop() if len(answers) == 1 else YesNoUnknown.UNKNOWN
    details = replace(person.details, parental_responsibility=responsibility)
    return replace(person, details=details, contacts=tuple(dict.fromkeys((*person.contacts, *again.contacts))))
