"""A row of the file as the people it names, or why it cannot be taken. Pure: the day is passed in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from families.details import ContactDetails, PersonDetails
from families.importing import cells, columns
from families.importing.cells import Refused
from rules.codes import PersonRole, YesNoUnknown
from ui.csv_files import Line, Table

NO_DIFFERENCE = (
    "Add a date of birth, or a UPN, NHS number or number in your own system: without one nobody can tell whether this "
    "person is registered already"
)
NO_NAME = "Add a name"
WIDER = "It has more cells than there are column headings. Put text that holds a comma between quotation marks"
FIXED_ROLES = {"mother": PersonRole.MOTHER, "father": PersonRole.FATHER}
LABELS = columns.labels()
T = TypeVar("T")


@dataclass(frozen=True)
class PersonRead:
    details: PersonDetails
    contacts: tuple[ContactDetails, ...] = ()
    system_number: str = ""


@dataclass(frozen=True)
class RowRead:
    """Either `person` or `reasons`. `together` is equal for the rows of one family.

    `home` is the first parent and the address, both folded, where the row has both.
    """

    line: Line
    person: PersonRead | None = None
    parents: tuple[PersonRead, ...] = ()
    together: tuple[str, ...] = ()
    family_name: str = ""
    reasons: tuple[str, ...] = ()
    family_number: str = ""
    home: tuple[str, str] | None = None

    @property
    def number(self) -> int:
        return self.line.number


@dataclass
class _Reading:
    """The cells of one row by what they hold, and what was wrong with them."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)

    def take(self, kind: str, cell: str) -> None:
        text = self.tried(lambda: cells.checked(cell, LABELS[kind]), "")
        if text:
            self.texts.setdefault(kind, []).append(text)

    def first(self, kind: str) -> str:
        return next(iter(self.texts.get(kind, ())), "")

    def many(self, kind: str) -> list[str]:
        return list(self.texts.get(kind, ()))

    def tried(self, read: Callable[[], T], otherwise: T) -> T:
        """What `read` says; every cell is looked at, so that a row is corrected once."""
        try:
            return read()
        except Refused as refused:
            self.reasons.append(refused.reason)
            return otherwise


def read_rows(table: Table, kinds: Sequence[str], today: date) -> list[RowRead]:
    return [_row(line, kinds, today) for line in table.lines]


def _row(line: Line, kinds: Sequence[str], today: date) -> RowRead:
    if any(line.cells[len(kinds) :]):
        return RowRead(line, reasons=(WIDER,))
    reading = _Reading()
    for cell, kind in zip(line.cells, kinds, strict=False):
        if kind and cell:
            reading.take(kind, cell)
    person = _person(reading, today)
    parents = tuple(filter(None, (_parent(reading, key) for key in columns.PARENTS)))
    number = reading.tried(
        lambda: cells.short(reading.first(columns.FAMILY_NUMBER), cells.LONGEST_NUMBER, "Family or household number"),
        "",
    )
    home = _home(reading, parents)
    together, family_name = _together(line, reading, home), _family_name(reading, person.details.name)
    if reading.reasons:
        return RowRead(line, together=together, reasons=tuple(dict.fromkeys(reading.reasons)))
    return RowRead(line, person, parents, together, family_name, family_number=number, home=home)


def _family_name(reading: _Reading, otherwise: str) -> str:
    surname = cells.last_name(reading.first(columns.FULL_NAME), reading.first(columns.SURNAME))
    name = reading.first(columns.FAMILY_NAME) or surname or otherwise
    return reading.tried(lambda: cells.short(name, cells.LONGEST_NAME, "Family name"), "")


