"""Whatever is done to the table behind our back is found, and the first entry it touches is named."""

import pytest

from audit import chain as chaining
from audit import leaves
from audit.models import LedgerEntry
from audit.verification import Broken, verify
from tests.audit.conftest import TABLE, Write, chain, put, sql, tamper, tampering
from tests.in_turn import in_turn
from tests.shared import undone

pytestmark = pytest.mark.django_db

TIME = "'2020-01-01 00:00:00+00:00'"
# For each column, what a forger might put there.
FORGED = {
    "organisation": ["99", "0"],
    "seq": ["77", "0", "-3"],
    "recorded_at": [TIME],
    "event": ["'x'", "''"],
    "action": ["1"],
    "timestamp": [TIME],
    "subject": ["'accounts.user'"],
    "content_type_id": ["999"],
    "object_pk": ["'999'", "''"],
    "object_id": ["999"],
    "object_repr": ["'x'"],
    "actor_id": ["999"],
    "actor_email": ["'x@y.test'", "''"],
    "cid": ["'x'", "NULL"],
    "remote_addr": ["'192.0.2.9'"],
    "remote_port": ["1"],
    "serialized_data": ["'{}'"],
    "changes_text": ["'x'"],
    "changes": [
        "'{}'",
        "'[]'",
        "'null'",
        """'{"reason": ["before", "other"]}'""",
        """'{"reason": null}'""",
        """'{"reason": [null, null]}'""",
        """'{"raeson": ["before", "=after"]}'""",
        """'{"reason": ["before", "=after"], "more": [1, 2]}'""",
    ],
    "additional_data": [
        "'{}'",
        "'7'",
        """'{"door": "request", "number": 2}'""",
        """'{"door": "request", "number": 1.0}'""",
        """'{"door": "request", "number": true}'""",
        """'{"door": "request", "number": "1"}'""",
        """'{"door": null, "number": 1}'""",
    ],
    "nonces": ["''", f"'{'0' * 128}'"],
    "digests": ["''", f"'{'0' * 256}'"],
    "prev_hash": [f"'{leaves.GENESIS}'", "''"],
    "content_hash": [f"'{leaves.GENESIS}'"],
    "entry_hash": [f"'{leaves.GENESIS}'"],
}


def test_the_untouched_ledger_verifies(write: Write) -> None:
    write(3)
    write(2, organisation=0)
    report = verify()
    assert report.sound
    assert (report.chains, report.entries, report.broken) == (2, 5, None)
    assert report.first == chain(7)[0].recorded_at
    assert report.last == chain(0)[-1].recorded_at
    assert report.figures.startswith("5 entries in 2 chains, 20")


def test_an_empty_ledger_verifies() -> None:
    report = verify()
    assert report.sound
    assert report.figures == "0 entries in 0 chains"


def test_one_chain_can_be_verified_alone(write: Write) -> None:
    write(2, organisation=7)
    write(2, organisation=8)
    tamper(f"UPDATE {TABLE} SET event = 'x' WHERE organisation = 8 AND seq = 2")
    assert verify(7).sound
    assert verify(8).broken == Broken(8, 2, "envelope is not what was written")


def test_every_column_is_tried() -> None:
    columns = {field.column for field in LedgerEntry._meta.concrete_fields}
    assert set(FORGED) == columns - {"id"}


def test_an_edit_of_any_column_is_found(write: Write) -> None:
    """In an entry between others, and in the last one of another chain."""
    write(4)
    write(2, organisation=9)
    missed = []
    with tampering():
        for column, value in in_turn(((column, value) for column, values in FORGED.items() for value in values), of=3):
            # An entry whose number became zero or less stands before the first.
            expected = 1 if column == "seq" and value != "77" else 2
            broken = edited(7, column, value)
            if broken is None or (broken.organisation, broken.seq) not in {(7, expected), (0, 1)}:
                missed.append(f"{column} = {value}: {broken}")
            if value == FORGED[column][0] and edited(9, column, value) is None:
                missed.append(f"{column} = {value} of the last entry")
    assert missed == []


def edited(organisation: int, column: str, value: str) -> Broken | None:
    """What is found of a chain whose second entry is edited."""
    with undone():
        sql(f"UPDATE {TABLE} SET {column} = {value} WHERE organisation = {organisation} AND seq = 2")
        return verify().broken


def test_an_entry_taken_out_is_found(write: Write) -> None:
    write(4)
    tamper(f"DELETE FROM {TABLE} WHERE seq = 2")
    assert verify().broken == Broken(7, 2, "the entry is missing; the next one found is 3")


