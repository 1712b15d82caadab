from collections.abc import Callable

import pytest
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone

from accounts import actions, queries
from accounts.models import Recipient, User
from tests import shared
from tests.cast import Cast

cast = shared.cast

EVERY: list[Callable[[User], QuerySet[models.Model]]] = [
    queries.people_visible_to,
    queries.teams_visible_to,
    queries.open_teams_visible_to,
    queries.memberships_visible_to,
    queries.recipients_visible_to,
    queries.current_recipients_visible_to,
    queries.duty_numbers_visible_to,
]


def fill(owner: User) -> Recipient:
    actions.change_duty_numbers(numbers=[("Duty desk", "0300 000 0001")], by=owner, at=timezone.now())
    return actions.add_recipient(
        name="Front door",
        kind="social_care",
        route_kind="phone",
        route="0300",
        checked_on=None,
        by=owner,
        at=timezone.now(),
    )


@pytest.mark.parametrize("query", EVERY, ids=lambda query: query.__name__)
def test_only_ones_own_organisation(cast: Cast, query: Callable[[User], QuerySet[models.Model]]) -> None:
    fill(cast.administrator)
    fill(cast.stranger.administrator)
    ours, theirs = query(cast.practitioner), query(cast.stranger.practitioner)
    assert ours.exists()
    assert theirs.exists()
    assert {row.organisation_id for row in ours} == {cast.organisation.pk}  # type: ignore[attr-defined]  # every row has one
    assert not {row.pk for row in ours} & {row.pk for row in theirs}


@pytest.mark.parametrize("query", EVERY, ids=lambda query: query.__name__)
def test_nothing_for_the_deactivated(cast: Cast, query: Callable[[User], QuerySet[models.Model]]) -> None:
    fill(cast.administrator)
    cast.practitioner.is_active = False
    assert not query(cast.practitioner).exists()


def test_retired_recipients_stay_known_but_cannot_be_chosen(cast: Cast) -> None:
    entry = fill(cast.administrator)
    actions.retire_recipient(recipient=entry, by=cast.administrator, at=timezone.now())
    assert entry in queries.recipients_visible_to(cast.practitioner)
    assert entry not in queries.current_recipients_visible_to(cast.practitioner)


def test_closed_teams_stay_known_but_cannot_be_chosen(cast: Cast) -> None:
    team = actions.add_team(name="Short-lived", by=cast.administrator, at=timezone.now())
    actions.close_team(team=team, by=cast.administrator, at=timezone.now())
    assert team in queries.teams_visible_to(cast.practitioner)
    assert team not in queries.open_teams_visible_to(cast.practitioner)


def test_the_organisation_is_read_fresh(cast: Cast) -> None:
    cast.practitioner.organisation.name = "Changed only here"
    assert queries.organisation_of(cast.practitioner).name == "Northmere Council"
