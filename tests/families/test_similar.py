"""“Is it one of these?”: shown before a family or a person is saved, never a refusal, never of another team."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from families.details import PersonDetails
from families.models import Family, Person
from families.similar import similar_families, similar_people
from tests.cast import Cast
from tests.families.household import Household, entries, person, register
from tests.families.test_views import PERSON
from tests.pages import PageClient

SignIn = Callable[[User], PageClient]
ASKED = "Is it one of these?"


@pytest.mark.parametrize(("typed", "found"), [
    ("Ashworth", True), ("ashworth", True), ("Ashwoth", True), ("Ash-worth", True), ("Ásh worth", True),
    ("Brandt", False), ("Ash", False),
])  # fmt: skip
def test_families_of_a_similar_name(cast: Cast, home: Household, typed: str, found: bool) -> None:  # noqa: FBT001
    assert similar_families(typed, cast.practitioner) == [home.family] * found


@pytest.mark.parametrize(("details", "found"), [
    ({"name": "Tilly Ashworth"}, True), ({"name": "Tilli Ashworth"}, True), ({"name": "Tilly"}, True),
    ({"name": "Tilly Rose Ashworth"}, True), ({"name": "Tilly Brandt"}, False), ({"name": "Ned"}, False),
    ({"name": "Tilly Ashworth", "date_of_birth": date(2016, 3, 27)}, True),
    ({"name": "Tilly Ashworth", "date_of_birth": date(2015, 3, 27)}, False),
    ({"name": "Somebody Else", "nhs_number": "9434765919"}, True),
    ({"name": "Tilly Ashworth", "nhs_number": "4010232137"}, False),
])  # fmt: skip
def test_people_of_a_similar_name_or_the_same_number(
    cast: Cast,
    home: Household,
    details: dict[str, Any],
    found: bool,  # noqa: FBT001
) -> None:
    """In another family too: a child may be registered there already."""
    known = person(home.family, cast.practitioner, date_of_birth=date(2016, 3, 27), nhs_number="9434765919")
    elsewhere = register(cast.practitioner, cast.team, "Ashworth")
    assert (known in similar_people(PersonDetails(**details), elsewhere, cast.practitioner)) is found


@pytest.mark.parametrize("name", ["other_team", "administrator", "officer"])
def test_nothing_of_other_teams_or_organisations(cast: Cast, home: Household, name: str) -> None:
    for user in (getattr(cast, name), getattr(cast.stranger, name), cast.stranger.practitioner):
        assert similar_families("Ashworth", user) == []
        assert similar_people(PersonDetails(name="Tilly Ashworth"), home.family, user) == []


def test_a_family_is_asked_about_and_registered_all_the_same(cast: Cast, home: Household, as_user: SignIn) -> None:
    client, address = as_user(cast.practitioner), reverse("families:register")
    page = client.post(address, {"name": "Ashwoth"}).content.decode()
    assert ASKED in page
    assert home.family.reference in page
    assert 'value="Ashwoth"' in page
    assert Family.objects.count() == 1
    [entry] = entries("families.similar_shown")
    assert entry.additional_data == {"families": home.family.reference}
    assert ASKED in client.post(address, {"name": "Ashworthe", "looked_at": "Ashwoth"}).content.decode()
    assert client.post(address, {"name": "Ashwoth", "looked_at": "Ashwoth"}).status_code == 302
    assert Family.objects.filter(name="Ashwoth").exists()


def test_a_person_is_asked_about_and_added_all_the_same(cast: Cast, home: Household, as_user: SignIn) -> None:
    client, address = as_user(cast.practitioner), reverse("families:person_add", args=[home.family.public_id])
    before, data = Person.objects.count(), {**PERSON, "name": "Tilly", "communication_need": "A Somali interpreter"}
    page = client.post(address, data).content.decode()
    assert ASKED in page
    assert "A Somali interpreter" in page
    assert Person.objects.count() == before
    assert "Tilly" not in str(entries("people.similar_shown")[0].additional_data)
    assert client.post(address, {**data, "looked_at": "Tilly"}).status_code == 302
    assert Person.objects.count() == before + 1


def test_a_page_with_an_error_is_about_the_error(cast: Cast, home: Household, as_user: SignIn) -> None:
    answer = as_user(cast.practitioner).post(reverse("families:register"), {"name": ""})
    assert answer.status_code == 422
    assert ASKED not in answer.content.decode()


def test_another_team_that_registers_the_same_family_learns_nothing(
    cast: Cast, home: Household, as_user: SignIn
) -> None:
    assert as_user(cast.other_team).post(reverse("families:register"), {"name": "Ashworth"}).status_code == 302
