"""Checkpoints leave the database when they are due, into a file that is only ever added to."""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.utils import timezone

from audit import exported_checkpoints, ledger
from audit.checkpointing import MAILED
from audit.due_checkpoints import is_due
from audit.evidence import ordering
from audit.evidence.ordering import EvidenceOrder
from audit.evidence.scope import everything
from audit.exporting import Order, start
from audit.models import Checkpoint
from audit.proving import prove_entry
from audit.reading import chains
from audit.verification import verify
from audit.witness_files import AnotherHistory, NotKept, keep
from tests.audit.conftest import AT, Write, sql, tampering
from tests.audit.test_commands import run
from tests.audit.trees import ORGANISATION, checkpoint, rewrite
from tests.shared import undone

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

Capture = Callable[..., AbstractContextManager[list[Callable[[], None]]]]


@pytest.fixture
def folder(tmp_path: Path, settings: LazySettings) -> Path:
    settings.LEDGER_WITNESS = tmp_path
    # One that a test may change: the other tests' key stays what it is.
    settings.LEDGER_KEY = tmp_path.with_name(f"{tmp_path.name}-key")
    return tmp_path


def sizes(file: Path) -> list[int]:
    return [head.size for head in exported_checkpoints.read(file)[ORGANISATION]]


def test_each_chain_has_a_file_that_verification_reads(write: Write, folder: Path) -> None:
    write(3)
    write(2, organisation=0)
    assert run("checkpoint")[0] == 0
    write(1)
    assert run("checkpoint")[0] == 0
    assert sorted(file.name for file in folder.iterdir()) == ["7.txt", "site.txt"]
    assert sizes(folder / "7.txt") == [3, 5]
    assert (folder / "7.txt").stat().st_mode & 0o777 == 0o600
    assert run("verify_ledger", "--against", folder / "7.txt")[0] == 0
    both = (folder / "7.txt").read_bytes() + (folder / "site.txt").read_bytes()
    (folder / "both").write_bytes(both)
    assert set(exported_checkpoints.read(folder / "both")) == {0, 7}


def test_without_a_folder_nothing_is_written(write: Write) -> None:
    write(1)
    checkpoint()
    assert keep(ORGANISATION) == 0


def test_what_one_run_could_not_write_the_next_one_does(write: Write, folder: Path, settings: LazySettings) -> None:
    write(2)
    settings.LEDGER_WITNESS = folder / "unplugged"
    code, said = run("checkpoint", "--due")
    assert (code, "LEDGER_WITNESS" in said, "\n" in said) == (2, True, False)
    write(2)
    checkpoint()
    settings.LEDGER_WITNESS = folder
    assert run("checkpoint", "--due") == (0, "0 signed, 2 kept outside\n")
    assert run("checkpoint", "--due") == (0, "0 signed, 0 kept outside\n")
    assert sizes(folder / "7.txt") == [2, 5]


@pytest.mark.parametrize("left", [1, 30, 70, -40, -1])
def test_half_a_note_that_a_crash_left_is_written_again(write: Write, folder: Path, left: int) -> None:
    write(2)
    checkpoint()
    keep(ORGANISATION)
    first = (folder / "7.txt").read_bytes()
    write(2)
    checkpoint()
    keep(ORGANISATION)
    both = (folder / "7.txt").read_bytes()
    (folder / "7.txt").write_bytes(first + both[len(first) :][:left])
    assert keep(ORGANISATION) == 1
    assert (folder / "7.txt").read_bytes() == both


