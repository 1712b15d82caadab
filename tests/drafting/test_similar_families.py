"""A decision about a family that is not here yet asks first whether it is one that is."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import User
from decisions.models import Decision
from drafting.actions import record_urgent
from families.actions import register_family
from families.models import Family
from tests import shared
from tests.cast import Cast
from tests.families.household import entries
from tests.pages import PageClient
from tests.reminders.test_due import URGENT_FIELDS

cast, now = shared.cast, shared.now

SignIn = Callable[[User], PageClient]
ASKED = "Is it one of these families?"
NEW = {"family": "new", "family_name": "Okafor-Reid"}


@pytest.fixture(scope="module")
def family(cast: Cast, now: datetime) -> Family:
    return register_family(name="Okafor Reid", teams=[cast.team], by=cast.practitioner, at=now)


def address_of(page: str, cast: Cast, now: datetime) -> str:
    if page == "start":
        return reverse("drafting:start")
    urgent = record_urgent(
        team=cast.team,
        answers={**URGENT_FIELDS, "shared_at": None},
        submission_id=uuid4(),
        by=cast.practitioner,
        at=now,
    )
    return reverse("drafting:urgent_complete", args=[urgent.public_id])


@pytest.mark.parametrize("page", ["start", "complete"])
def test_it_is_asked_once_and_refuses_nothing(
    cast: Cast, now: datetime, family: Family, as_user: SignIn, page: str
) -> None:
    client, address = as_user(cast.practitioner), address_of(page, cast, now)
    data = {**NEW, "entry_route": "DECIDING", "team": str(cast.team.public_id)}
    shown = client.post(address, data)
    assert shown.status_code == 200
    assert ASKED in shown.content.decode()
    assert family.reference in shown.content.decode()
    assert not Decision.objects.exists()
    assert entries("families.similar_shown")[0].additional_data == {"families": family.reference}
    assert client.post(address, {**data, "looked_at": NEW["family_name"]}).status_code == 302
    assert Family.objects.filter(name="Okafor-Reid").exists()


def test_submitted_twice_it_goes_on_to_the_draft_of_the_first(
    cast: Cast, now: datetime, family: Family, as_user: SignIn
) -> None:
    client, address = as_user(cast.practitioner), reverse("drafting:start")
    data = {"entry_route": "DECIDING", "family": "new", "family_name": "Zielinska", "submission_id": str(uuid4()),
            "team": str(cast.team.public_id)}  # fmt: skip
    first, second = client.post(address, data), client.post(address, data)
    assert (first.status_code, first.headers["Location"]) == (second.status_code, second.headers["Location"])
    assert Family.objects.filter(name="Zielinska").count() == 1


def test_another_team_is_not_asked(cast: Cast, now: datetime, family: Family, as_user: SignIn) -> None:
    data = {**NEW, "entry_route": "DECIDING", "team": str(cast.other_team_row.public_id)}
    assert as_user(cast.other_team).post(reverse("drafting:start"), data).status_code == 302
