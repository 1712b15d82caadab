"""PostgreSQL composes what is verified: sound pages are not read again, and nothing hides in how they are composed."""

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

from audit import composed, ledger, verification, verified_pages
from audit.checkpointing import make_checkpoint
from audit.models import LedgerEntry
from audit.reading import chains
from audit.verification import Broken, verify
from tests.audit.conftest import AT, TABLE, Write, sql, tamper
from tests.shared import undone

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def test_sound_pages_are_not_read_by_rows(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composed, "PAGE", 3)
    monkeypatch.setattr(verification, "pages", lambda *_, **__: pytest.fail("a page was read by rows"))
    write(8)
    report = verify(7)
    assert (report.broken, report.entries) == (None, 8)
    assert (report.first, report.last) != (None, None)


def test_a_checkpoint_between_them_is_checked_by_its_row(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composed, "PAGE", 4)
    write(2)
    make_checkpoint(7, by=None, at=AT)
    write(4)
    assert (verify(7).broken, verify(7).checkpoints, verify(7).entries) == (None, 1, 7)
    tamper("UPDATE audit_checkpoint SET made_at = made_at + interval '1 second'")
    assert verify(7).broken == Broken(7, 3, "the checkpoint is not the one that this entry says was made")


def copied_lines() -> list[str]:
    return [line for page, _, _ in composed.pages(chains(7)[0], str) for line in page or []]


@pytest.mark.parametrize(("column", "seq"), [("digests", 2), ("nonces", 2), ("digests", 1)])
def test_an_entry_hidden_in_a_column_of_another_is_not_one(write: Write, column: str, seq: int) -> None:
    write(4)
    hidden = "\n" + copied_lines()[seq]
    if column == "nonces":
        hidden = f"\t{hidden}"
    tamper(f"DELETE FROM {TABLE} WHERE organisation = 7 AND seq = %s", seq + 1)
    tamper(f"UPDATE {TABLE} SET {column} = {column} || %s WHERE organisation = 7 AND seq = %s", hidden, seq)
    assert verify(7).broken in {
        Broken(7, seq, "a field was added or removed"),
        Broken(7, seq, "envelope is not what was written"),
    }


@pytest.mark.parametrize("moved", ["interval '4052 years'", "interval '-1 microsecond'", "interval '1 day'"])
def test_a_time_that_reads_alike_is_another(write: Write, moved: str) -> None:
    """Before Christ, the engine's text of a year is that of the year after."""
    write(3)
    sign = "-" if "4052" in moved else "+"
    tamper(f"UPDATE {TABLE} SET timestamp = timestamp {sign} {moved} WHERE organisation = 7 AND seq = 2")
    report = verify(7)
    assert report.broken is not None
    assert report.broken.seq == 2


ALIKE = [
    ('said "no"', 'said \\"no\\"'), ("a\tb", "a\\tb"), ("back\\slash", "back\\\\slash"), ("é", "\\u00e9"),
    ("\x7f", "\\u007f"), ('x","number":"7', "x"), ("-", None), ("", None), ("=", ""),
]  # fmt: skip


@pytest.mark.parametrize("column", ["actor_email", "object_pk", "object_repr"])
def test_a_text_that_reads_alike_is_another(column: str) -> None:
    for written, forged in ALIKE:
        with undone():
            entry = LedgerEntry(event="seen", organisation=7, action=3)
            with ledger.recording(actor=None, at=AT):
                entry.save()
                setattr(entry, column, written)
            assert verify(7).sound
            _change(
                f"{column} = %s WHERE organisation = 7", "- " if forged is None and column == "object_repr" else forged
            )
            assert verify(7).broken == Broken(7, 1, "envelope is not what was written"), (written, forged)


def _change(columns: str, *values: str | None) -> None:
    """As `tamper`, where all is taken back, and in a fraction of the time."""
    sql(f"ALTER TABLE {TABLE} DISABLE TRIGGER USER")
    sql(f"UPDATE {TABLE} SET {columns}", *values)
    sql(f"ALTER TABLE {TABLE} ENABLE TRIGGER USER")


def test_a_part_of_an_address_is_another_one() -> None:
    with ledger.within(ledger.Request(address="192.0.2.7")), ledger.recording(actor=None, at=AT):
        ledger.append("seen", organisation=7)
    assert verify(7).sound
    tamper(f"UPDATE {TABLE} SET remote_addr = '192.0.2.7/24' WHERE organisation = 7")
    assert verify(7).broken == Broken(7, 1, "envelope is not what was written")


class _Gone(ThreadPoolExecutor):
    """Takes one page, as a pool does whose processes are killed then."""

    def submit(self, *asked: Any, **named: Any) -> Future[Any]:
        begun = super().submit(*asked, **named)
        self.shutdown()
        return begun


@pytest.mark.parametrize("pool", [ThreadPoolExecutor, _Gone])
def test_pages_verified_in_processes_say_the_same(
    write: Write, monkeypatch: pytest.MonkeyPatch, pool: type[ThreadPoolExecutor]
) -> None:
    monkeypatch.setattr(composed, "PAGE", 4)
    monkeypatch.setattr(verified_pages, "MANY", 8)
    monkeypatch.setattr(verified_pages, "ProcessPoolExecutor", lambda count, **_: pool(count))
    write(7)
    make_checkpoint(7, by=None, at=AT)
    write(8)
    sound = verify(7, processes=2)
    assert (sound.broken, sound.entries, sound.checkpoints) == (None, 16, 1)
    assert sound == verify(7)
    for change in (
        "event = 'x' WHERE seq = 6", "seq = 99 WHERE seq = 8", "prev_hash = entry_hash WHERE seq = 9",
        "entry_hash = content_hash WHERE seq = 4", "timestamp = timestamp + interval '1 s' WHERE seq = 16",
    ):  # fmt: skip
        with undone():
            _change(change.replace("WHERE", "WHERE organisation = 7 AND"))
            broken = verify(7, processes=2)
            assert broken.broken is not None
            assert broken == verify(7)


def test_processes_of_their_own_verify_a_long_chain(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composed, "PAGE", 4)
    monkeypatch.setattr(verified_pages, "MANY", 8)
    monkeypatch.setattr(verification, "pages", lambda *_, **__: pytest.fail("a page was read by rows"))
    write(9)
    assert verify(7, processes=2).sound
