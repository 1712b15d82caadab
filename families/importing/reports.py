"""What the page of an import shows, and the file of rows that were refused. Pure."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from audit.csv_cells import safe
from families.importing.placing import KnownFamily, Tie
from families.importing.plan import Plan, RefusedRow
from families.importing.rows import PersonRead
from rules.codes import PersonRole
from ui.csv_files import Table
from ui.moments import moment

SHOWN = 5
SHOWN_REFUSED = 20


@dataclass(frozen=True)
class FamilyLine:
    name: str
    people: tuple[str, ...]


@dataclass(frozen=True)
class QuestionLine:
    row: int
    value: str
    people: str
    family: str
    reference: str
    members: str
    why: str
    ticked: bool


BECAUSE = {
    Tie.NUMBER: "It has the same family number, and no name that is the same.",
    Tie.MEMBER: "Another person of this family in the file is registered there.",
    Tie.HOME: "The same parent or carer is in it, at the same address.",
}
OTHERWISE = {Tie.HOME: "If you do not tick it, a new family is registered."}
NOT_IMPORTED = "If you do not tick it, this person is not imported."


def first_families(plan: Plan) -> list[FamilyLine]:
    return [FamilyLine(family.name, tuple(map(_person, family.people))) for family in plan.families[:SHOWN]]


def first_additions(plan: Plan, *, named: bool) -> list[FamilyLine]:
    """Those that were not asked about: added because of the number."""
    asked = {question.added.rows for question in plan.questions}
    sure = [addition for addition in plan.additions if addition.rows not in asked]
    return [
        FamilyLine(_name_of(addition.family, named=named), tuple(map(_person, addition.people)))
        for addition in sure[:SHOWN]
    ]


def questions(plan: Plan, *, named: bool) -> list[QuestionLine]:
    """All of them. `named`: whoever asks may see the family."""
    return [
        QuestionLine(
            row=question.added.rows[0],
            value=question.added.family.public_id,
            people=", ".join(person.details.name for person in question.added.people),
            family=question.added.family.name if named else "",
            reference=question.added.family.reference,
            members=", ".join(person.name for person in question.added.family.people) if named else "",
            why=f"{BECAUSE[question.found.tie]} {OTHERWISE.get(question.found.tie, NOT_IMPORTED)}",
            ticked=question.ticked,
        )
        for question in plan.questions
    ]


def _name_of(family: KnownFamily, *, named: bool) -> str:
    return f"{family.name}, {family.reference}" if named else family.reference


def first_refused(plan: Plan) -> list[RefusedRow]:
    return list(plan.refused[:SHOWN_REFUSED])


def outcome(plan: Plan) -> str:
    """One sentence for the page and the command, with figures and no names."""
    parts = [f"{_count(len(plan.families), 'family', 'families')} with {_count(plan.people, 'person', 'people')}"]
    if plan.added:
        parts.append(f"{_count(plan.added, 'person', 'people')} added to families that are registered")
    if plan.already:
        parts.append(f"{_count(len(plan.already), 'row', 'rows')} registered already")
    if plan.refused:
        parts.append(f"{_count(len(plan.refused), 'row', 'rows')} that cannot be imported")
    return "; ".join(parts)


def progress(plan: Plan, done: int) -> str:
    total = len(plan.steps)
    last = ". The last step is the audit log" if done == total else ""
    return f"{done:,} of {_count(total, 'family', 'families')}{last}"


def refused_file(table: Table, refused: Iterable[RefusedRow]) -> bytes:
    """The rows as they came, after the reason: to correct and import again. Excel reads its letters."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["Row", "Why", *map(safe, table.headings)])
    for row in refused:
        writer.writerow([str(row.line.number), ". ".join(row.reasons), *map(safe, row.line.cells)])
    return text.getvalue().encode("utf-8-sig")


def _person(person: PersonRead) -> str:
    details = person.details
    parts = [details.name, PersonRole(details.role).label.lower()]
    if details.date_of_birth:
        parts.append(f"born {moment(details.date_of_birth)}")
    if person.contacts:
        parts.append(_count(len(person.contacts), "contact", "contacts"))
    return ", ".join(parts)


def _count(number: int, single: str, many: str) -> str:
    return f"{number:,} {single if number == 1 else many}"
