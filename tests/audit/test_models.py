"""What saving enters by itself, and the writes that are refused because they would enter nothing."""

import datetime as dt
from typing import Any

import pytest
from django.db import models

import audit
from accounts.models import Organisation, Recipient, Team, User
from audit import ledger
from audit.models import AuditedModel, LedgerEntry, Unrecorded
from tests.audit.conftest import AT, Write, chain
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def entered(cast: Cast) -> list[LedgerEntry]:
    return chain(cast.organisation.pk)


def test_creating_changing_and_deleting_are_entered(cast: Cast) -> None:
    with ledger.recording(actor=cast.administrator, at=AT):
        team = Team.objects.create(organisation=cast.organisation, name="Mill")
        key = team.pk
        team.name = "Weir"
        team.save()
        team.delete()
    entries = entered(cast)
    assert [entry.event for entry in entries] == ["created", "changed", "deleted"]
    assert {(entry.subject, entry.object_pk, entry.object_id) for entry in entries} == {
        ("accounts.team", str(key), key)
    }
    assert entries[0].changes["name"] == [None, "Mill"]
    assert entries[0].changes["organisation"] == [None, cast.organisation.pk]
    assert entries[1].changes == {"name": ["Mill", "Weir"]}
    assert entries[2].changes["name"] == ["Weir", None]


def test_values_keep_their_kind(cast: Cast) -> None:
    with ledger.recording(actor=None, at=AT):
        recipient = Recipient.objects.create(
            organisation=cast.organisation,
            name="Front door",
            kind="social_care",
            route_kind="phone",
            route="01632 960000",
            checked_on=dt.date(2026, 1, 2),
        )
        recipient.checked_on = None
        recipient.retired = True
        recipient.save()
    assert entered(cast)[1].changes == {"checked_on": ["2026-01-02", None], "retired": [False, True]}


def test_saving_what_has_not_changed_enters_nothing(cast: Cast) -> None:
    with ledger.recording(actor=None, at=AT):
        cast.team.save()
    assert entered(cast) == []


def test_only_columns_are_entered(cast: Cast) -> None:
    with ledger.recording(actor=None, at=AT):
        Organisation.objects.create(name="Weald School", kind="PUB", sector="academy")
    organisation = Organisation.objects.get(name="Weald School")
    [entry] = chain(organisation.pk)
    assert set(entry.changes) <= {field.name for field in Organisation._meta.concrete_fields}


def test_a_password_is_never_entered(cast: Cast) -> None:
    with ledger.recording(actor=None, at=AT):
        cast.officer.set_password("another-lantern-37")
        cast.officer.save()
        User.objects.create(organisation=cast.organisation, email="new@north.test", full_name="New", password="x")
    [entry] = entered(cast)
    assert "password" not in entry.changes


def test_the_reference_is_entered_and_no_name(cast: Cast) -> None:
    with ledger.recording(actor=None, at=AT):
        cast.officer.job_title = "Officer"
        cast.officer.save()
    assert entered(cast)[0].object_repr == cast.officer.ledger_reference()
    assert cast.officer.full_name not in entered(cast)[0].object_repr


def test_a_drafts_fields_are_entered_and_its_values_are_not(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Team, "ledger_hides_values", lambda _: True)
    with ledger.recording(actor=None, at=AT):
        team = Team.objects.create(organisation=cast.organisation, name="Mill")
        team.name = "Weir"
        team.save()
        ledger.append("team.kept", organisation=cast.organisation.pk, obj=team, changes={"name": ["Mill", "Weir"]})
        team.delete()
    entries = entered(cast)
    assert len(entries) == 4
    assert all(pair == [None, None] for entry in entries for pair in entry.changes.values())
    assert list(entries[1].changes) == ["name"]


@pytest.mark.parametrize(
    "write",
    [
        lambda rows: rows.update(name="x"),
        lambda rows: rows.delete(),
        lambda rows: rows.bulk_create([Team(name="x")]),
        lambda rows: rows.bulk_update([], ["name"]),
    ],
)
@pytest.mark.parametrize("manager", ["objects", "_base_manager", "_default_manager"])
def test_writes_that_would_leave_no_entry_are_refused(cast: Cast, write: Any, manager: str) -> None:
    with pytest.raises(Unrecorded, match="leaves no entry"):
        write(getattr(Team, manager).all())


def test_writes_through_a_relation_are_refused_too(cast: Cast) -> None:
    with pytest.raises(Unrecorded):
        cast.organisation.teams.update(name="x")


def test_rows_are_removed_one_by_one_each_an_entry(cast: Cast) -> None:
    with ledger.recording(actor=None, at=AT):
        for name in ("Mill", "Weir"):
            Team.objects.create(organisation=cast.organisation, name=name)
        removed = Team.objects.filter(name__in=["Mill", "Weir"]).remove_audited()
    assert removed == 2
    assert [entry.event for entry in entered(cast)] == ["created", "created", "deleted", "deleted"]


def test_an_entry_is_never_saved_again_or_deleted(write: Write) -> None:
    write()
    [entry] = chain(7)
    with pytest.raises(Unrecorded):
        entry.save()
    with pytest.raises(Unrecorded):
        entry.delete()
    with pytest.raises(Unrecorded):
        LedgerEntry.objects.all().delete()


def test_a_model_that_lets_bulk_writes_through_cannot_be_registered() -> None:
    class Loose(AuditedModel):
        objects = models.Manager()  # type: ignore[assignment]

        class Meta:
            app_label = "audit_tests"

    with pytest.raises(TypeError, match="AuditedQuerySet"):
        audit.register(Loose)
    with pytest.raises(TypeError, match="AuditedModel"):
        audit.register(LedgerEntry)  # type: ignore[arg-type]


def test_the_entry_outlives_its_actor(cast: Cast) -> None:
    with ledger.recording(actor=cast.officer, at=AT):
        ledger.append("seen", organisation=cast.organisation.pk, obj=cast.officer)
    models.QuerySet(User).filter(pk=cast.officer.pk)._raw_delete("default")
    [entry] = entered(cast)
    assert (entry.actor_id, entry.actor_email) == (cast.officer.pk, cast.officer.email)
