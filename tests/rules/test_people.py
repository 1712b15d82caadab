"""Whose data it is, who can decide, and what stands for consent where nobody was asked twice."""

from dataclasses import replace
from typing import Any

import pytest

from rules.agreement import agreed
from rules.facts import BasisFacts, Facts, ItemFacts, PersonFacts
from rules.people import concerned, consent_state, is_capable, needs_offences, provisions_for, too_young
from tests.rules.cases import blocking, with_item, with_person
from tests.rules.scenarios import early_help, s01


@pytest.mark.parametrize(
    ("person", "capable", "young"),
    [
        (PersonFacts(role="mother"), True, False),
        (PersonFacts(role="mother", age=15), False, False),
        (PersonFacts(role="mother", age=15, competence="COMPETENT"), True, False),
        (PersonFacts(role="mother", consent_state="LACKS_CAPACITY"), False, False),
        (PersonFacts(role="child", age=17), True, False),
        (PersonFacts(role="child", age=17, competence="NOT_COMPETENT"), False, True),
        (PersonFacts(role="child", age=14, competence="COMPETENT"), True, False),
        (PersonFacts(role="child", age=14), False, False),
        (PersonFacts(role="child", age=8), False, True),
        (PersonFacts(role="child", age=0), False, True),
        (PersonFacts(role="child", age=8, competence="COMPETENT"), True, False),
        (PersonFacts(role="child"), False, False),
        (PersonFacts(role="unborn"), False, True),
        (PersonFacts(), False, False),
    ],
)
def test_who_can_decide(person: PersonFacts, *, capable: bool, young: bool) -> None:
    assert (is_capable(person), too_young(person)) == (capable, young)


@pytest.mark.parametrize(
    ("person", "state"),
    [
        (PersonFacts(role="unborn"), "NOT_COMPETENT"),
        (PersonFacts(role="child", competence="NOT_COMPETENT"), "NOT_COMPETENT"),
        (PersonFacts(role="child", age=3, p18_reason="CANNOT_GIVE"), "NOT_COMPETENT"),
        (PersonFacts(role="child", age=3), "UNKNOWN"),
        (PersonFacts(role="child", age=14, p18_reason="CANNOT_GIVE"), "UNKNOWN"),
        (PersonFacts(role="mother", p18_reason="CANNOT_GIVE"), "UNKNOWN"),
        (PersonFacts(role="mother", competence="LACKS_CAPACITY"), "LACKS_CAPACITY"),
        (PersonFacts(role="mother", consent_state=""), "UNKNOWN"),
        (PersonFacts(role="unborn", consent_state="GIVEN"), "GIVEN"),
    ],
)
def test_what_stands_for_consent(person: PersonFacts, state: str) -> None:
    assert consent_state(person) == state


def test_only_people_in_a_given_item_are_concerned() -> None:
    facts = s01()
    assert {person.ref for person in concerned(facts)} == {"P1", "P2", "P3"}
    held = with_item(facts, "I3", given_to=(), withheld_from={"R1": "Not needed."})
    assert {person.ref for person in concerned(with_person(held, "P1", consent_state="GIVEN"))} == {"P1", "P3"}


def test_where_no_item_names_anybody_all_are_concerned() -> None:
    facts = replace(s01(), items=(ItemFacts(ref="I1", text="What happened", given_to=("R1",)),))
    assert concerned(facts) == facts.people


def test_a_parent_agrees_for_a_child_who_cannot() -> None:
    facts = early_help()
    assert all(agreed(facts, person) for person in facts.people)
    without = with_person(facts, "P2", parental_responsibility="unknown")
    assert not agreed(without, without.people[0])


def of_the_child_only(**mother: str) -> Facts:
    """S01 where nothing given names the mother, who has parental responsibility, or the partner."""
    facts = with_person(s01(), "P1", consent_state="NOT_COMPETENT")
    facts = with_item(with_item(facts, "I1", about=("P1",)), "I3", about=("P1",))
    return with_person(facts, "P2", **mother)


