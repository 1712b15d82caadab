"""Disposal: not a word of the record is left, everything else is as it was, and the database lets nothing else go."""

import os
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from audit import ledger
from audit.models import LedgerEntry
from audit.verification import verify
from decisions.database.disposal import blanks
from decisions.models import Decision, DecisionPerson, Sending, UrgentRecord
from families.models import Family, Person
from incidents.models import IncidentEvent
from retention import actions, checks, tombstone_file
from retention.belongings import MODELS, Record
from retention.disposing import Authority, dispose
from retention.due import due_records
from retention.kept_back import kept_back
from retention.models import Disposal, DisposalRecord, Tombstone
from retention.restored import there_again
from rights.models import RequestEvent, RightsRequest
from tests.audit.conftest import EVERY, tampering
from tests.decisions.cases import plain, twin_of
from tests.retention.scene import (
    REASON,
    confirmed,
    dump,
    file_of_the_database,
    much_later,
    plant,
    second_officer,
)
from tests.test_access_matrix import Scene, whole_scene

# One of a hundred, as in ./run check; otherwise one of ten, which is six seconds less.
OTHERS = 99 if os.environ.get("THOROUGH") else 9


@pytest.fixture(scope="module")
def scene(_module_transaction: None) -> Scene:
    return whole_scene()


@pytest.fixture(autouse=True)
def own_file(settings: Any, tmp_path: Any) -> None:
    settings.TOMBSTONES_FILE = tmp_path / "tombstones.jsonl"


def answered(scene: Scene) -> None:
    """Everything asked is answered and no hold stands, so that nothing keeps a record any more."""
    now = timezone.now()
    closed = {"kind": "CLOSED", "at": now, "text": "It came back", "organisation": scene.cast.organisation}
    written = {"written_at": now, "written_by": scene.cast.officer, "written_by_name": "Femi"}
    plain(IncidentEvent).bulk_create([IncidentEvent(incident=scene.incident, **closed, **written)])
    actions.lift_hold(hold=scene.hold, reason="The court has decided", by=scene.cast.officer, at=now)
    known = {"organisation": scene.cast.organisation, "written_by": scene.cast.officer, "written_by_name": "Femi"}
    for request in RightsRequest.objects.unanswered():
        plain(RequestEvent).bulk_create([
            RequestEvent(
                request=request, kind="CLOSED", on_day=now.date(), text="Sent", outcome="GIVEN", answered_how="Post",
                written_at=now, **known,
            )
        ])  # fmt: skip


def disposal_of(scene: Scene, *, needs_second: bool = False) -> Disposal:
    made = Disposal(
        organisation=scene.cast.organisation, reason=REASON, needs_second=needs_second,
        written_by=scene.cast.officer, written_at=timezone.now(), written_by_name="Femi Larkin",
    )  # fmt: skip
    return plain(Disposal).bulk_create([made])[0]


def gone(scene: Scene, kind: str, row: Any) -> LedgerEntry:
    at = timezone.now()
    by = scene.cast.officer
    with ledger.recording(actor=by, at=at):
        return dispose(Record(kind, row), Authority("25 years", at, disposal_of(scene), by))


def proposed(scene: Scene, *rows: Any, at: datetime | None = None) -> Disposal:
    return actions.propose_disposal(
        keys=[str(row.public_id) for row in rows], reason=REASON, submission_id=uuid4(), by=scene.cast.officer,
        at=at or much_later(),
    )  # fmt: skip


def many(scene: Scene, count: int) -> None:
    """The same decision again and again, recorded, past the actions and the ledger."""
    twin = twin_of(scene.recorded)
    rows = [twin, *(twin_of(scene.recorded) for _ in range(count - 1))]
    state = {"state": "recorded", "recorded_at": scene.recorded.recorded_at}
    plain(Decision).filter(pk__in=[row.pk for row in rows]).update(**state)


def words_left(planted: list[str], rows: dict[str, list[str]]) -> set[str]:
    text = "\n".join(line for lines in rows.values() for line in lines)
    return {word for word in planted if word in text}


def test_not_a_word_of_one_of_a_hundred_is_left(scene: Scene, tmp_path: Path) -> None:
    many(scene, OTHERS)
    record = Record("decision", scene.recorded)
    with tampering(EVERY):
        planted = plant(record)
    going = {model._meta.db_table: set(keys) for one in (record, *record.with_it()) for model, keys in one.rows()}
    kept_words = words_left(planted, before := dump())
    assert len(kept_words) == len(planted) > 100
    names = [scene.recorded.facts, *(person.name for person in scene.recorded.people.all())]
    entry = gone(scene, "decision", scene.recorded)
    after = dump(but=("search_words_data", "search_words_idx"))
    assert words_left(planted, after) == set()
    if connection.vendor == "sqlite":
        data = file_of_the_database(tmp_path / "db.sqlite3")
        assert scene.declined.facts.encode() in data
        assert {word for word in planted if word.encode() in data} == set()
    in_ledger = "\n".join(
        line for line in after["audit_ledgerentry"] if f"'{scene.recorded.reference}'" in line and str(names[0]) in line
    )
    assert in_ledger == ""
    _others_as_they_were(before, after, going, scene.recorded.pk)
    report = verify()
    assert report.sound
    assert report.blanked == len(entry.additional_data["entries"]) > 30


