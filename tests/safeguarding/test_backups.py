"""A database that is backed up and restored is the same, and says so itself."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.utils import timezone

from audit import ledger, witness_files
from audit.checkpointing import make_checkpoint
from audit.models import LedgerEntry
from safeguarding.backups import archive, making, restoring
from tests.cast import enter_people
from tests.decisions.cases import recorded_case

pytestmark = pytest.mark.sqlite
ROOT = Path(__file__).resolve().parents[2]
TABLES = ("decisions_decision", "decisions_sending", "families_person", "accounts_user", "audit_checkpoint")


def happen(organisation: int, times: int) -> None:
    with ledger.recording(actor=None, at=timezone.now()):
        for _ in range(times):
            ledger.append("test.happened", organisation=organisation)


def rows(path: Path, name: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as database:
        return database.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_what_is_restored_is_what_was_there_and_verifies(tmp_path: Path, settings: LazySettings) -> None:
    enter_people(recorded_case().cast)
    path, new = tmp_path / "site.backup", tmp_path / "new.sqlite3"
    made = making.back_up(path, at=timezone.now())
    entry = LedgerEntry.objects.get(event=making.BACKED_UP)
    assert entry.additional_data == {"sha256": made.sha256, "size": made.size}
    done = subprocess.run(
        [sys.executable, "manage.py", "restore", str(path)],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DATA_FOLDER": str(tmp_path),
            "DATABASE_URL": f"sqlite:///{new}",
            "LEDGER_KEY": str(settings.LEDGER_KEY),
        },
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"restored the backup of {made.made_at}; verified ")
    with archive.opened(path) as (_, copy):
        for name in TABLES:
            assert rows(copy, name)
            assert rows(new, name) == rows(copy, name)
        before, after = rows(copy, "audit_ledgerentry"), rows(new, "audit_ledgerentry")
    assert after[: len(before)] == before
    [last] = after[len(before) :]
    assert "site.restored" in last


@pytest.mark.django_db
def test_what_was_entered_after_the_backup_is_counted_from_outside(tmp_path: Path, settings: LazySettings) -> None:
    """And no checkpoint beyond the backup is held against it."""
    organisation = ledger.SITE
    happen(organisation, 4)
    settings.LEDGER_WITNESS = tmp_path
    now = timezone.now()
    make_checkpoint(organisation, by=None, at=now)
    witness_files.keep(organisation)
    ends = [end for end in making.chain_ends() if end.organisation == organisation]
    manifest = archive.Manifest("sqlite", now.isoformat(), "", 0, [], ends)
    outside, lost = restoring._outside(manifest)
    assert ([head.size for head in outside[organisation]], lost) == ([4], 0)
    happen(organisation, 3)
    make_checkpoint(organisation, by=None, at=now)
    witness_files.keep(organisation)
    outside, lost = restoring._outside(manifest)
    assert [head.size for head in outside[organisation]] == [4]
    assert lost == 3


@pytest.mark.django_db
def test_a_chain_that_ends_before_its_backup_or_is_another_is_seen() -> None:
    happen(ledger.SITE, 2)
    [end] = making.chain_ends()
    assert restoring._reaches(end)
    assert not restoring._reaches(archive.End(end.organisation, end.seq + 1, end.hash))
    assert not restoring._reaches(archive.End(end.organisation, end.seq, "0" * 64))
