"""A person added while a decision is written is asked about first: “Is it one of these people?”. Nothing is refused."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from decisions.models import Decision
from drafting.actions import start
from families.models import Family, Person
from tests import shared
from tests.cast import Cast
from tests.families.household import entries, person, register
from tests.pages import PageClient

cast, now = shared.cast, shared.now

SignIn = Callable[[User], PageClient]
ASKED = "Is it one of these people?"
NEW = {
    "page": "people", "version": "0", "new-rows": "1", "new-0-role": "child", "new-0-age_kind": "not_known",
    "new-0-communication_need": "A Somali interpreter", "new-0-parental_responsibility": "unknown",
}  # fmt: skip


@pytest.fixture(scope="module")
def family(cast: Cast, now: datetime) -> Family:
    found = register(cast.practitioner, cast.team, "Okafor", at=now)
    person(found, cast.practitioner, name="Chidi Okafor", known_as="Chi")
    return found


@pytest.fixture
def draft(cast: Cast, now: datetime, family: Family) -> Decision:
    """About another household of that name, which knows nobody yet."""
    other = register(cast.practitioner, cast.team, "Okafor", at=now)
    return start(entry_route="DECIDING", team=cast.team, family=other, by=cast.practitioner, at=now)


def send(client: PageClient, draft: Decision, **changed: Any) -> Any:
    return client.post(reverse("drafting:page", args=[draft.public_id, "people"]), {**NEW, **changed})


@pytest.mark.parametrize("name", ["Chidi Okafor", "Chidi", "Chidy Okaffor", "Chi Okafor"])
def test_it_is_asked_once_for_each_name(
    cast: Cast, family: Family, draft: Decision, as_user: SignIn, name: str
) -> None:
    client, typed = as_user(cast.practitioner), {"new-0-name": name}
    shown = send(client, draft, **typed)
    page = shown.content.decode()
    assert (shown.status_code, ASKED in page) == (200, True)
    assert "Chidi Okafor, also known as Chi" in page
    assert "A Somali interpreter" in page
    assert (Person.objects.count(), draft.people.count()) == (1, 0)
    [entry] = entries("people.similar_shown")
    assert entry.additional_data == {"people": str(family.people.get().pk)}
    # Another name is asked about in its turn, and the first not again.
    assert ASKED in send(client, draft, **{"new-0-name": "Chidi-Okafor", "looked_at": name}).content.decode()
    assert send(client, draft, **typed, looked_at=["Chidi-Okafor", name]).status_code == 302
    assert draft.people.get().person.name == name


def test_who_comes_back_later_has_added_nobody_and_lost_nothing(
    cast: Cast, family: Family, draft: Decision, as_user: SignIn
) -> None:
    client, address = as_user(cast.practitioner), reverse("drafting:page", args=[draft.public_id, "people"])
    assert send(client, draft, **{"new-0-name": "Chidi Okafor", "then": "later"}).headers["Location"] == reverse("home")
    assert Person.objects.count() == 1
    assert 'value="Chidi Okafor"' in client.get(address).content.decode()


@pytest.mark.parametrize("name", ["Ngozi Okafor", "Chidi Brandt"])
def test_of_another_name_nothing_is_asked(
    cast: Cast, family: Family, draft: Decision, as_user: SignIn, name: str
) -> None:
    assert send(as_user(cast.practitioner), draft, **{"new-0-name": name}).status_code == 302
    assert not entries("people.similar_shown")


def test_another_team_is_not_asked(cast: Cast, family: Family, now: datetime, as_user: SignIn) -> None:
    by = cast.other_team
    own = register(by, cast.other_team_row, "Okafor", at=now)
    theirs = start(entry_route="DECIDING", team=cast.other_team_row, family=own, by=by, at=now)
    assert send(as_user(by), theirs, **{"new-0-name": "Chidi Okafor"}).status_code == 302
