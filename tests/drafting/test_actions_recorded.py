"""What recording leaves: every word in the ledger, once, and nothing half typed."""

import json
from datetime import timedelta

from auditlog.diff import model_instance_diff

from audit.closed_rows import entered_values
from audit.models import LedgerEntry, zoned
from audit.verification import verify
from decisions.models import ConsentEvent, DraftPage, InformingEvent
from drafting import actions
from tests.decisions.cases import Case
from tests.drafting.test_actions_record import TYPED, entries, rows

SOME = ("facts", "role", "team", "organisation_id", "sent_at", "provisions", "id")


def test_recording_enters_every_word(closed: Case) -> None:
    said = [*entries(closed, "decision.recorded"), *entries(closed, "decision.part_recorded")]
    text = json.dumps([[row.changes, row.additional_data] for row in said], ensure_ascii=False)
    assert [typed for typed in TYPED if typed not in text] == []
    assert verify().sound


def test_values_are_entered_as_auditlog_compares_them(closed: Case) -> None:
    for row in rows(closed.again()):
        compared = model_instance_diff(None, row, use_json_for_changes=True)
        some = model_instance_diff(None, row, fields_to_check=SOME, use_json_for_changes=True)
        assert entered_values(row) == zoned(row, compared)
        assert entered_values(row, SOME) == zoned(row, some or {})


def test_recording_enters_each_part_once(closed: Case) -> None:
    (done,) = entries(closed, "decision.recorded")
    assert done.changes["why_now"][1].startswith("So that children's services")
    assert done.additional_data == {"outcome": "SHARED_ALL_NECESSARY", "dropped": ""}
    parts = entries(closed, "decision.part_recorded")
    assert len({(row.subject, row.object_pk) for row in parts}) == len(parts)
    decision = closed.again()
    assert len(parts) == sum(
        len(rows)
        for rows in (
            decision.decision_families.all(), decision.people.all(), decision.recipients.all(), decision.items.all(),
            decision.provisions.all(), decision.sendings.all(), decision.advice.all(), decision.guidance_seen.all(),
            *(person.covers.all() for person in decision.people.all()),
            *(item.about.all() for item in decision.items.all()), *(item.grid.all() for item in decision.items.all()),
            *(item.not_disclosed_to.all() for item in decision.items.all()),
        )
    )  # fmt: skip


def test_recording_twice_records_once(closed: Case) -> None:
    first = closed.again()
    count = LedgerEntry.objects.count()
    again = actions.record(decision=first, by=closed.cast.practitioner, at=closed.at + timedelta(minutes=1))
    assert again.recorded_at == first.recorded_at == closed.at
    assert LedgerEntry.objects.count() == count
    assert ConsentEvent.objects.filter(decision=first).count() == 3
    assert InformingEvent.objects.filter(decision=first).count() == 3
    assert len(entries(closed, "decision.recorded")) == 1


def test_the_typed_pages_are_emptied(closed: Case) -> None:
    assert not DraftPage.objects.filter(decision=closed.decision).exists()
