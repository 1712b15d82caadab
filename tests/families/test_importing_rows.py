"""Files of other systems become families, or each row says why it does not. No database."""

import csv
import io
from datetime import date

import pytest

from families.importing import columns
from families.importing.cells import Refused, born, folded, relationship, role
from families.importing.columns import guess
from families.importing.identity import Identity, Known, Registered
from families.importing.plan import Plan, make_plan
from families.importing.reports import refused_file
from families.importing.rows import RowRead, read_rows
from rules.codes import PersonRole, YesNoUnknown
from tests.families.exports import EXPORTS, NHS, Export, upn
from ui.csv_files import Table, read_table

TODAY = date(2026, 11, 24)


def table_of(content: bytes) -> Table:
    return read_table(content, most_bytes=100_000, most_rows=1_000)


def rows_of(content: bytes) -> list[RowRead]:
    table = table_of(content)
    return read_rows(table, guess(table.headings), TODAY)


def plan_of(content: bytes, known: Registered | None = None) -> Plan:
    return make_plan(rows_of(content), known or Registered())


@pytest.mark.parametrize("name", EXPORTS)
def test_each_export_is_imported_or_says_why_not(name: str) -> None:
    export: Export = EXPORTS[name]
    plan = plan_of(export.content)
    refused = {row.line.number: " ".join(row.reasons) for row in plan.refused}
    wanted = export.refused or {}
    assert refused.keys() == wanted.keys(), refused
    assert [number for number, words in wanted.items() if words not in refused[number]] == [], refused
    assert (len(plan.families), plan.people, plan.contacts) == (export.families, export.people, export.contacts)


@pytest.mark.parametrize("name", EXPORTS)
def test_the_file_of_refused_rows_is_read_again_with_the_same_reasons(name: str) -> None:
    table = table_of(EXPORTS[name].content)
    first = make_plan(read_rows(table, guess(table.headings), TODAY), Registered())
    assert first.refused
    again = table_of(refused_file(table, first.refused))
    assert again.headings[:2] == ("Row", "Why")
    assert set(guess(again.headings)[:2]) == {columns.SKIPPED}
    second = make_plan(read_rows(again, guess(again.headings), TODAY), Registered())
    # Only a row that stood in the file twice is no longer refused once it stands alone.
    assert len(second.refused) == (0 if name == "unicode text" else len(first.refused))


def test_no_cell_of_that_file_is_run_by_a_spreadsheet() -> None:
    table = table_of(b"Surname,Forename,DOB\n=1+1,@x,+a\n-2,\t=3,1/1/2015\n")
    plan = make_plan(read_rows(table, guess(table.headings), TODAY), Registered())
    cells = [
        cell for row in csv.reader(io.StringIO(refused_file(table, plan.refused).decode("utf-8-sig"))) for cell in row
    ]
    assert len(plan.refused) == 2
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))] == []


def test_no_contact_is_said_to_be_safe() -> None:
    plan = plan_of(EXPORTS["sims"].content)
    contacts = [contact for family in plan.families for person in family.people for contact in person.contacts]
    assert {(contact.safe, contact.checked_on, contact.why) for contact in contacts} == {("unknown", None, "")}
    assert {contact.kind for contact in contacts} == {"letter", "phone"}


def test_children_of_one_mother_at_one_address_are_one_family_and_others_are_not() -> None:
    head = "Surname,Forename,DOB,Address,Mother Name\n"
    same = plan_of((head + "A,B,1/1/2015,1 Row,Jo\nA,C,2/1/2015,1 ROW,JÓ\n").encode())
    others = plan_of((head + "A,B,1/1/2015,1 Row,Jo\nA,C,2/1/2015,2 Row,Jo\nA,D,3/1/2015,1 Row,\n").encode())
    assert [len(family.people) for family in same.families] == [3]
    assert [len(family.people) for family in others.families] == [2, 2, 1]


def test_where_rows_differ_on_responsibility_nothing_is_claimed() -> None:
    content = (
        "Family ID,Name,DOB,Contact 1 Name,Contact 1 Parental Responsibility\n"
        "1,Al Roe,1/1/2015,Sam Roe,yes\n1,Bo Roe,2/1/2016,Sam Roe,no\n"
        "2,Cy Poe,1/1/2015,Lee Poe,\n3,Di Moe,1/1/2015,Jo Moe,Y\n"
    )
    parents = [family.people[-1].details for family in plan_of(content.encode()).families]
    assert [one.parental_responsibility for one in parents] == [
        YesNoUnknown.UNKNOWN,
        YesNoUnknown.UNKNOWN,
        YesNoUnknown.YES,
    ]


def test_a_column_that_puts_a_class_into_one_family_is_refused() -> None:
    rows = "".join(f"7,Child {number},{number % 27 + 1}/1/20{number:02}\n" for number in range(1, 23))
    plan = plan_of(f"Family ID,Name,DOB\n{rows}".encode())
    assert not plan.families
    assert {"would be one family" in " ".join(row.reasons) for row in plan.refused} == {True}


def test_a_child_whose_sibling_is_registered_is_not_put_into_a_second_family() -> None:
    known = Registered()
    known.add(Identity(born=date(2015, 1, 1), name=folded("Al Roe")))
    plan = plan_of(b"Family ID,Name,DOB\n1,Al Roe,1/1/2015\n1,Bo Roe,2/1/2016\n", known)
    assert plan.already == (2,)
    assert "registered already" in plan.refused[0].reasons[0]
    assert not plan.families


