"""Rows that may belong to a registered family: added by its number, or when ticked, never by a name. No database."""

from datetime import date

import pytest

from families.importing.cells import folded
from families.importing.identity import Identity, Registered
from families.importing.placing import Joins, KnownFamilies, KnownFamily, KnownPerson
from families.importing.plan import MOST_ASKED, MOST_IN_A_FAMILY, Plan, make_plan
from tests.families.test_importing_rows import rows_of

HEAD = "Family ID,Family Name,Name,DOB,Address,Parent 1 Name\n"
ROE = KnownFamily(
    1, "roe", "F-000001", "Roe", "7", (KnownPerson("Al Roe", is_child=True), KnownPerson("Sam Roe", is_child=False)),
    frozenset({folded("1 Row, Quarn")}),
)  # fmt: skip


def known() -> Registered:
    people = Registered()
    people.add(Identity(born=date(2015, 1, 1), name=folded("Al Roe")), ROE.key)
    return people


def placed(rows: str, joins: Joins | None = None, *families: KnownFamily) -> Plan:
    return make_plan(rows_of((HEAD + rows).encode()), known(), KnownFamilies.of(families or (ROE,)), joins)


AL = "Al Roe,1/1/2015,,\n"


@pytest.mark.parametrize(
    "row",
    [
        "7,Roe,Bo Roe,2/1/2016,,",  # the family's name
        "7,,Bo Moss,2/1/2016,,Sám Roe",  # a parent who is in it
        f"7,Moss,Bo Moss,2/1/2016,,\n7,Moss,{AL}",  # a child who is in it
    ],
)
def test_a_number_with_something_else_that_agrees_adds_them(row: str) -> None:
    plan = placed(row)
    assert ([one.family for one in plan.additions], plan.questions, plan.families) == ([ROE], (), ())
    assert [person.details.name for person in plan.additions[0].people] == [row.split(",")[2]]


@pytest.mark.parametrize(
    ("row", "otherwise"),
    [
        ("7,Moss,Bo Moss,2/1/2016,,", "refused"),  # a number alone: two systems may count alike
        (f"8,Moss,Bo Moss,2/1/2016,,\n8,Moss,{AL}", "refused"),  # a brother is there
        (",,Bo Moss,2/1/2016,1 row QUARN,sam roe", "new"),  # a parent at an address
        ("9,Moss,Bo Moss,2/1/2016,1 row QUARN,sam roe", "new"),
    ],
)
def test_whatever_is_less_is_asked_and_then_done_as_answered(row: str, otherwise: str) -> None:
    left, ticked, unasked = placed(row, {}), placed(row, {2: "roe"}), placed(row, None)
    assert [[question.ticked for question in plan.questions] for plan in (left, ticked, unasked)] == [
        [False],
        [True],
        [],
    ]
    assert [person.details.name for person in ticked.additions[0].people] == ["Bo Moss"]
    assert (len(left.families), len(left.refused)) == ((1, 0) if otherwise == "new" else (0, 1))
    # The command asks nobody, so it adds nobody and makes no second family.
    assert (unasked.families, unasked.additions, len(unasked.refused)) == ((), (), 1)


@pytest.mark.parametrize(
    ("row", "joins", "why"),
    [
        (",,Bo Roe,2/1/2016,1 Row Quarn,Sam Roe", {2: "another"}, "has changed since"),
        (",,Bo Roe,2/1/2016,2 Row Quarn,Sam Roe", {2: "roe"}, "has changed since"),
        (",,Al Roe,2/1/2016,1 Row Quarn,Sam Roe", {2: "roe"}, "of this name is in that"),
        ("7,Roe,Sam Roe,1/1/1980,,", {}, "of this name is in that"),
        ("7,Roe,Bo Roe,2/1/2016,,\n7,Roe,Cy Roe,2/1/99,,", {}, "Another row of this family"),
    ],
)
def test_nobody_is_added_where_that_could_be_wrong(row: str, joins: Joins, why: str) -> None:
    plan = placed(row, joins)
    assert (plan.additions, plan.families) == ((), ())
    assert why in " ".join(plan.refused[0].reasons)


def test_a_surname_alone_asks_nothing() -> None:
    for row in (",Roe,Bo Roe,2/1/2016,,", ",Roe,Bo Roe,2/1/2016,1 Row Quarn,", ",Roe,Bo Roe,2/1/2016,,Sam Roe"):
        plan = placed(row, {})
        assert (len(plan.families), plan.additions, plan.questions) == (1, (), ())


def test_two_families_that_could_be_it_are_left_to_the_person() -> None:
    twin = KnownFamily(2, "twin", "F-000002", "Roe", "7", ROE.people, ROE.addresses)
    for row in ("7,Roe,Bo Roe,2/1/2016,,", ",,Bo Roe,2/1/2016,1 Row Quarn,Sam Roe"):
        plan = placed(row, {2: "roe"}, ROE, twin)
        assert "More than one" in plan.refused[0].reasons[0]
        assert not plan.families


def test_no_family_grows_beyond_the_most() -> None:
    full = tuple(KnownPerson(f"Roe {number}", is_child=True) for number in range(MOST_IN_A_FAMILY))
    plan = placed("7,Roe,Bo Roe,2/1/2016,,", {}, KnownFamily(1, "roe", "F-000001", "Roe", "7", full))
    assert "would be one family" in plan.refused[0].reasons[0]


def test_the_page_asks_about_so_many_and_leaves_the_others_for_later() -> None:
    apart = "".join(f"a{number},,Bo{number} Moss,2/1/2016,1 Row Quarn,Sam Roe\n" for number in range(MOST_ASKED + 2))
    plan = placed(apart, {})
    assert (len(plan.questions), len(plan.refused)) == (MOST_ASKED, 2)
    assert "again after these" in plan.refused[0].reasons[0]
