"""Which families a file would register, which rows are registered already, and which cannot be taken. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from families.importing.cells import folded
from families.importing.identity import Identity, Known, Registered
from families.importing.placing import Found, Joins, KnownFamilies, KnownFamily, Settled, settle
from families.importing.rows import PersonRead, RowRead
from rules.codes import PersonRole, YesNoUnknown
from ui.csv_files import Line

MOST_IN_A_FAMILY = 20
MOST_ASKED = 50
LEFT_WITH_ANOTHER = "Another row of this family cannot be imported, so none of the family is imported"
TOO_MANY = f"More than {MOST_IN_A_FAMILY} people would be one family. Check which column is the family number"
LATER = f"The page asks about {MOST_ASKED} families at a time. Import the file again after these"
NUMBER_TAKEN = (
    "Somebody with another name and date of birth has this number in your own system. Check the number, or leave it out"
)


@dataclass(frozen=True)
class NewFamily:
    """`people` has those of the rows first, then their parents, each once."""

    name: str
    people: tuple[PersonRead, ...]
    rows: tuple[int, ...]
    number: str = ""


@dataclass(frozen=True)
class Addition:
    """People who are added to a registered family. Who is in it already is left as they are."""

    family: KnownFamily
    people: tuple[PersonRead, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Question:
    """“Is it this family?” `added` is what a yes would add; `ticked` whether it was answered so."""

    found: Found
    added: Addition
    ticked: bool


@dataclass(frozen=True)
class RefusedRow:
    line: Line
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """`additions` are those that are sure and those that were ticked."""

    families: tuple[NewFamily, ...]
    additions: tuple[Addition, ...]
    questions: tuple[Question, ...]
    already: tuple[int, ...]
    refused: tuple[RefusedRow, ...]

    @property
    def people(self) -> int:
        return sum(len(family.people) for family in self.families)

    @property
    def added(self) -> int:
        return sum(len(addition.people) for addition in self.additions)

    @property
    def contacts(self) -> int:
        return sum(len(person.contacts) for step in self.steps for person in step.people)

    @property
    def steps(self) -> tuple[NewFamily | Addition, ...]:
        return *self.families, *self.additions

    def figures(self) -> dict[str, int]:
        return {
            "families": len(self.families),
            "people": self.people,
            "added_to_families": self.added,
            "contacts": self.contacts,
            "already_registered": len(self.already),
            "refused": len(self.refused),
        }


@dataclass
class _Making:
    families: list[NewFamily] = field(default_factory=list)
    additions: list[Addition] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)

    def place(self, fresh: Sequence[RowRead], settled: Settled) -> None:
        """Rows of one family that are not there yet."""
        why_not = _why_not(fresh, settled)
        if settled.asked and not why_not.startswith((LEFT_WITH_ANOTHER, TOO_MANY)):
            if len(self.questions) == MOST_ASKED:
                why_not = LATER
            else:
                [family] = settled.asked.families
                self.questions.append(Question(settled.asked, _addition(fresh, family), ticked=bool(settled.family)))
        self.refused += [RefusedRow(row.line, row.reasons or (why_not,)) for row in fresh if row.reasons or why_not]
        if not why_not:
            if settled.family:
                self.additions.append(_addition(fresh, settled.family))
            else:
                self.families.append(_family(fresh))


def make_plan(
    rows: Sequence[RowRead], known: Registered, families: KnownFamilies | None = None, joins: Joins | None = None
) -> Plan:
    """`families` are those of the team that some of the rows may belong to."""
    making, already, near = _Making(), [], families or KnownFamilies()
    for group in _groups(_compared(rows, known)):
        there = [row for row, is_there in group if is_there]
        fresh = [row for row, is_there in group if not is_there]
        already += [row.number for row in there]
        if fresh:
            members = {key for row in there if row.person for key in known.where(identity_of(row.person))}
            making.place(fresh, settle(near.find(fresh, members), fresh, joins))
    making.refused.sort(key=lambda row: row.line.number)
    return Plan(
        tuple(making.families), tuple(making.additions), tuple(making.questions), tuple(sorted(already)),
        tuple(making.refused),
    )  # fmt: skip


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


def _why_not(fresh: Sequence[RowRead], settled: Settled) -> str:
    if any(row.reasons for row in fresh):
        return LEFT_WITH_ANOTHER
    if settled.refused:
        return settled.refused
    people = len(_addition(fresh, settled.family).people) + len(settled.family.people) if settled.family else len(fresh)
    return TOO_MANY if people > MOST_IN_A_FAMILY else ""


def _addition(fresh: Sequence[RowRead], family: KnownFamily) -> Addition:
    """Without the parents who are in it: a row names them with nothing that the family does not say."""
    new = _family(fresh)
    rows = {row.person.details.name for row in fresh if row.person}
    people = [
        person for person in new.people if person.details.name in rows or not family.has_adult(person.details.name)
    ]
    return Addition(family, tuple(people), new.rows)


def _family(rows: Sequence[RowRead]) -> NewFamily:
    people = [row.person for row in rows if row.person]
    for parent in (parent for row in rows for parent in row.parents):
        at = next((at for at, person in enumerate(people) if _is_same_adult(person, parent)), None)
        if at is None:
            people.append(parent)
        else:
            people[at] = _merged(people[at], parent)
    return NewFamily(rows[0].family_name, tuple(people), tuple(row.number for row in rows), rows[0].family_number)


def _is_same_adult(person: PersonRead, parent: PersonRead) -> bool:
    children = {PersonRole.CHILD, PersonRole.UNBORN}
    return person.details.role not in children and folded(person.details.name) == folded(parent.details.name)


def _merged(person: PersonRead, again: PersonRead) -> PersonRead:
    """Every way to reach them once. Where two rows differ on responsibility, nothing is claimed: it is asked later."""
    answers = {person.details.parental_responsibility, again.details.parental_responsibility}
    responsibility = answers.pop() if len(answers) == 1 else YesNoUnknown.UNKNOWN
    details = replace(person.details, parental_responsibility=responsibility)
    return replace(person, details=details, contacts=tuple(dict.fromkeys((*person.contacts, *again.contacts))))