def _others_as_they_were(
    before: dict[str, list[str]], after: dict[str, list[str]], going: dict[str, set[int]], decision: int
) -> None:
    """Each table has the rows it had, less those that went; the ledger and the tombstones have more."""
    more = {"audit_ledgerentry", "audit_treetile", "retention_tombstone", "retention_disposal", "decisions_decision"}
    for table, rows in after.items():
        if table.startswith(("search_words", "sqlite_")) or table in more:
            continue
        lost = set(before[table]) - set(rows)
        assert len(lost) == len(going.get(table, ())), table
        assert set(rows) <= set(before[table]), table
    rest = [row for row in before["decisions_decision"] if not row.startswith(f"({decision},")]
    assert [row for row in after["decisions_decision"] if not row.startswith(f"({decision},")] == rest
    assert len(rest) > OTHERS


def test_what_stays_is_the_skeleton_and_who_did_what(scene: Scene) -> None:
    old = Decision.objects.get(pk=scene.recorded.pk)
    seen = LedgerEntry.objects.filter(subject="decisions.decision", object_pk=str(old.pk)).order_by("seq")
    envelopes = list(seen.values_list("seq", "event", "actor_email", "entry_hash", "object_repr"))
    entry = gone(scene, "decision", old)
    new = Decision.objects.get(pk=old.pk)
    assert new.is_disposed
    assert (new.reference, new.decided_at, new.recorded_at, new.team_id, new.author_id) == (
        old.reference, old.decided_at, old.recorded_at, old.team_id, old.author_id,
    )  # fmt: skip
    assert {name: getattr(new, name) for name in blanks()} == blanks()
    assert (
        list(seen.values_list("seq", "event", "actor_email", "entry_hash", "object_repr"))[: len(envelopes)]
        == envelopes
    )
    assert entry.additional_data["rule"] == "25 years"
    assert entry.additional_data["reason"] == REASON
    assert new.tombstone.disposed_by == scene.cast.officer
    [line] = tombstone_file.read()
    assert (line.kind, line.reference, line.seq, line.entry_hash) == (
        "decision", old.reference, entry.seq, entry.entry_hash,
    )  # fmt: skip


def test_a_family_goes_when_no_record_is_about_it(scene: Scene) -> None:
    answered(scene)
    for request in RightsRequest.objects.all():
        gone(scene, "request", request)
    for decision in Decision.objects.recorded():
        gone(scene, "decision", decision)
    for draft in Decision.objects.filter(state="draft"):
        for model, keys in Record("decision", draft).rows():
            plain(model).filter(pk__in=keys)._raw_delete(connection.alias)
    plain(Decision).filter(state="draft")._raw_delete(connection.alias)
    record = Record("family", scene.family)
    with tampering(EVERY):
        planted = plant(record)
    gone(scene, "family", scene.family)
    assert words_left(planted, dump(but=("search_words_data", "search_words_idx"))) == set()
    assert not Family.objects.filter(pk=scene.family.pk).exists()
    assert not Person.objects.filter(family=scene.family.pk).exists()
    assert verify().sound
    kinds = Tombstone.objects.values_list("kind", flat=True)
    assert {"family", "decision", "request"} <= set(kinds)


REFUSED = {
    "a decision without a tombstone": "UPDATE decisions_decision SET state = 'disposed' WHERE id = {recorded}",
    "a draft": "UPDATE decisions_decision SET state = 'disposed' WHERE id = {draft}",
    "a part": "DELETE FROM decisions_decisionperson WHERE decision_id = {recorded}",
    "a sending": "DELETE FROM decisions_sending WHERE decision_id = {recorded}",
    "an event": "DELETE FROM decisions_consentevent WHERE decision_id = {recorded}",
    "an addition's text": "UPDATE decisions_complaint SET text = '' WHERE decision_id = {recorded}",
    "a letter": "DELETE FROM letters_lettermade WHERE decision_id = {recorded}",
    "a letter about several": "DELETE FROM letters_sharedletter",
    "a review": "DELETE FROM reviews_review",
    "a copy": "DELETE FROM rights_familycopy",
    "an incident": "DELETE FROM incidents_incident",
    "what was done about it": "DELETE FROM incidents_incidentevent",
    "a request": "DELETE FROM rights_rightsrequest",
    "a person": "DELETE FROM families_person WHERE family_id = {family}",
    "a disclosure": "DELETE FROM families_disclosure WHERE family_id = {family}",
    "a family": "DELETE FROM families_family WHERE id = {family}",
    "its teams": "DELETE FROM decisions_decisionteam WHERE decision_id = {recorded}",
}


