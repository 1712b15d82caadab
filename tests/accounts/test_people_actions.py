"""Inviting, offices, deactivating: what each does, who may, and what the ledger hears."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts import actions
from accounts.models import User
from tests import shared
from tests.accounts.entries import entered, last
from tests.cast import Cast

cast = shared.cast

NOW = timezone.now()
Act = Callable[[User, User], Any]

# Every action on a person: the actor first, then the person it is about.
ON_A_PERSON: dict[str, Act] = {
    "change_person": lambda by, user: actions.change_person(user=user, full_name="New", job_title="", by=by, at=NOW),
    "change_organisation_role": lambda by, user: actions.change_organisation_role(
        user=user, organisation_role="administrator", by=by, at=NOW
    ),
    "deactivate": lambda by, user: actions.deactivate(user=user, by=by, at=NOW),
    "reactivate": lambda by, user: actions.reactivate(user=user, by=by, at=NOW),
    "withdraw_password": lambda by, user: actions.withdraw_password(user=user, by=by, at=NOW),
}
on_a_person = pytest.mark.parametrize("act", ON_A_PERSON.values(), ids=ON_A_PERSON)


@on_a_person
@pytest.mark.parametrize("who", ["practitioner", "supervisor"])
def test_the_wrong_role_is_refused(cast: Cast, act: Act, who: str) -> None:
    with pytest.raises(PermissionDenied):
        act(getattr(cast, who), cast.teammate)
    assert entered(cast.organisation) == []


@on_a_person
def test_another_organisations_people_are_out_of_reach(cast: Cast, act: Act) -> None:
    before = User.objects.get(pk=cast.stranger.practitioner.pk)
    with pytest.raises(PermissionDenied):
        act(cast.administrator, cast.stranger.practitioner)
    after = User.objects.get(pk=before.pk)
    assert (after.full_name, after.is_active, after.password) == (before.full_name, before.is_active, before.password)


@on_a_person
def test_a_role_taken_away_meanwhile_counts(cast: Cast, act: Act) -> None:
    stale = User.objects.get(pk=cast.administrator.pk)
    assert stale.roles
    actions.change_organisation_role(user=cast.administrator, organisation_role="", by=cast.officer, at=NOW)
    with pytest.raises(PermissionDenied):
        act(stale, cast.teammate)


@on_a_person
def test_a_deactivated_administrator_does_nothing(cast: Cast, act: Act) -> None:
    actions.deactivate(user=cast.administrator, by=cast.officer, at=NOW)
    with pytest.raises(PermissionDenied):
        act(cast.administrator, cast.teammate)


def test_invite(cast: Cast) -> None:
    person = actions.invite(
        full_name="  Noor Ashdown ", email=" Noor@North.TEST ", job_title=" Nurse ", by=cast.administrator, at=NOW
    )
    assert (person.full_name, person.email, person.job_title) == ("Noor Ashdown", "noor@north.test", "Nurse")
    assert person.organisation == cast.organisation
    assert not person.has_usable_password()
    assert person.roles == frozenset()
    assert entered(cast.organisation) == ["created accounts.user"]
    assert last(cast.organisation).actor_id == cast.administrator.pk
    assert "password" not in last(cast.organisation).changes


@pytest.mark.parametrize("email", ["practitioner@north.test", "PRACTITIONER@north.test"])
def test_a_taken_address_here_and_next_door_sounds_the_same(cast: Cast, email: str) -> None:
    said = set()
    for taken in (email, cast.stranger.practitioner.email):
        with pytest.raises(ValidationError) as refused:
            actions.invite(full_name="Noor Ashdown", email=taken, by=cast.administrator, at=NOW)
        assert set(refused.value.error_dict) == {"email"}
        said.add(tuple(refused.value.messages))
    assert len(said) == 1
    assert entered(cast.organisation) == []


def test_an_unknown_office_is_refused(cast: Cast) -> None:
    for role in ("owner", "practitioner"):
        with pytest.raises(ValidationError):
            actions.change_organisation_role(user=cast.teammate, organisation_role=role, by=cast.administrator, at=NOW)


def test_changing_details_enters_both_values(cast: Cast) -> None:
    actions.change_person(user=cast.teammate, full_name="Bram O. Oduya", job_title="Lead", by=cast.officer, at=NOW)
    assert last(cast.organisation).changes == {
        "full_name": ["Bram Oduya", "Bram O. Oduya"],
        "job_title": ["Social worker", "Lead"],
    }


def test_deactivated_and_back(cast: Cast) -> None:
    gone = actions.deactivate(user=cast.practitioner, by=cast.administrator, at=NOW)
    assert not gone.is_active
    assert gone.roles == frozenset()
    back = actions.reactivate(user=gone, by=cast.administrator, at=NOW)
    assert back.team_ids() == {cast.team.pk}
    assert entered(cast.organisation) == ["changed accounts.user", "changed accounts.user"]


def test_nobody_deactivates_themselves(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="yourself"):
        actions.deactivate(user=cast.administrator, by=cast.administrator, at=NOW)


def test_the_last_office_cannot_be_given_up(cast: Cast) -> None:
    actions.change_organisation_role(user=cast.officer, organisation_role="", by=cast.administrator, at=NOW)
    with pytest.raises(ValidationError, match="last active") as refused:
        actions.change_organisation_role(user=cast.administrator, organisation_role="", by=cast.administrator, at=NOW)
    assert set(refused.value.error_dict) == {"organisation_role"}
    assert User.objects.get(pk=cast.administrator.pk).organisation_role == "administrator"


def test_a_deactivated_administrator_does_not_count_as_one(cast: Cast) -> None:
    actions.deactivate(user=cast.officer, by=cast.administrator, at=NOW)
    with pytest.raises(ValidationError, match="last active"):
        actions.change_organisation_role(user=cast.administrator, organisation_role="", by=cast.administrator, at=NOW)


def test_one_office_for_another_is_no_loss(cast: Cast) -> None:
    """Somebody else's, and one that allows less."""
    changed = actions.change_organisation_role(
        user=cast.officer, organisation_role="administrator", by=cast.administrator, at=NOW
    )
    assert changed.organisation_role == "administrator"


