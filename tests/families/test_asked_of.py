"""Nothing is asked about a person, or kept, that cannot apply to their role and age."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from audit import triggers
from families.asked_of import ASKED_OF, is_asked
from families.forms.asked_of import NAMES, does_not_apply
from families.forms.person import PersonCorrection, PersonForm, person_initial
from families.models import Person
from rules.codes import PersonRole
from tests.cast import Cast
from tests.families.household import Household, person
from tests.families.test_forms import PERSON, day, sent

NUMBER, UPN = "943 476 5919", "A123456789012"


def aged(years: int) -> dict[str, Any]:
    return {"age_kind": "age", "age": str(years), **day("age_on", timezone.localdate())}


def born(days_ago: int) -> dict[str, Any]:
    return {"age_kind": "birth", **day("date_of_birth", timezone.localdate() - timedelta(days=days_ago))}


def form(role: str, **values: Any) -> PersonForm:
    return PersonForm(sent(**{**PERSON, "role": role, "parental_responsibility": "", **values}))


@pytest.mark.parametrize(("question", "role", "age", "asked"), [
    ("parental_responsibility", "child", 6, False), ("parental_responsibility", "child", 9, False),
    ("parental_responsibility", "child", 10, True), ("parental_responsibility", "child", None, True),
    ("parental_responsibility", "mother", 15, True), ("parental_responsibility", "carer", None, True),
    ("parental_responsibility", "unborn", None, False), ("parental_responsibility", "professional", 40, False),
    ("communication_need", "unborn", None, False), ("communication_need", "child", 1, False),
    ("communication_need", "child", 2, True), ("communication_need", "professional", None, True),
    ("upn", "mother", None, False), ("upn", "mother", 17, True), ("upn", "father", 34, False),
    ("upn", "child", 0, False), ("upn", "child", 4, True), ("upn", "child", None, True),
    ("nhs_number", "unborn", None, False), ("nhs_number", "child", 0, True), ("nhs_number", "informant", None, False),
    ("at_home", "professional", None, False), ("at_home", "unborn", None, False), ("at_home", "partner", 30, True),
    ("source_of_harm", "unborn", None, False), ("source_of_harm", "child", 1, False),
    ("source_of_harm", "child", 14, True), ("source_of_harm", "informant", None, True),
    ("opens_post", "unborn", None, False), ("opens_post", "child", 1, False), ("opens_post", "partner", None, True),
    ("hears_through", "professional", None, False), ("hears_through", "father", 40, True),
    ("name", "unborn", None, True), ("known_as", "child", 0, True),
])  # fmt: skip
def test_of_whom_it_is_asked(question: str, role: str, age: int | None, *, asked: bool) -> None:
    assert is_asked(question, role, age) is asked


def test_each_question_is_asked_of_somebody_and_has_a_field() -> None:
    assert all(set(roles) <= set(PersonRole) and roles for roles in ASKED_OF.values())
    assert set(ASKED_OF) - {"source_of_harm"} <= set(PersonForm().fields)
    assert set(NAMES) == set(ASKED_OF)


@pytest.mark.parametrize(("role", "answers", "name"), [
    ("child", {**aged(6), "parental_responsibility": "yes"}, "parental_responsibility"),
    ("child", {**born(400), "parental_responsibility": "yes"}, "parental_responsibility"),
    ("child", {**born(30), "communication_need": "Makaton"}, "communication_need"),
    ("unborn", {"communication_need": "An interpreter"}, "communication_need"),
    ("unborn", {"nhs_number": NUMBER}, "nhs_number"),
    ("father", {**aged(40), "upn": UPN}, "upn"),
    ("professional", {"at_home": "yes"}, "at_home"),
    ("child", {**born(200), "opens_post": "yes"}, "opens_post"),
    ("unborn", {"hears_through": "The children"}, "hears_through"),
])  # fmt: skip
def test_what_cannot_be_is_refused_where_it_stands(role: str, answers: dict[str, Any], name: str) -> None:
    asked = form(role, **answers)
    assert asked.errors == {name: [does_not_apply(name)]}
    assert asked.is_unfolded
    assert asked[name].value() == answers[name]


@pytest.mark.parametrize(("role", "answers"), [
    ("child", {**aged(6), "parental_responsibility": "no", "at_home": "yes", "upn": UPN}),
    ("child", {**aged(15), "parental_responsibility": "yes"}),
    ("unborn", {"parental_responsibility": "no", "at_home": "unknown"}),
    ("mother", {**aged(16), "parental_responsibility": "yes", "upn": UPN}),
    ("mother", {"parental_responsibility": ""}),
])  # fmt: skip
def test_what_can_be_and_what_says_nothing_is_taken(role: str, answers: dict[str, Any]) -> None:
    asked = form(role, **answers)
    assert asked.is_valid(), asked.errors


def test_no_answer_is_kept_for_whom_it_does_not_apply_to() -> None:
    small, grown = form("child", **aged(6), parental_responsibility="no"), form("child", **aged(12))
    assert small.is_valid()
    assert grown.is_valid()
    assert small.details().parental_responsibility == grown.details().parental_responsibility == "unknown"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("was", "role", "column", "left"),
    [
        ({"parental_responsibility": "yes"}, "professional", "parental_responsibility", "unknown"),
        ({"upn": UPN}, "father", "upn", ""),
        ({"communication_need": "Large print"}, "unborn", "communication_need", ""),
    ],
)
def test_a_corrected_role_takes_the_answers_with_it(
    cast: Cast, home: Household, was: dict[str, Any], role: str, column: str, left: str
) -> None:
    row = person(home.family, cast.practitioner, name="Jo", role="relative", **was)
    initial = person_initial(row)
    stands = {name: initial[name] for name in was}
    asked = PersonCorrection(sent(**{**PERSON, "role": role, **stands, "version": "1"}), initial=initial)
    assert asked.is_valid(), asked.errors
    assert getattr(asked.details(), column) == left


@pytest.mark.parametrize("question", ["parental_responsibility", "communication_need", "upn", "nhs_number"])
def test_the_page_says_of_whom_a_question_is_asked(question: str) -> None:
    group = PersonForm(prefix="p")[question].as_field_group()
    assert 'data-asked-of="{' in group
    assert 'data-asked-by="p-"' in group
    assert "unborn" not in group


def test_a_due_date_is_offered_for_the_unborn_alone() -> None:
    items = str(PersonForm()["age_kind"].as_field_group()).split('govuk-radios__item"')[1:]
    of = {item.split('value="')[1].split('"')[0]: item.split(">")[0] for item in items}
    assert "unborn" in of["due"]
    assert "child" not in of["due"]
    assert "child" in of["birth"]
    assert "unborn" not in of["birth"]
    assert "data-asked-of" not in of["not_known"]


@pytest.mark.django_db
def test_the_database_refuses_it_of_the_unborn(cast: Cast, home: Household) -> None:
    row = person(home.family, cast.practitioner, name="Unborn baby", role="unborn")
    triggers.drop_all(connection)
    asked = {"parental_responsibility": "yes", "communication_need": "Signs", "nhs_number": "9434765919", "upn": UPN}
    for column, value in asked.items():
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE families_person SET {column} = %s WHERE id = %s", [value, row.pk])
    assert Person.objects.get(pk=row.pk).parental_responsibility == "unknown"