def test_an_entry_taken_out_and_the_rest_renumbered_is_found(write: Write) -> None:
    write(4)
    with tampering():
        sql(f"DELETE FROM {TABLE} WHERE seq = 2")
        sql(f"UPDATE {TABLE} SET seq = 2 WHERE seq = 3")
        sql(f"UPDATE {TABLE} SET seq = 3 WHERE seq = 4")
    assert verify().broken == Broken(7, 2, "it does not follow the entry before it")


def test_two_entries_that_changed_places_are_found(write: Write) -> None:
    write(4)
    with tampering():
        sql(f"UPDATE {TABLE} SET seq = 99 WHERE seq = 2")
        sql(f"UPDATE {TABLE} SET seq = 2 WHERE seq = 3")
        sql(f"UPDATE {TABLE} SET seq = 3 WHERE seq = 99")
    assert verify().broken == Broken(7, 2, "it does not follow the entry before it")


def test_an_entry_put_in_between_is_found_even_when_it_is_well_made(write: Write) -> None:
    write(3)
    first, second, _ = chain(7)
    forged = LedgerEntry(
        organisation=7, seq=2, prev_hash=first.entry_hash, recorded_at=first.recorded_at, timestamp=first.timestamp
    )
    forged.event, forged.action = "decision.recorded", 3
    chaining.seal(forged)
    with tampering():
        for seq in (3, 2):
            sql(f"UPDATE {TABLE} SET seq = {seq + 1} WHERE seq = {seq}")
        put([forged])
    broken = verify().broken
    assert broken == Broken(7, 3, "it does not follow the entry before it")
    assert second.prev_hash == first.entry_hash


def test_one_entry_rewritten_and_rehashed_is_found_at_the_next(write: Write) -> None:
    write(3)
    second = chain(7)[1]
    second.event = "decision.withdrawn"
    chaining.seal(second)
    columns = ("event", "nonces", "digests", "content_hash", "entry_hash")
    settings = ", ".join(f"{column} = %s" for column in columns)
    tamper(f"UPDATE {TABLE} SET {settings} WHERE seq = 2", *(getattr(second, column) for column in columns))
    assert verify().broken == Broken(7, 3, "it does not follow the entry before it")


def test_a_blanked_value_is_found_although_its_digest_was_kept(write: Write) -> None:
    write(2)
    entry = chain(7)[1]
    nonces = leaves.split(entry.nonces, leaves.NONCE)
    nonces[1] = leaves.BLANKED
    tamper(f"UPDATE {TABLE} SET changes = %s, nonces = %s WHERE seq = 2", '{"reason": null}', "".join(nonces))
    broken = verify().broken
    assert broken == Broken(7, 2, "changes:reason is blanked without an entry that says so")
    # The format carries it: with that one leaf's digest the content hash still comes out.
    assert leaves.content_hash(leaves.split(entry.digests, leaves.DIGEST)) == entry.content_hash


def test_a_copy_added_at_the_end_is_found(write: Write) -> None:
    write(3)
    names = [field.column for field in LedgerEntry._meta.concrete_fields]
    values = ", ".join({"id": "9999", "seq": "4"}.get(name, name) for name in names)
    tamper(f"INSERT INTO {TABLE} ({', '.join(names)}) SELECT {values} FROM {TABLE} WHERE seq = 3")
    assert verify().broken == Broken(7, 4, "it does not follow the entry before it")


def test_a_chain_longer_than_a_page_is_walked_to_its_end(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audit.reading.PAGE", 2)
    write(5)
    assert verify().entries == 5
    tamper(f"UPDATE {TABLE} SET event = 'x' WHERE seq = 5")
    assert verify().broken == Broken(7, 5, "envelope is not what was written")


@pytest.mark.sqlite
def test_a_column_that_cannot_even_be_read_is_found(write: Write) -> None:
    write(3)
    tamper(f"UPDATE {TABLE} SET timestamp = '2026-99-99 00:00:00' WHERE seq = 2")
    assert verify().broken == Broken(7, 2, "a column holds something that cannot be read")


def test_missing_triggers_are_told_as_well_as_the_break(write: Write) -> None:
    write(2)
    with tampering():
        report = verify()
        assert not report.sound
        assert report.broken is None
        sql(f"UPDATE {TABLE} SET event = 'x' WHERE seq = 1")
        report = verify()
    assert report.missing_triggers
    assert report.broken == Broken(7, 1, "envelope is not what was written")
