from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from accounts.models import Membership, Organisation, Team, User
from accounts.roles import Permission, Role
from audit import ledger
from audit.models import Unrecorded
from tests import shared
from tests.cast import Cast

cast = shared.cast


def insert(row: Any) -> None:
    """Past the ledger, to try the database's own rules."""
    with transaction.atomic():
        models.QuerySet(type(row)).bulk_create([row])


def test_roles_come_from_teams_and_office(cast: Cast) -> None:
    assert cast.practitioner.roles == {Role.PRACTITIONER}
    assert cast.supervisor.roles == {Role.SUPERVISOR}
    assert cast.administrator.roles == {Role.ADMINISTRATOR}
    assert cast.officer.roles == {Role.DATA_PROTECTION_OFFICER}


def test_roles_are_read_once(cast: Cast, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]  # a fixture without a type
        assert cast.practitioner.has(Permission.SEE_FAMILIES)
        assert not cast.practitioner.has(Permission.MANAGE_PEOPLE)
        assert cast.practitioner.team_ids() == {cast.team.pk}


def test_roles_are_read_again_after_a_refresh(cast: Cast) -> None:
    assert not cast.administrator.has(Permission.SEE_FAMILIES)
    insert(Membership(organisation=cast.organisation, user=cast.administrator, team=cast.team, role=Role.SUPERVISOR))
    cast.administrator.refresh_from_db()
    assert cast.administrator.has(Permission.SEE_FAMILIES)
    assert cast.administrator.has(Permission.MANAGE_PEOPLE)


def test_team_ids_ask_for_a_role(cast: Cast) -> None:
    assert cast.supervisor.team_ids(Role.SUPERVISOR) == {cast.team.pk}
    assert cast.supervisor.team_ids(Role.PRACTITIONER) == frozenset()
    assert cast.other_team.team_ids() == {cast.other_team_row.pk}
    assert cast.officer.team_ids() == frozenset()


def test_a_deactivated_person_has_no_role(cast: Cast) -> None:
    cast.supervisor.is_active = False
    assert cast.supervisor.roles == frozenset()
    assert not cast.supervisor.has(Permission.SEE_DECISIONS)


def test_no_names_in_what_logs_may_print(cast: Cast) -> None:
    for row in (cast.practitioner, cast.team, cast.organisation):
        printed = f"{row} {row!r} {row.ledger_reference()}"
        assert "Asha" not in printed
        assert "Harbour" not in printed
        assert "Northmere" not in printed


def test_every_row_is_in_its_own_organisations_chain(cast: Cast) -> None:
    assert cast.organisation.ledger_organisation() == cast.organisation.pk
    assert cast.practitioner.ledger_organisation() == cast.organisation.pk
    assert cast.stranger.team.ledger_organisation() == cast.stranger.organisation.pk


@pytest.mark.parametrize(
    "row",
    [
        Organisation(name="Eastmoor", kind="QQQ", sector="la"),
        Organisation(name="Eastmoor", kind="", sector="la"),
    ],
)
def test_the_database_knows_the_kinds(db: None, row: Organisation) -> None:
    with pytest.raises(IntegrityError):
        insert(row)


def test_the_database_refuses_a_second_account_and_capitals(cast: Cast) -> None:
    for email in (cast.practitioner.email, "Capital@north.test"):
        with pytest.raises(IntegrityError):
            insert(User(organisation=cast.stranger.organisation, email=email, full_name="Nobody"))


def test_the_database_refuses_an_unknown_office_and_role(cast: Cast) -> None:
    with pytest.raises(IntegrityError):
        insert(User(organisation=cast.organisation, email="x@north.test", full_name="X", organisation_role="owner"))
    with pytest.raises(IntegrityError):
        insert(Membership(organisation=cast.organisation, user=cast.officer, team=cast.team, role="owner"))


def test_the_database_keeps_names_of_teams_and_places_apart(cast: Cast) -> None:
    with pytest.raises(IntegrityError):
        insert(Team(organisation=cast.organisation, name="HARBOUR"))
    with pytest.raises(IntegrityError):
        insert(
            Membership(organisation=cast.organisation, user=cast.practitioner, team=cast.team, role=Role.PRACTITIONER)
        )


def test_nothing_changes_past_the_ledger(cast: Cast) -> None:
    with pytest.raises(Unrecorded):
        User.objects.filter(pk=cast.practitioner.pk).update(is_active=False)
    cast.team.name = "Changed"
    with pytest.raises(ledger.NoRecording):
        cast.team.save()
