"""Other names, who lives at home and numbers: none is asked for on the quick path, and each is where it is used."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from families import actions
from families.details import PersonDetails
from families.forms import PersonForm
from families.forms.person import MORE, PersonCorrection, person_initial
from families.identifiers import NHS_MESSAGE, UPN_MESSAGE
from families.models import Person
from families.presenters import person_rows
from tests.cast import Cast
from tests.families.household import TODAY, Household, person
from tests.families.test_forms import PERSON, sent
from tests.pages import PageClient
from ui.text import UNSEEN_MESSAGE

SignIn = Callable[[User], PageClient]
DETAILS = {"known_as": "Till, Matilda Ash", "at_home": "yes", "nhs_number": "943 476 5919",
           "upn": "a1234 5678 9012"}  # fmt: skip


def form(**values: Any) -> PersonForm:
    return PersonForm(sent(**{**PERSON, **DETAILS, **values}))


def test_they_are_kept_as_they_are_compared() -> None:
    asked = form()
    assert asked.is_valid(), asked.errors
    details = asked.details()
    assert (details.known_as, details.at_home) == ("Till, Matilda Ash", "yes")
    assert (details.nhs_number, details.upn) == ("9434765919", "A123456789012")


def test_none_of_them_is_needed() -> None:
    asked = PersonForm(sent(**PERSON))
    assert asked.is_valid(), asked.errors
    details = asked.details()
    assert (details.known_as, details.at_home, details.nhs_number, details.upn) == ("", "unknown", "", "")


@pytest.mark.parametrize(("name", "value", "message"), [
    ("nhs_number", "943 476 5918", NHS_MESSAGE), ("nhs_number", "12345", NHS_MESSAGE),
    ("upn", "B123456789012", UPN_MESSAGE), ("upn", "A12345", UPN_MESSAGE),
    ("known_as", "Ti\u200blly", UNSEEN_MESSAGE), ("known_as", "\u202eyllit", UNSEEN_MESSAGE),
])  # fmt: skip
def test_a_slip_is_told_where_it_is(name: str, value: str, message: str) -> None:
    asked = form(**{name: value})
    assert asked.errors == {name: [message]}


@pytest.mark.parametrize("known_as", ["Ō", "李, 小明", "محمد", "O'Neill-Ó Néill", "J"])
def test_names_of_every_script_and_length_are_taken(known_as: str) -> None:
    assert form(known_as=known_as).is_valid()


def test_they_stay_open_once_something_is_in_them() -> None:
    known, plain = (Person(name="T", role="child", nhs_number=number) for number in ("9434765919", ""))
    assert PersonCorrection(initial=person_initial(known)).is_unfolded
    assert not PersonCorrection(initial=person_initial(plain)).is_unfolded


@pytest.mark.parametrize(("details", "words"), [
    ({"known_as": "Till"}, ("Also known as", "Till")),
    ({"at_home": "no"}, ("Lives at the family's home", "No")),
    ({"opens_post": "yes"}, ("Opens the post at home", "Yes")),
    ({"hears_through": "the children"}, ("Could hear of it through", "the children")),
    ({"nhs_number": "9434765919"}, ("NHS number", "943 476 5919")),
    ({"upn": "A123456789012"}, ("UPN", "A123456789012")),
])  # fmt: skip
def test_each_is_shown_with_the_person(details: Any, words: tuple[str, str]) -> None:
    rows = {row.key: row.value for row in person_rows(Person(name="T", role="child", **details), TODAY)}
    assert rows[words[0]] == words[1]
    assert words[0] not in {row.key for row in person_rows(Person(name="T", role="child"), TODAY)}


def test_their_earlier_wording_is_kept(cast: Cast, home: Household) -> None:
    by = cast.practitioner
    row = person(home.family, by, name="Nell", nhs_number="9434765919")
    details = PersonDetails(name="Nell", nhs_number="4010232137")
    actions.correct_person(
        person=row, details=details, version=1, why="Of her brother", by=by, at=row.family.registered_at
    )
    assert Person.objects.get(pk=row.pk).nhs_number == "4010232137"


def test_they_are_on_the_family_page(cast: Cast, home: Household, as_user: SignIn) -> None:
    data = {**PERSON, **DETAILS, "name": "Nell"}
    client = as_user(cast.practitioner)
    assert client.post(reverse("families:person_add", args=[home.family.public_id]), data).status_code == 302
    html = client.get(reverse("families:detail", args=[home.family.public_id])).content.decode()
    assert all(words in html for words in ("Till, Matilda Ash", "943 476 5919", "A123456789012"))


def test_emptied_they_are_taken_away_with_a_reason(cast: Cast, home: Household) -> None:
    row = person(home.family, cast.practitioner, name="Nell", known_as="Ellie")
    asked = PersonCorrection(sent(**PERSON, version="1"), initial=person_initial(row))
    assert asked.is_valid()
    assert asked.details().known_as == ""


def test_the_decisions_own_page_does_not_ask() -> None:
    from drafting.pages.people import NewPersonForm  # noqa: PLC0415

    assert not set(MORE) & set(NewPersonForm(None, families=[], legend="New").fields)


def test_who_opens_the_post_and_who_could_hear_have_a_history(cast: Cast, home: Household, as_user: SignIn) -> None:
    by = cast.practitioner
    row = person(home.family, by, name="Nell", role="partner", opens_post="yes", hears_through="the children")
    details = PersonDetails(name="Nell", role="partner", opens_post="no", hears_through="his sister")
    at = row.family.registered_at
    actions.correct_person(person=row, details=details, version=1, why="She told us", by=by, at=at)
    html = as_user(by).get(reverse("families:person_history", args=[row.public_id])).content.decode()
    assert all(words in html for words in ("Opens the post at home", "the children", "his sister", "She told us"))