def _person(reading: _Reading, today: date) -> PersonRead:
    first, tried = reading.first, reading.tried
    name = _name(reading, columns.FULL_NAME, columns.FORENAME, columns.SURNAME)
    who = tried(
        lambda: cells.role(first(columns.ROLE), "Who they are in the family", PersonRole.CHILD), PersonRole.CHILD
    )
    day = tried(lambda: cells.born(first(columns.BORN), today), None)
    upn = tried(lambda: cells.upn(first(columns.UPN)), "")
    nhs = tried(lambda: cells.nhs_number(first(columns.NHS)), "")
    number = tried(lambda: cells.short(first(columns.SYSTEM), cells.LONGEST_NUMBER, "Number in your own system"), "")
    pr = tried(lambda: cells.answer(first(columns.RESPONSIBILITY), "Parental responsibility"), YesNoUnknown.UNKNOWN)
    ways = _contacts(reading, columns.ADDRESS, columns.PHONE, columns.EMAIL, label="")
    if not name:
        reading.reasons.append(NO_NAME)
    elif not (day or upn or nhs or number) and not reading.reasons:
        reading.reasons.append(NO_DIFFERENCE)
    if who == PersonRole.UNBORN and (day or upn or nhs or ways or pr == YesNoUnknown.YES):
        reading.reasons.append("An unborn child has no date of birth, number or contact yet. Take these out of the row")
    details = PersonDetails(
        name=name, role=who, date_of_birth=day, upn=upn, nhs_number=nhs, parental_responsibility=pr,
        known_as=_known_as(reading, name),
    )  # fmt: skip
    return PersonRead(details, tuple(ways), number)


def _parent(reading: _Reading, key: str) -> PersonRead | None:
    label = columns.PARENTS[key]

    def kind(part: str) -> str:
        return columns.of_parent(key, part)

    name = _name(reading, kind(columns.FULL_NAME), kind(columns.FORENAME), kind(columns.SURNAME), f"{label}: ")
    ways = _contacts(reading, kind(columns.ADDRESS), kind(columns.PHONE), kind(columns.EMAIL), label=f"{label}: ")
    if not name:
        if ways:
            reading.reasons.append(f"{label}: add the name of the person with this telephone, email or address")
        return None
    fixed = FIXED_ROLES.get(key, PersonRole.ADULT)
    relationship = f"{label}: relationship"
    who = reading.tried(
        lambda: cells.relationship(reading.first(kind(columns.RELATIONSHIP)), relationship, fixed), fixed
    )
    pr = reading.tried(
        lambda: cells.answer(reading.first(kind(columns.RESPONSIBILITY)), f"{label}: parental responsibility"),
        YesNoUnknown.UNKNOWN,
    )
    return PersonRead(PersonDetails(name=name, role=who, parental_responsibility=pr), tuple(ways))


def _name(reading: _Reading, full: str, forename: str, surname: str, label: str = "") -> str:
    name = cells.person_name(reading.first(full), reading.first(forename), reading.first(surname))
    return reading.tried(lambda: cells.short(name, cells.LONGEST_NAME, f"{label}name"), name[: cells.LONGEST_NAME])


def _contacts(reading: _Reading, address: str, phone: str, email: str, *, label: str) -> list[ContactDetails]:
    return reading.tried(
        lambda: cells.contacts(reading.many(address), reading.many(phone), reading.many(email), label), []
    )


def _known_as(reading: _Reading, name: str) -> str:
    """Preferred names, without those parts that are the name already."""
    known = {
        cells.folded(part)
        for part in (name, *name.split(), reading.first(columns.SURNAME), reading.first(columns.FORENAME))
    }
    others = [other for other in reading.many(columns.KNOWN_AS) if cells.folded(other) not in known]
    return reading.tried(lambda: cells.short(", ".join(dict.fromkeys(others)), 300, "Other names"), "")


def _home(reading: _Reading, parents: Sequence[PersonRead]) -> tuple[str, str] | None:
    address = cells.folded("".join(reading.many(columns.ADDRESS)))
    return (cells.folded(parents[0].details.name), address) if parents and address else None


def _together(line: Line, reading: _Reading, home: tuple[str, str] | None) -> tuple[str, ...]:
    """A family number; else the same first parent at the same address. A guess would show one family to another."""
    number = reading.first(columns.FAMILY_NUMBER)
    if number:
        return "number", cells.folded(number)
    return ("home", *home) if home else ("row", str(line.number))