def test_an_office_of_next_door_does_not_count(cast: Cast) -> None:
    """The guard is for each organisation by itself."""
    actions.deactivate(user=cast.officer, by=cast.administrator, at=NOW)
    assert User.objects.filter(is_active=True).exclude(organisation_role="").count() == 3
    with pytest.raises(ValidationError, match="last active"):
        actions.change_organisation_role(user=cast.administrator, organisation_role="", by=cast.administrator, at=NOW)


def test_withdrawing_a_password_is_an_event(cast: Cast) -> None:
    person = actions.withdraw_password(user=cast.practitioner, by=cast.administrator, at=NOW)
    assert not person.has_usable_password()
    assert entered(cast.organisation) == ["account.link_made accounts.user"]


def test_no_link_for_the_deactivated(cast: Cast) -> None:
    actions.deactivate(user=cast.practitioner, by=cast.administrator, at=NOW)
    with pytest.raises(ValidationError, match="Reactivate"):
        actions.withdraw_password(user=cast.practitioner, by=cast.administrator, at=NOW)


def test_choosing_a_password_is_an_event_without_it(cast: Cast) -> None:
    person = actions.choose_password(user=cast.practitioner, password="harbour-lantern-88", at=NOW)
    assert person.check_password("harbour-lantern-88")
    assert entered(cast.organisation) == ["account.password_chosen accounts.user"]
    assert "password" not in str(last(cast.organisation).changes)


def test_the_deactivated_choose_no_password(cast: Cast) -> None:
    actions.deactivate(user=cast.practitioner, by=cast.administrator, at=NOW)
    with pytest.raises(PermissionDenied):
        actions.choose_password(user=cast.practitioner, password="harbour-lantern-88", at=NOW)
