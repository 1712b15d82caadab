from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts import actions
from accounts.models import Membership, Team, User
from accounts.roles import Permission
from tests import shared
from tests.accounts.entries import entered
from tests.cast import Cast, Company

cast = shared.cast

NOW = timezone.now()
Act = Callable[[User, Company], Any]


def first_place(company: Company) -> Membership:
    found = company.practitioner.memberships.first()
    assert found is not None
    return found


ACTS: dict[str, Act] = {
    "rename_team": lambda by, of: actions.rename_team(team=of.team, name="Renamed", by=by, at=NOW),
    "close_team": lambda by, of: actions.close_team(team=of.team, by=by, at=NOW),
    "reopen_team": lambda by, of: actions.reopen_team(team=of.team, by=by, at=NOW),
    "place": lambda by, of: actions.add_membership(user=of.officer, team=of.team, role="supervisor", by=by, at=NOW),
    "end_membership": lambda by, of: actions.end_membership(membership=first_place(of), by=by, at=NOW),
}
every = pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)


@every
def test_the_wrong_role_is_refused(cast: Cast, act: Act) -> None:
    for user in (cast.practitioner, cast.supervisor):
        with pytest.raises(PermissionDenied):
            act(user, cast)
    assert entered(cast.organisation) == []


@every
def test_another_organisations_teams_are_out_of_reach(cast: Cast, act: Act) -> None:
    with pytest.raises(PermissionDenied):
        act(cast.administrator, cast.stranger)
    assert entered(cast.stranger.organisation) == []
    assert cast.stranger.practitioner.memberships.count() == 1


def test_add_team(cast: Cast) -> None:
    team = actions.add_team(name="  Lighthouse ", by=cast.administrator, at=NOW)
    assert (team.name, team.organisation, team.closed) == ("Lighthouse", cast.organisation, False)
    assert entered(cast.organisation) == ["created accounts.team"]


def test_only_offices_add_teams(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        actions.add_team(name="Lighthouse", by=cast.supervisor, at=NOW)


def test_a_team_name_is_used_once(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="already a team") as refused:
        actions.add_team(name=" harbour ", by=cast.administrator, at=NOW)
    assert set(refused.value.error_dict) == {"name"}
    with pytest.raises(ValidationError):
        actions.rename_team(team=cast.team, name="Quarry", by=cast.administrator, at=NOW)
    renamed = actions.rename_team(team=cast.team, name="HARBOUR", by=cast.administrator, at=NOW)
    assert renamed.name == "HARBOUR"


def test_the_same_name_next_door_is_no_matter(cast: Cast) -> None:
    actions.add_team(name="Lighthouse", by=cast.stranger.administrator, at=NOW)
    actions.add_team(name="Lighthouse", by=cast.administrator, at=NOW)
    assert Team.objects.filter(name="Lighthouse").count() == 2


def test_place_gives_the_role_at_once(cast: Cast) -> None:
    held = actions.add_membership(user=cast.teammate, team=cast.team, role="supervisor", by=cast.administrator, at=NOW)
    cast.teammate.refresh_from_db()
    assert cast.teammate.has(Permission.REVIEW_DECISIONS)
    assert held.organisation_id == cast.organisation.pk
    assert entered(cast.organisation) == ["created accounts.membership"]


def test_placing_twice_changes_nothing(cast: Cast) -> None:
    again = actions.add_membership(
        user=cast.practitioner, team=cast.team, role="practitioner", by=cast.administrator, at=NOW
    )
    assert again == first_place(cast)
    assert entered(cast.organisation) == []


def test_a_person_may_hold_both_roles_in_a_team(cast: Cast) -> None:
    actions.add_membership(user=cast.practitioner, team=cast.team, role="supervisor", by=cast.administrator, at=NOW)
    assert cast.practitioner.memberships.count() == 2


@pytest.mark.parametrize("role", ["", "administrator", "owner"])
def test_only_roles_of_a_team(cast: Cast, role: str) -> None:
    with pytest.raises(ValidationError) as refused:
        actions.add_membership(user=cast.officer, team=cast.team, role=role, by=cast.administrator, at=NOW)
    assert set(refused.value.error_dict) == {"role"}


def test_nobody_is_team_roles_across_organisations(cast: Cast) -> None:
    for user, team in ((cast.officer, cast.stranger.team), (cast.stranger.officer, cast.team)):
        with pytest.raises(PermissionDenied):
            actions.add_membership(user=user, team=team, role="practitioner", by=cast.administrator, at=NOW)
    assert not Membership.objects.filter(user__in=[cast.officer, cast.stranger.officer]).exists()


def test_nobody_is_team_roles_in_a_closed_team(cast: Cast) -> None:
    team = actions.add_team(name="Lighthouse", by=cast.administrator, at=NOW)
    actions.close_team(team=team, by=cast.administrator, at=NOW)
    with pytest.raises(ValidationError, match="closed") as refused:
        actions.add_membership(user=cast.teammate, team=team, role="supervisor", by=cast.administrator, at=NOW)
    assert set(refused.value.error_dict) == {"team"}
    actions.reopen_team(team=team, by=cast.administrator, at=NOW)
    actions.add_membership(user=cast.teammate, team=team, role="supervisor", by=cast.administrator, at=NOW)


def test_a_team_with_people_does_not_close(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="still in this team"):
        actions.close_team(team=cast.team, by=cast.administrator, at=NOW)


def test_take_out_takes_the_role_and_leaves_an_entry(cast: Cast) -> None:
    actions.end_membership(membership=first_place(cast), by=cast.administrator, at=NOW)
    cast.practitioner.refresh_from_db()
    assert cast.practitioner.roles == frozenset()
    assert entered(cast.organisation) == ["deleted accounts.membership"]