@pytest.mark.parametrize("child", [
    {"consent_state": "NOT_COMPETENT"},
    {"consent_state": "LACKS_CAPACITY"},
    {"consent_state": "UNKNOWN"},
    {"consent_state": ""},
    {"consent_state": "GIVEN", "competence": "NOT_COMPETENT"},
    {"role": "unborn", "consent_state": "GIVEN"},
    {"role": "mother", "consent_state": "NOT_COMPETENT", "age": 15},
])  # fmt: skip
def test_a_parent_counts_where_a_child_cannot_decide(child: dict[str, Any]) -> None:
    facts = with_person(of_the_child_only(), "P1", **child)
    assert [person.ref for person in concerned(facts)] == ["P1", "P2"]
    without = with_person(facts, "P2", parental_responsibility="unknown")
    assert [person.ref for person in concerned(without)] == ["P1"]


@pytest.mark.parametrize("child", [
    {"consent_state": "GIVEN"},
    {"consent_state": "REFUSED", "competence": "COMPETENT"},
    {"role": "adult", "consent_state": "LACKS_CAPACITY"},
])  # fmt: skip
def test_nobody_speaks_for_who_can_decide(child: dict[str, Any]) -> None:
    facts = with_person(of_the_child_only(), "P1", **child)
    assert [person.ref for person in concerned(facts)] == ["P1"]


@pytest.mark.parametrize("answer", ["REFUSED", "OBJECTED", "WITHDRAWN", "NOT_SOUGHT_DELAY", "GIVEN_PARTIAL"])
def test_a_parent_who_said_no_is_weighed(answer: str) -> None:
    words = {"views": "It was an accident.", "not_asked_text": "No time: he goes home at three."}
    facts = of_the_child_only(consent_state=answer, **words)
    assert blocking(facts) == set()
    for name in ("why_outweighs", "risk_if_not", "why_no_more"):
        assert blocking(replace(facts, **{name: "n/a"})) == {name.upper()}  # type: ignore[arg-type]


def test_a_parent_is_not_passed_over() -> None:
    assert blocking(of_the_child_only(consent_state="")) == {"CONSENT_UNKNOWN"}


@pytest.mark.parametrize("state", ["NOT_COMPETENT", "NOT_NEEDED_ANON"])
def test_an_objection_cannot_be_recorded_away(state: str) -> None:
    """The mother of S01 called a child who cannot decide, or somebody nobody can know; and nothing weighed."""
    facts = with_person(replace(s01(), why_outweighs=""), "P2", consent_state=state)
    assert {"NOT_A_CHILD", "NOT_ANONYMOUS"} & blocking(facts)


def test_a_parent_of_a_child_who_is_named_is_known() -> None:
    assert blocking(of_the_child_only(consent_state="NOT_NEEDED_ANON")) == {"NOT_ANONYMOUS"}
    assert blocking(of_the_child_only(consent_state="NOT_NEEDED_ANON", parental_responsibility="no")) == set()


def test_consent_is_not_that_of_somebody_nobody_knows() -> None:
    facts = with_person(early_help(), "P2", consent_state="NOT_NEEDED_ANON")
    assert not agreed(facts, facts.people[1])
    assert {"CONSENT_BASIS", "NOT_ANONYMOUS"} <= blocking(facts)


def test_a_crime_is_that_of_the_one_who_may_be_the_source() -> None:
    facts = s01()
    assert [needs_offences(facts, person) for person in facts.people] == [False, False, True]
    unnamed = with_person(facts, "P3", alleged_source_of_harm=False)
    assert [needs_offences(unnamed, person) for person in unnamed.people] == [True, False, True]


def test_a_persons_own_condition_stands_instead_of_the_decisions() -> None:
    child, mother = PersonFacts(ref="P1"), PersonFacts(ref="P2")
    provisions = (BasisFacts(code="S1_P6"), BasisFacts(code="ART9_G"), BasisFacts(code="S1_P18", person_ref="P1"))
    facts = Facts(people=(child, mother), basis=provisions)
    assert [provision.code for provision in provisions_for(facts, child)] == ["S1_P18", "ART9_G"]
    assert [provision.code for provision in provisions_for(facts, mother)] == ["S1_P6", "ART9_G"]