def test_a_very_long_file_is_read_from_its_end(write: Write, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audit.witness_files.END", 500)
    for hour in range(4):
        write(2)
        checkpoint(hour=hour)
        assert keep(ORGANISATION) == 1
    assert sizes(folder / "7.txt") == [2, 5, 8, 11]
    (folder / "7.txt").write_bytes((folder / "7.txt").read_bytes() + b"x" * 600)
    with pytest.raises(NotKept, match="Move it away"):
        keep(ORGANISATION)


def test_an_old_backup_is_not_carried_on_in_silence(write: Write, folder: Path) -> None:
    """The end of the chain and its checkpoint are gone: nothing in the database shows that."""
    write(4)
    checkpoint()
    with tampering():
        size = Checkpoint.objects.get().size
        write(3)
        checkpoint(hour=1)
        keep(ORGANISATION)
        sql("DELETE FROM audit_ledgerentry WHERE organisation = 7 AND seq > 5")
        sql("DELETE FROM audit_checkpoint WHERE size > %s", size)
    assert verify().sound
    code, said = run("checkpoint", "--due")
    assert code == 1
    assert "an old backup was restored" in said
    assert sizes(folder / "7.txt") == [4, 8]


def test_a_history_signed_anew_is_not_added_to_the_old_one(write: Write, folder: Path) -> None:
    write(6)
    checkpoint()
    keep(ORGANISATION)
    with tampering():
        sql("DELETE FROM audit_checkpoint")
        sql("DELETE FROM audit_ledgerentry WHERE organisation = 7 AND seq > 6")
        rewrite(3, event="decision.withdrawn")
    checkpoint()
    with pytest.raises(AnotherHistory, match="not in this database"):
        keep(ORGANISATION)
    assert sizes(folder / "7.txt") == [6]


def test_one_rewritten_chain_leaves_the_others_signed(write: Write, folder: Path) -> None:
    write(3)
    write(2, organisation=8)
    checkpoint()
    with tampering():
        rewrite(2, event="decision.withdrawn")
    write(1)
    code, said = run("checkpoint")
    assert code == 1
    assert "No checkpoint was made of organisation 7" in said
    assert sorted(file.name for file in folder.iterdir()) == ["8.txt"]


def test_due_after_so_many_entries_or_so_long(write: Write, settings: LazySettings) -> None:
    settings.LEDGER_CHECKPOINT_ENTRIES, settings.LEDGER_CHECKPOINT_MINUTES = 5, 30
    assert not is_due(ORGANISATION, at=AT)
    write(1)
    assert is_due(ORGANISATION, at=AT)
    checkpoint()
    late = AT + dt.timedelta(minutes=30)
    assert not is_due(ORGANISATION, at=late)
    write(2)
    assert not is_due(ORGANISATION, at=late - dt.timedelta(seconds=1))
    assert is_due(ORGANISATION, at=late)
    write(2)
    assert is_due(ORGANISATION, at=AT)


def test_what_is_entered_about_a_checkpoint_makes_none_due(write: Write) -> None:
    write(1)
    made = checkpoint()
    with ledger.recording(actor=None, at=AT):
        ledger.append(MAILED, organisation=ORGANISATION)
    assert not is_due(ORGANISATION, at=timezone.now() + dt.timedelta(days=9))
    assert checkpoint() == made


def export() -> None:
    with closing(start(Order("csv", tuple(chains(ORGANISATION)), values=False))) as chunks:
        list(chunks)


def evidence() -> None:
    order = EvidenceOrder(everything([ORGANISATION]), timezone.now())
    with closing(ordering.start(order).sent) as chunks:
        list(chunks)


MAKERS: dict[str, Callable[[], object]] = {
    "checkpoint": lambda: run("checkpoint"),
    "timer": lambda: run("checkpoint", "--due"),
    "new key": lambda: run("rotate_ledger_key"),
    "drill": lambda: run("tamper_drill"),
    "proof": lambda: prove_entry(organisation=ORGANISATION, seq=5, by=None, at=timezone.now()),
    "export": export,
    "evidence": evidence,
}


@pytest.mark.in_turn(2)
@pytest.mark.parametrize("maker", MAKERS)
def test_a_checkpoint_is_kept_outside_whoever_made_it(
    write: Write, folder: Path, maker: str, django_capture_on_commit_callbacks: Capture
) -> None:
    """And with it the ones before that could not be kept. Nothing of a checkpoint that was rolled back is outside."""
    write(3)
    checkpoint()
    with undone():
        write(1)
        checkpoint(hour=1)
    with django_capture_on_commit_callbacks(execute=True):
        write(2)
        MAKERS[maker]()
    made = list(Checkpoint.objects.filter(organisation=ORGANISATION).order_by("size").values_list("size", flat=True))
    assert len(made) >= 2
    assert sizes(folder / "7.txt") == made


@pytest.mark.parametrize("to_the_end", [True, False])
def test_an_export_is_signed_when_it_ends(
    write: Write,
    folder: Path,
    to_the_end: bool,  # noqa: FBT001
    django_capture_on_commit_callbacks: Capture,
) -> None:
    write(3)
    with (
        django_capture_on_commit_callbacks(execute=True),
        closing(start(Order("jsonl", tuple(chains(ORGANISATION)), values=False))) as chunks,
    ):
        next(chunks)
        if to_the_end:
            list(chunks)
    # What was exported, that it began, and how it ended.
    assert sizes(folder / "7.txt") == [5]


def test_an_export_that_cannot_be_signed_is_an_export_all_the_same(
    write: Write,
    folder: Path,
    settings: LazySettings,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Capture,
) -> None:
    write(3)
    settings.LEDGER_WITNESS = folder / "unplugged"
    with (
        django_capture_on_commit_callbacks(execute=True),
        closing(start(Order("jsonl", tuple(chains(ORGANISATION)), values=False))) as chunks,
    ):
        assert len(b"".join(chunks).splitlines()) == 3
    assert "A checkpoint was not kept outside" in caplog.text