@pytest.mark.parametrize("what", REFUSED)
def test_without_a_tombstone_the_database_lets_nothing_go(scene: Scene, what: str) -> None:
    keys = {"recorded": scene.recorded.pk, "draft": scene.draft.pk, "family": scene.family.pk}
    table = REFUSED[what].split()[2 if REFUSED[what].startswith("DELETE") else 1]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {table}")
        assert cursor.fetchone()[0] > 0
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute(REFUSED[what].format(**keys))


@pytest.mark.parametrize(
    "change", [{}, {"facts": "Something"}, {"reference": "D-000000"}, {"includes_health": True}, {"law_version": "1"}]
)
def test_with_a_tombstone_it_becomes_its_skeleton_and_nothing_else(scene: Scene, change: dict[str, Any]) -> None:
    now, row = timezone.now(), scene.recorded
    plain(Tombstone).bulk_create([
        Tombstone(
            organisation=row.organisation, kind="decision", row=row.pk, record=row.public_id, decision=row, rule="x",
            disposal=disposal_of(scene), disposed_at=now, disposed_by_name="Femi",
        )
    ])  # fmt: skip
    values = {**blanks(), **change, "state": "disposed"}
    if not change:
        plain(Decision).filter(pk=row.pk).update(**values)
        with pytest.raises(IntegrityError, match="closed"), transaction.atomic():
            plain(Decision).filter(pk=row.pk).update(facts="It is back")
        with pytest.raises(IntegrityError), transaction.atomic():
            plain(Sending).bulk_create([Sending(pk=None, decision=row, organisation=row.organisation)])
        return
    with pytest.raises(IntegrityError), transaction.atomic():
        plain(Decision).filter(pk=row.pk).update(**values)


def test_twice_is_nothing(scene: Scene) -> None:
    answered(scene)
    confirmed(scene.cast.officer)
    first = proposed(scene, scene.recorded)
    assert Decision.objects.get(pk=scene.recorded.pk).is_disposed
    before = dump()
    again = actions.propose_disposal(
        keys=[str(scene.recorded.public_id)], reason=REASON, submission_id=first.public_id, by=scene.cast.officer,
        at=much_later(),
    )  # fmt: skip
    assert again == first
    with pytest.raises(ValidationError, match="no longer due"):
        proposed(scene, scene.recorded)
    assert dump() == before


def test_a_hold_beats_every_rule(scene: Scene) -> None:
    answered(scene)
    confirmed(scene.cast.officer)
    officer, now = scene.cast.officer, timezone.now()
    for record in (scene.recorded, scene.family):
        held = actions.hold(record=record, reason="A court case", submission_id=uuid4(), by=officer, at=now)
        with pytest.raises(ValidationError, match="on hold"):
            proposed(scene, scene.recorded)
        with pytest.raises(DatabaseError, match="a hold beats every rule"), transaction.atomic():
            gone(scene, "decision", scene.recorded)
        actions.lift_hold(hold=held, reason="It is over", by=officer, at=now)
    proposed(scene, scene.recorded)
    assert Decision.objects.get(pk=scene.recorded.pk).is_disposed


def test_nothing_is_due_by_what_is_only_proposed(scene: Scene) -> None:
    officer = scene.cast.officer
    assert due_records(officer, much_later().date()) == []
    confirmed(scene.cast.officer)
    due = due_records(officer, much_later().date())
    assert {each.row for each in due} == set(Decision.objects.recorded())
    assert due_records(officer, timezone.localdate()) == []
    assert due_records(scene.cast.stranger.officer, much_later().date()) == []


def test_what_somebody_has_asked_for_stays(scene: Scene) -> None:
    officer = scene.cast.officer
    confirmed(officer)
    due = due_records(officer, much_later().date())
    assert scene.recorded.reference in kept_back(due, officer)
    assert kept_back(due, officer)[scene.declined.reference].startswith("It is on hold")
    answered(scene)
    assert kept_back(due_records(officer, much_later().date()), officer) == {}


