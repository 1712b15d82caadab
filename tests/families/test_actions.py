"""What changes, who may change it, and what the ledger keeps of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from accounts.actions import add_team, close_team
from accounts.models import User
from audit.models import LedgerEntry
from families import actions
from families.details import ContactDetails, PersonDetails
from families.models import Disclosure, Family, FamilyTeam, KnownRisk, Person, SafeContact
from tests.cast import Cast
from tests.families.household import NOW, Household, count_entries, disclosure_details, entries, register
from tests.shared import put_back, undone

REFUSED = ("other_team", "supervisor", "administrator", "officer")


@dataclass(frozen=True)
class Scene:
    cast: Cast
    home: Household
    by: User


Act = Callable[[Scene], object]
MISHEARD = "I had misheard it"

ACTS: dict[str, Act] = {
    "register_family": lambda s: register(s.by, s.cast.team),
    "correct_family": lambda s: actions.correct_family(
        family=s.home.family, name="Ash", version=1, why=MISHEARD, by=s.by, at=NOW
    ),
    "add_team_to_family": lambda s: actions.add_team_to_family(
        family=s.home.family, team=s.cast.other_team_row, by=s.by, at=NOW
    ),
    "remove_team_from_family": lambda s: actions.remove_team_from_family(
        family=s.home.family, team=s.cast.other_team_row, by=s.by, at=NOW
    ),
    "add_person": lambda s: actions.add_person(
        family=s.home.family, details=PersonDetails(name="New"), by=s.by, at=NOW
    ),
    "correct_person": lambda s: actions.correct_person(
        person=s.home.child, details=PersonDetails(name="Tilda"), version=1, why=MISHEARD, by=s.by, at=NOW
    ),
    "add_safe_contact": lambda s: actions.add_safe_contact(
        person=s.home.child, details=ContactDetails(kind="text"), by=s.by, at=NOW
    ),
    "set_safe_contact": lambda s: actions.set_safe_contact(
        contact=s.home.contact, details=ContactDetails(kind="text"), version=1, by=s.by, at=NOW
    ),
    "set_known_risks": lambda s: actions.set_known_risks(
        person=s.home.child, notes={"other": "A dog"}, version=1, by=s.by, at=NOW
    ),
    "add_disclosure": lambda s: actions.add_disclosure(
        family=s.home.family, details=disclosure_details(), by=s.by, at=NOW
    ),
    "correct_disclosure": lambda s: actions.correct_disclosure(
        disclosure=s.home.disclosure,
        details=disclosure_details(facts="Other"),
        version=1,
        why=MISHEARD,
        by=s.by,
        at=NOW,
    ),
}
LOOKS: dict[str, Act] = {
    "open_family": lambda s: actions.open_family(family=s.home.family, by=s.by, at=NOW),
    "open_disclosure": lambda s: actions.open_disclosure(disclosure=s.home.disclosure, by=s.by, at=NOW),
    "open_person": lambda s: actions.open_person(person=s.home.child, by=s.by, at=NOW),
    "open_contacts": lambda s: actions.open_contacts(person=s.home.child, by=s.by, at=NOW),
    "list_families": lambda s: actions.list_families(families=["F-7K2M9Q"], by=s.by, at=NOW),
}


@pytest.mark.parametrize("who", ["practitioner", "teammate"])
def test_the_team_may(cast: Cast, home: Household, who: str) -> None:
    for act in ACTS.values():
        with undone():
            act(Scene(cast, home, getattr(cast, who)))
        put_back()


@pytest.mark.parametrize("who", REFUSED)
def test_nobody_else_of_the_organisation_may(cast: Cast, home: Household, who: str) -> None:
    _refused(cast, home, ACTS, getattr(cast, who))


@pytest.mark.parametrize("who", ["practitioner", "supervisor", "administrator", "officer"])
def test_no_stranger_may(cast: Cast, home: Household, who: str) -> None:
    _refused(cast, home, ACTS, getattr(cast.stranger, who))


def test_nobody_deactivated_may(cast: Cast, home: Household) -> None:
    _deactivate(cast.practitioner)
    _refused(cast, home, {**ACTS, **LOOKS}, cast.practitioner)


@pytest.mark.parametrize("who", ["administrator", "officer"])
def test_offices_look_at_no_case(cast: Cast, home: Household, who: str) -> None:
    _refused(cast, home, LOOKS, getattr(cast, who))


def _refused(cast: Cast, home: Household, acts: dict[str, Act], by: User) -> None:
    before = count_entries()
    for name, act in acts.items():
        with pytest.raises(PermissionDenied):
            act(Scene(cast, home, by))
        assert count_entries() == before, name


def _deactivate(user: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET is_active = %s WHERE id = %s", [False, user.pk])
    user.refresh_from_db()


def test_registering(cast: Cast) -> None:
    family = register(cast.practitioner, cast.team)
    assert (family.name, family.organisation, family.registered_at) == ("Ashworth", cast.organisation, NOW)
    assert family.reference.startswith("F-")
    assert [place.team for place in family.family_teams.all()] == [cast.team]


def test_registering_leaves_entries_without_a_name_in_their_heading(cast: Cast) -> None:
    family = register(cast.practitioner, cast.team)
    made = [entry for entry in _about(family) if entry.actor_id == cast.practitioner.pk]
    assert made
    assert all(entry.object_repr == family.reference for entry in made)


@pytest.mark.parametrize("team", ["other_team_row", "stranger", "none"])
def test_registering_only_on_own_teams(cast: Cast, team: str) -> None:
    teams = {"other_team_row": [cast.other_team_row], "stranger": [cast.stranger.team], "none": []}[team]
    with pytest.raises(PermissionDenied):
        actions.register_family(name="Ash", teams=teams, by=cast.practitioner, at=NOW)
    assert not Family.objects.filter(name="Ash").exists()


def test_putting_on_a_team_of_another_organisation_is_refused(cast: Cast, home: Household) -> None:
    with pytest.raises(PermissionDenied):
        actions.add_team_to_family(family=home.family, team=cast.stranger.team, by=cast.practitioner, at=NOW)
    assert home.family.family_teams.count() == 1


def test_putting_on_a_closed_team_is_refused(cast: Cast, home: Household) -> None:
    team = add_team(name="Old", by=cast.administrator, at=NOW)
    team = close_team(team=team, by=cast.administrator, at=NOW)
    with pytest.raises(PermissionDenied):
        actions.add_team_to_family(family=home.family, team=team, by=cast.practitioner, at=NOW)


def test_putting_a_team_on_twice_changes_nothing(cast: Cast, home: Household) -> None:
    for _ in range(2):
        actions.add_team_to_family(family=home.family, team=cast.other_team_row, by=cast.practitioner, at=NOW)
    assert home.family.family_teams.count() == 2


def test_the_last_team_stays(cast: Cast, home: Household) -> None:
    with pytest.raises(ValidationError, match="only team"):
        actions.remove_team_from_family(family=home.family, team=cast.team, by=cast.practitioner, at=NOW)
    assert FamilyTeam.objects.filter(family=home.family).count() == 1


def test_taking_off_a_team_that_is_not_on_changes_nothing(cast: Cast, home: Household) -> None:
    before = count_entries()
    actions.remove_team_from_family(family=home.family, team=cast.other_team_row, by=cast.practitioner, at=NOW)
    assert count_entries() == before


def test_correcting_keeps_the_old_value_in_the_ledger(cast: Cast, home: Household) -> None:
    details = PersonDetails(name="Tilda Ashworth", date_of_birth=date(2016, 3, 28))
    row = actions.correct_person(person=home.child, details=details, version=1, why=MISHEARD, by=cast.teammate, at=NOW)
    assert (row.name, row.version) == ("Tilda Ashworth", 2)
    last = _about(home.child)[-1]
    assert last.actor_id == cast.teammate.pk
    assert last.changes["name"] == ["Tilly Ashworth", "Tilda Ashworth"]
    assert last.changes["date_of_birth"] == ["2016-03-27", "2016-03-28"]
    assert set(last.changes) == {"name", "date_of_birth", "version"}


def test_correcting_nothing_leaves_no_entry(cast: Cast, home: Household) -> None:
    before = count_entries()
    row = actions.correct_disclosure(
        disclosure=home.disclosure, details=disclosure_details(), version=1, by=cast.practitioner, at=NOW
    )
    assert row.version == 1
    assert count_entries() == before


@pytest.mark.parametrize(
    "act", ["correct_family", "correct_person", "set_safe_contact", "set_known_risks", "correct_disclosure"]
)
def test_the_slower_of_two_changes_nothing(cast: Cast, home: Household, act: str) -> None:
    ACTS[act](Scene(cast, home, cast.practitioner))
    before = count_entries()
    with pytest.raises(actions.ChangedMeanwhile):
        ACTS[act](Scene(cast, home, cast.teammate))
    assert count_entries() == before


def test_risks_come_and_go(cast: Cast, home: Household) -> None:
    for version, notes in enumerate([{"other": "A dog", "honour_based": ""}, {"other": "Two dogs"}, {}], start=1):
        actions.set_known_risks(person=home.child, notes=notes, version=version, by=cast.practitioner, at=NOW)
        assert {risk.kind: risk.note for risk in home.child.known_risks.all()} == notes


def test_the_same_risks_again_leave_no_entry(cast: Cast, home: Household) -> None:
    notes = {"other": "A dog"}
    actions.set_known_risks(person=home.child, notes=notes, version=1, by=cast.practitioner, at=NOW)
    before = count_entries()
    actions.set_known_risks(person=home.child, notes=notes, version=2, by=cast.practitioner, at=NOW)
    assert count_entries() == before


def test_a_risk_withdrawn_stays_in_the_ledger(cast: Cast, home: Household) -> None:
    actions.set_known_risks(person=home.child, notes={"other": "A dog"}, version=1, by=cast.practitioner, at=NOW)
    risk = KnownRisk.objects.get()
    actions.set_known_risks(person=home.child, notes={}, version=2, by=cast.practitioner, at=NOW)
    assert _about(risk)[-1].changes["note"] == ["A dog", None]


def test_a_disclosure_says_who_wrote_it_and_when(cast: Cast, home: Household) -> None:
    assert (home.disclosure.written_at, home.disclosure.written_by) == (NOW, cast.practitioner)
    later = NOW + timedelta(days=3)
    row = actions.correct_disclosure(
        disclosure=home.disclosure,
        details=disclosure_details(facts="Two bruises."),
        version=1,
        why=MISHEARD,
        by=cast.teammate,
        at=later,
    )
    assert (row.written_at, row.written_by) == (NOW, cast.practitioner)


@pytest.mark.parametrize(
    ("act", "event"),
    [
        ("open_family", "family.opened"),
        ("open_disclosure", "disclosure.opened"),
        ("open_person", "person.opened"),
        ("open_contacts", "contacts.opened"),
        ("list_families", "families.listed"),
    ],
)
def test_looking_is_an_entry(cast: Cast, home: Household, act: str, event: str) -> None:
    LOOKS[act](Scene(cast, home, cast.supervisor))
    [entry] = entries(event)
    assert (entry.actor_id, entry.organisation) == (cast.supervisor.pk, cast.organisation.pk)
    assert "Ashworth" not in str(entry.object_repr)


def test_every_row_carries_its_organisation(cast: Cast, home: Household) -> None:
    actions.set_known_risks(person=home.child, notes={"other": ""}, version=1, by=cast.practitioner, at=NOW)
    for model in (Family, FamilyTeam, Person, SafeContact, KnownRisk, Disclosure):
        assert {row.organisation_id for row in model.objects.all()} == {cast.organisation.pk}


def _about(row: Any) -> list[Any]:
    found = LedgerEntry.objects.filter(subject=row._meta.label_lower, object_pk=str(row.pk))
    return list(found.order_by("seq"))
