"""Who sees a family: the table, one row a member of the cast."""

from itertools import product
from typing import Any

import pytest

from accounts.models import Membership
from audit import ledger
from families import actions
from families.models import Disclosure, Family, KnownRisk, Person, SafeContact
from families.queries import is_editable_by, is_visible_to
from tests.cast import Cast
from tests.families.household import NOW, Household, household, register

ROWS: tuple[Any, ...] = (Family, Person, SafeContact, KnownRisk, Disclosure)
SEES = {
    "practitioner": (True, True),
    "teammate": (True, True),
    "other_team": (False, False),
    "supervisor": (True, False),
    "administrator": (False, False),
    "officer": (False, False),
}


@pytest.fixture
def risky_home(cast: Cast, home: Household) -> Household:
    actions.set_known_risks(
        person=home.mother, notes={"must_not_find_out": "Her brother"}, version=1, by=cast.practitioner, at=NOW
    )
    return home


def test_who_sees_and_who_may_change(cast: Cast, risky_home: Household) -> None:
    for who, model in product(SEES, ROWS):
        sees, changes = SEES[who]
        user = getattr(cast, who)
        assert model.objects.visible_to(user).exists() is sees, (who, model)
        assert model.objects.editable_by(user).exists() is changes, (who, model)


def test_no_stranger_sees_anything(cast: Cast, risky_home: Household) -> None:
    for who, model in product(SEES, ROWS):
        stranger = getattr(cast.stranger, who)
        assert not model.objects.visible_to(stranger).exists(), (who, model)
        assert not model.objects.editable_by(stranger).exists(), (who, model)


@pytest.mark.parametrize("moved", [False, True])
def test_one_family_is_answered_as_the_rows_are(cast: Cast, home: Household, moved: bool) -> None:  # noqa: FBT001
    if moved:
        actions.add_team_to_family(family=home.family, team=cast.other_team_row, by=cast.practitioner, at=NOW)
        actions.remove_team_from_family(family=home.family, team=cast.team, by=cast.practitioner, at=NOW)
    family = Family.objects.prefetch_related("family_teams").get(pk=home.family.pk)
    may = {user for user in (*cast.everybody, *cast.stranger.everybody) if is_editable_by(family, user)}
    assert may == {user for user in cast.everybody if Family.objects.editable_by(user).exists()}
    assert len(may) == 1 + (not moved)
    see = {user for user in (*cast.everybody, *cast.stranger.everybody) if is_visible_to(family, user)}
    assert see == {user for user in cast.everybody if Family.objects.visible_to(user).exists()}
    assert see


def test_nobody_deactivated_sees_anything(cast: Cast, risky_home: Household) -> None:
    cast.practitioner.is_active = False
    cast.practitioner.forget_roles()
    for model in ROWS:
        assert not model.objects.visible_to(cast.practitioner).exists(), model


def test_a_team_put_on_sees_it_and_taken_off_no_longer(cast: Cast, home: Household) -> None:
    actions.add_team_to_family(family=home.family, team=cast.other_team_row, by=cast.practitioner, at=NOW)
    assert list(Family.objects.visible_to(cast.other_team)) == [home.family]
    actions.remove_team_from_family(family=home.family, team=cast.other_team_row, by=cast.practitioner, at=NOW)
    assert not Family.objects.visible_to(cast.other_team).exists()


def test_supervising_another_team_gives_sight_and_no_pen(cast: Cast, home: Household) -> None:
    with ledger.recording(actor=None, at=NOW):
        Membership(organisation=cast.organisation, user=cast.other_team, team=cast.team, role="supervisor").save()
    cast.other_team.forget_roles()
    assert Family.objects.visible_to(cast.other_team).exists()
    assert not Family.objects.editable_by(cast.other_team).exists()


def test_two_teams_do_not_show_a_family_twice(cast: Cast, home: Household) -> None:
    actions.add_team_to_family(family=home.family, team=cast.other_team_row, by=cast.practitioner, at=NOW)
    with ledger.recording(actor=None, at=NOW):
        Membership(
            organisation=cast.organisation, user=cast.practitioner, team=cast.other_team_row, role="practitioner"
        ).save()
    cast.practitioner.forget_roles()
    assert Family.objects.visible_to(cast.practitioner).count() == 1


def test_newest_first(cast: Cast, home: Household) -> None:
    newer = register(cast.practitioner, cast.team, "Brandt", at=NOW.replace(hour=16))
    assert list(Family.objects.newest_first()) == [newer, home.family]


def test_the_other_organisation_has_its_own(cast: Cast, home: Household) -> None:
    theirs = household(cast.stranger.practitioner, cast.stranger.team)
    assert list(Family.objects.visible_to(cast.stranger.practitioner)) == [theirs.family]
    assert list(Family.objects.visible_to(cast.practitioner)) == [home.family]