ALWAYS = {"born": date(2015, 1, 1), "name": "noareed"}


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (Identity(**ALWAYS), Identity(**ALWAYS), Known.SAME),  # type: ignore[arg-type]  # a date and a name
        (Identity(born=date(2015, 1, 1), name="noa"), Identity(born=date(2015, 1, 2), name="noa"), None),
        (Identity(name="noa"), Identity(name="noa"), None),
        (Identity(upn="A1", name="noa"), Identity(upn="A1", name="noamarried"), Known.SAME),
        (Identity(upn="A1", **ALWAYS), Identity(upn="A2", **ALWAYS), None),  # type: ignore[arg-type]
        (Identity(nhs_number=NHS[0], name="a"), Identity(nhs_number=NHS[0], name="b"), Known.SAME),
        (Identity(system_number="7", name="a"), Identity(system_number="7", name="a"), Known.SAME),
        (Identity(system_number="7", name="a"), Identity(system_number="7", name="b"), Known.SAME_NUMBER),
        (Identity(system_number="7", name="a"), Identity(system_number="8", name="a"), None),
    ],
)
def test_who_is_the_same_person(one: Identity, other: Identity, found: Known | None) -> None:
    known = Registered()
    known.add(other)
    assert known.compare(one) == found
    assert other.compare(one) == found


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3/11/2016", date(2016, 11, 3)), ("03-11-2016", date(2016, 11, 3)), ("3.11.2016", date(2016, 11, 3)),
        ("2016-11-03", date(2016, 11, 3)), ("2016-11-03T00:00:00Z", date(2016, 11, 3)),
        ("3 Nov 2016", date(2016, 11, 3)), ("03/11/2016 00:00", date(2016, 11, 3)), ("", None),
    ],
)  # fmt: skip
def test_dates_that_are_read(text: str, day: date | None) -> None:
    assert born(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("11/23/2016", "day comes first"), ("42677", "as Excel counts it"), ("42677.0", "as Excel counts it"),
        ("3/11/16", "year of 2 figures"), ("2016", "as Excel counts it"), ("24/11/2027", "has not come yet"),
        ("1/1/1900", "years ago"), ("29/2/2015", "no 29 February"), ("soon", "is not a date"),
    ],
)  # fmt: skip
def test_dates_that_are_refused(text: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        born(text, TODAY)
    assert why in refused.value.reason


@pytest.mark.parametrize(
    ("text", "found"),
    [("Step-father", PersonRole.PARTNER), ("MUM", PersonRole.MOTHER), ("Foster Carer", PersonRole.CARER),
     ("Grandmother", PersonRole.RELATIVE), ("", PersonRole.CHILD)],
)  # fmt: skip
def test_words_of_other_systems_for_who_somebody_is(text: str, found: PersonRole) -> None:
    assert role(text, "Role", PersonRole.CHILD) == found


@pytest.mark.parametrize("word", ["Brother", "adult sister", "Sibling"])
def test_a_brother_beside_a_child_is_grown_up(word: str) -> None:
    assert relationship(word, "Relationship", PersonRole.ADULT) == PersonRole.SIBLING


@pytest.mark.parametrize("word", ["Unborn", "Daughter", "Pupil"])
def test_no_child_stands_beside_a_child(word: str) -> None:
    with pytest.raises(Refused):
        relationship(word, "Relationship", PersonRole.ADULT)


@pytest.mark.parametrize(
    "kind", ["Surname", "Known As", "Address", "Student ID", "Household Name", "Mother Name", "Email"]
)
def test_what_no_column_of_the_database_holds_is_refused(kind: str) -> None:
    """PostgreSQL would refuse it with an error that helps nobody."""
    long = "x" * 400 + ("@x.test" if kind == "Email" else "")
    plan = plan_of(f"Full name,DOB,{kind}\nAda Moss,1/1/2015,{long}\n".encode())
    assert not plan.families
    assert "the most is" in plan.refused[0].reasons[0]


def test_headings_that_would_merge_strangers_or_mistake_a_person_are_left_out() -> None:
    headings = [
        "Registration Group Code", "House", "Middle Names", "Former UPN", "Social Worker Name", "Class Teacher",
        "School Name", "GP Telephone", "Contact 1 Title", "Year Group", "Age", "Gender",
    ]  # fmt: skip
    assert set(guess(headings)) == {columns.SKIPPED}


def test_a_second_column_of_one_kind_is_left_to_the_person() -> None:
    assert guess(["Surname", "Legal Surname", "Tel", "Mobile"]) == ("surname", "", "phone", "phone")
    assert guess(["Full Name", "Family Name"]) == ("full_name", "family_name")
    assert guess(["First Name", "Family Name", "Name"]) == ("forename", "surname", "")
    assert columns.repeated({0: "surname", 1: "phone", 2: "surname", 3: "phone", 4: "", 5: ""}) == {2: "surname"}


def test_several_reasons_are_said_at_once() -> None:
    plan = plan_of(
        f"Surname,Forename,DOB,UPN,Mother Name,Mother Mobile\nA,B,1/1/16,{upn(1)[:-1]},Jo,07700 9\n".encode()
    )
    assert len(plan.refused[0].reasons) == 3