def test_what_follows_another_goes_after_it(scene: Scene) -> None:
    answered(scene)
    confirmed(scene.cast.officer)
    later = twin_of(scene.recorded)
    state = {"state": "recorded", "recorded_at": scene.recorded.recorded_at, "supersedes": scene.recorded}
    plain(Decision).filter(pk=later.pk).update(**state)
    with pytest.raises(ValidationError, match=f"It follows {scene.recorded.reference}"):
        proposed(scene, later)
    proposed(scene, later, scene.recorded)
    assert Decision.objects.filter(state="disposed").count() == 2
    assert verify().sound


def test_more_than_one_family_needs_a_second_officer(scene: Scene) -> None:
    disposal = disposal_of(scene, needs_second=True)
    plain(DisposalRecord).bulk_create([
        DisposalRecord(
            organisation=scene.cast.organisation, disposal=disposal, kind="decision", record=scene.recorded.public_id,
            reference=scene.recorded.reference, rule="35 years",
        )
    ])  # fmt: skip
    now = much_later()
    with pytest.raises(ValidationError, match="Another data protection officer"):
        actions.answer_disposal(disposal=disposal, agreed=True, reason="Yes", by=scene.cast.officer, at=now)
    by = scene.cast.officer
    with (
        pytest.raises(IntegrityError, match="a second officer has not agreed"),
        transaction.atomic(),
        ledger.recording(actor=by, at=now),
    ):
        dispose(Record("decision", scene.recorded), Authority("35 years", now, disposal, by))
    answered(scene)
    confirmed(by)
    actions.answer_disposal(disposal=disposal, agreed=True, reason="Seen", by=second_officer(by), at=now)
    assert Decision.objects.get(pk=scene.recorded.pk).is_disposed
    assert verify().sound


@pytest.mark.parametrize("who", ["practitioner", "supervisor", "administrator"])
def test_only_a_data_protection_officer_disposes(scene: Scene, who: str) -> None:
    by = getattr(scene.cast, who)
    with pytest.raises(PermissionDenied):
        confirmed(by)
    with pytest.raises(PermissionDenied):
        actions.hold(record=scene.recorded, reason="Mine", submission_id=uuid4(), by=by, at=timezone.now())
    with pytest.raises(PermissionDenied):
        actions.propose_disposal(keys=["x"], reason="Mine", submission_id=uuid4(), by=by, at=timezone.now())


def test_a_restored_backup_is_disposed_of_again(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    """The savepoint is the backup: after it, the database is that of the time before, and the file is not."""
    answered(scene)
    actions.hold(
        record=scene.recorded, reason="Over since", submission_id=uuid4(), by=scene.cast.officer, at=timezone.now()
    )
    backup = transaction.savepoint()
    [held] = scene.recorded.holds.all()
    actions.lift_hold(hold=held, reason="It is over", by=scene.cast.officer, at=timezone.now())
    gone(scene, "decision", scene.recorded)
    assert checks.check_tombstones(None, ["default"]) == []
    transaction.savepoint_rollback(backup)
    assert Decision.objects.get(pk=scene.recorded.pk).is_recorded
    [error] = checks.check_tombstones(None, ["default"])
    assert error.id == "retention.E001"
    call_command("apply_tombstones")
    assert capsys.readouterr().out == "disposed again of 1 records\n"
    assert Decision.objects.get(pk=scene.recorded.pk).is_disposed
    assert Tombstone.objects.get(kind="decision").again
    assert there_again() == []
    assert len(list(tombstone_file.read())) == 1
    assert verify().sound


def test_a_family_with_a_draft_in_the_backup_is_named(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    record, reference = str(scene.family.public_id), scene.family.reference
    at = "2050-01-01T00:00:00.000000Z"
    tombstone_file.append([tombstone_file.Line("family", record, reference, "25 years", at, 1, 1, "0" * 64)])
    with pytest.raises(SystemExit) as ended:
        call_command("apply_tombstones")
    assert ended.value.code == 1
    assert f"still there: {reference}" in capsys.readouterr().err
    assert Family.objects.filter(pk=scene.family.pk).exists()


def test_a_spoilt_file_is_named(scene: Scene) -> None:
    tombstone_file.path().write_text('{"kind": "decision"}\n')
    [error] = checks.check_tombstones(None, ["default"])
    assert error.id == "retention.E002"
    assert "line 1" in error.msg


def test_when_the_file_cannot_be_written_nothing_is_disposed_of(scene: Scene, settings: Any, tmp_path: Any) -> None:
    settings.TOMBSTONES_FILE = tmp_path / "nowhere" / "tombstones.jsonl"
    with pytest.raises(OSError, match="nowhere"), transaction.atomic():
        gone(scene, "decision", scene.recorded)
    assert DecisionPerson.objects.filter(decision=scene.recorded).exists()
    assert set(MODELS) == set(Tombstone.Kind.values)
    assert UrgentRecord.objects.exists()
