"""Importing: registered once, whole or not at all, by those who may, with entries that hold no names."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from accounts.actions import end_membership
from accounts.models import Membership, Team, User
from audit.models import LedgerEntry
from families import actions
from families.actions import importing
from families.details import PersonDetails
from families.importing.columns import guess
from families.importing.placing import Joins
from families.importing.plan import Plan
from families.importing.rows import read_rows
from families.models import Family, FamilyTeam, Person, SafeContact
from families.queries import teams_for_import
from tests.cast import Cast
from tests.families.exports import EXPORTS, MOSAIC, SIMS, SISTER
from ui.csv_files import read_table


def imported(by: User, team: Team, content: bytes = SIMS.content, joins: Joins | None = None) -> Plan:
    table = read_table(content, most_bytes=100_000, most_rows=100)
    now = timezone.localtime()
    rows = read_rows(table, guess(table.headings), now.date())
    return actions.import_families(rows=rows, team=team, sha256=table.sha256, by=by, at=now, joins=joins)


def test_what_is_in_the_file_is_registered_with_the_team(cast: Cast) -> None:
    imported(cast.supervisor, cast.team)
    family = Family.objects.get()
    assert [place.team for place in FamilyTeam.objects.all()] == [cast.team]
    assert family.name == "Achterberg"
    assert [(one.name, one.role) for one in family.people.all()] == [
        ("Noa Achterberg", "child"), ("Tom Achterberg", "child"), ("Ida Achterberg", "mother"),
    ]  # fmt: skip
    assert Person.objects.get(name="Tom Achterberg").known_as == "Tommy"
    assert Person.objects.get(role="mother").parental_responsibility == "yes"
    assert {(way.safe, way.checked_on) for way in SafeContact.objects.all()} == {("unknown", None)}
    assert Family.objects.visible_to(cast.practitioner).exists()
    assert not Family.objects.visible_to(cast.other_team).exists()


@pytest.mark.in_turn(2)
@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.sqlite
def test_a_second_import_registers_nobody(cast: Cast, name: str) -> None:
    first = imported(cast.supervisor, cast.team, EXPORTS[name].content)
    count = Person.objects.count()
    second = imported(cast.supervisor, cast.team, EXPORTS[name].content)
    assert (first.people, count) == (EXPORTS[name].people, EXPORTS[name].people)
    assert (second.people, Person.objects.count()) == (0, count)
    assert len(second.already) == sum(len(family.rows) for family in first.families)


def test_somebody_typed_in_is_found_by_name_and_date_of_birth(cast: Cast) -> None:
    by, at = cast.practitioner, timezone.now()
    family = actions.register_family(name="X", teams=[cast.team], by=by, at=at)
    details = PersonDetails(name="Noé O'Dell-Ray", date_of_birth=date(2015, 1, 1))
    actions.add_person(family=family, details=details, by=by, at=at)
    again = b"Surname,First name,Date of birth,UPN\nODELL RAY,Noe,2015-01-01,\n"
    assert imported(cast.supervisor, cast.team, again).already == (2,)


def test_nobody_is_told_that_another_team_knows_somebody(cast: Cast) -> None:
    """The supervisor of one team gets the same figures whether another team has them or not."""
    officer = imported(cast.officer, cast.other_team_row)
    plan = imported(cast.supervisor, cast.team)
    assert (officer.people, plan.people, plan.already) == (3, 3, ())


def test_an_officer_registers_nobody_twice_in_the_organisation(cast: Cast) -> None:
    imported(cast.supervisor, cast.team)
    assert imported(cast.officer, cast.other_team_row).already == (2, 3)
    # The next organisation has its own register.
    assert imported(cast.stranger.officer, cast.stranger.team).people == 3


def test_a_number_that_somebody_else_has_is_refused(cast: Cast) -> None:
    imported(cast.supervisor, cast.team, MOSAIC.content)
    plan = imported(cast.supervisor, cast.team, b"Person ID,Name,DOB\n70011,Ann Other,5/5/2005\n")
    assert "number in your own system" in plan.refused[0].reasons[0]


def test_the_ledger_has_figures_and_no_names(cast: Cast) -> None:
    imported(cast.supervisor, cast.team)
    entry = LedgerEntry.objects.get(event="families.imported")
    assert entry.actor_id == cast.supervisor.pk
    assert entry.additional_data | {"sha256": ""} == {
        "rows": 3, "families": 1, "people": 3, "added_to_families": 0, "contacts": 3, "already_registered": 0,
        "refused": 1, "sha256": "",
    }  # fmt: skip
    assert len(entry.additional_data["sha256"]) == 64
    assert "Achterberg" not in str((entry.additional_data, entry.changes, entry.object_repr))
    created = LedgerEntry.objects.filter(event="created").values_list("subject", flat=True)
    assert sorted(set(created)) == [
        "families.family", "families.familyteam", "families.person", "families.safecontact",
    ]  # fmt: skip


def test_when_one_cannot_be_saved_none_is(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    save, calls = importing._add, []

    def third_fails(*args: Any) -> None:
        calls.append(args)
        if len(calls) == 3:
            raise DatabaseError
        save(*args)

    monkeypatch.setattr(importing, "_add", third_fails)
    with pytest.raises(DatabaseError):
        imported(cast.supervisor, cast.team)
    assert not Family.objects.exists()
    assert not LedgerEntry.objects.filter(event="families.imported").exists()


@pytest.mark.parametrize("who", ["practitioner", "teammate", "other_team", "administrator"])
def test_others_may_not_import(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        imported(getattr(cast, who), cast.team)
    assert not teams_for_import(getattr(cast, who)).exists()


def test_only_into_teams_of_ones_own(cast: Cast) -> None:
    for by, team in (
        (cast.supervisor, cast.other_team_row),
        (cast.supervisor, cast.stranger.team),
        (cast.officer, cast.stranger.team),
        (cast.stranger.supervisor, cast.team),
    ):
        with pytest.raises(PermissionDenied):
            imported(by, team)
    assert set(teams_for_import(cast.officer)) == {cast.team, cast.other_team_row}


def test_a_supervisor_who_left_the_team_may_not(cast: Cast) -> None:
    place = Membership.objects.get(user=cast.supervisor)
    end_membership(membership=place, by=cast.administrator, at=timezone.now())
    with pytest.raises(PermissionDenied):
        imported(cast.supervisor, cast.team)


def test_the_number_of_the_other_system_is_never_changed(cast: Cast) -> None:
    imported(cast.supervisor, cast.team, MOSAIC.content)
    for table, number in (("person", "70011"), ("family", "F88")):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE families_{table} SET system_number = '1' WHERE system_number = '{number}'")


BORN_LATER = b"Person ID,Name,DOB,Family ID,Family Name,Mother Name\n70019,Abe Jessop,1/2/2024,F88,Jessop and Lamb,Jo\n"


def test_a_child_with_the_number_of_a_registered_family_is_added_to_it(cast: Cast) -> None:
    imported(cast.supervisor, cast.team, MOSAIC.content)
    plan = imported(cast.supervisor, cast.team, BORN_LATER)
    family = Family.objects.get()
    assert (len(plan.families), plan.added) == (0, 2)
    assert list(family.people.values_list("name", flat=True))[3:] == ["Abe Jessop", "Jo"]
    assert family.version == 1
    assert imported(cast.supervisor, cast.team, BORN_LATER).already == (2,)
    assert Person.objects.count() == 5


def test_a_child_of_the_same_parent_and_address_is_added_where_it_was_ticked(cast: Cast) -> None:
    imported(cast.supervisor, cast.team)
    family = Family.objects.get()
    assert imported(cast.supervisor, cast.team, SISTER).refused
    plan = imported(cast.supervisor, cast.team, SISTER, {2: str(family.public_id)})
    assert (plan.added, Family.objects.count()) == (1, 1)
    entry = LedgerEntry.objects.filter(event="families.imported").order_by("seq").last()
    assert entry
    assert entry.additional_data["families_shown"] == family.reference
    assert [one.name for one in family.people.filter(role="mother")] == ["Ida Achterberg"]
    assert imported(cast.supervisor, cast.team, SISTER, {2: str(family.public_id)}).already == (2,)


@pytest.mark.sqlite
def test_a_family_of_another_team_is_neither_shown_nor_added_to(cast: Cast) -> None:
    imported(cast.officer, cast.other_team_row)
    other = Family.objects.get()
    plan = imported(cast.supervisor, cast.team, SISTER, {2: str(other.public_id)})
    assert (plan.questions, plan.added, len(plan.refused)) == ((), 0, 1)
    assert other.people.count() == 3
    # An officer is told that somebody is registered, but adds nobody to a family of another team.
    assert imported(cast.officer, cast.team, SIMS.content).questions == ()
