"""What is chained where: both engines promise the same, and on PostgreSQL a trigger keeps it."""

import pytest
from django.db import DataError, connection, transaction
from django.test.utils import CaptureQueriesContext

from audit import ledger, triggers
from audit.chain import NotChained
from audit.models import LedgerEntry
from audit.verification import verify
from tests.audit.conftest import AT, TABLE, Write, chain, sql, tampering

pytestmark = pytest.mark.django_db


def test_a_block_has_one_time_of_entry_and_the_next_no_earlier_one() -> None:
    for _ in range(2):
        with ledger.recording(actor=None, at=AT):
            for organisation in (8, 7, 8, 7, 7):
                ledger.append("seen", organisation=organisation, details={"of": organisation})
    times = [entry.recorded_at for entry in chain(7)]
    assert (times[:3], times[3:]) == ([times[0]] * 3, [times[3]] * 3)
    assert times[0] <= times[3]
    assert [entry.seq for entry in chain(8)] == [1, 2, 3, 4]
    assert verify().sound


def test_more_entries_than_one_statement_takes_stay_in_order() -> None:
    with ledger.recording(actor=None, at=AT):
        for number in range(120):
            ledger.append("seen", organisation=7, details={"number": number})
    assert [(entry.seq, entry.additional_data["number"]) for entry in chain(7)] == [(n + 1, n) for n in range(120)]
    assert len({entry.recorded_at for entry in chain(7)}) == 1
    assert verify().sound


def test_an_entry_knows_its_place_once_it_is_linked() -> None:
    entry = LedgerEntry(event="seen", organisation=7, action=3)
    with ledger.recording(actor=None, at=AT):
        entry.save()
    [stored] = chain(7)
    for column in ("pk", "seq", "recorded_at", "prev_hash", "entry_hash", "content_hash", "nonces", "digests"):
        assert getattr(entry, column) == getattr(stored, column)


def test_linking_takes_one_message_on_postgresql_and_two_on_sqlite() -> None:
    with CaptureQueriesContext(connection) as queries, ledger.recording(actor=None, at=AT):
        ledger.append("seen", organisation=7)
    asked = [query["sql"] for query in queries if TABLE in query["sql"]]
    assert len(asked) == (1 if connection.vendor == "postgresql" else 2)


@pytest.mark.postgres
@pytest.mark.parametrize("column", ["event", "object_pk", "subject"])
def test_what_is_too_long_is_refused_and_never_cut(column: str) -> None:
    entry = LedgerEntry(**{"event": "seen", "organisation": 7, "action": 3, column: "x" * 256})
    with pytest.raises(DataError), ledger.recording(actor=None, at=AT):
        entry.save()
    assert chain(7) == []


@pytest.mark.postgres
def test_without_the_trigger_nothing_is_written(write: Write) -> None:
    write()
    sql(f"DROP TRIGGER {TABLE}_chained ON {TABLE}")
    assert triggers.missing(connection) == [f"{TABLE}_chained"]
    with pytest.raises(NotChained, match=r"manage\.py migrate"), transaction.atomic():
        write()
    triggers.make_all(connection)
    write()
    assert [entry.seq for entry in chain(7)] == [1, 2]


@pytest.mark.postgres
def test_it_stays_while_a_site_is_migrated(write: Write) -> None:
    write()
    with tampering():  # as before migrating
        write()
    assert len(chain(7)) == 2
    assert verify().sound


@pytest.mark.postgres
def test_a_row_that_has_its_number_is_left_as_it_is(write: Write) -> None:
    """A backup that is restored, row by row, is the log that was saved."""
    write(3)
    before = list(LedgerEntry.objects.order_by("seq").values())
    sql(f"CREATE TEMPORARY TABLE saved AS SELECT * FROM {TABLE}")
    with tampering():
        sql(f"DELETE FROM {TABLE}")
    sql(f"INSERT INTO {TABLE} SELECT * FROM saved")
    assert list(LedgerEntry.objects.order_by("seq").values()) == before
    assert verify().sound
