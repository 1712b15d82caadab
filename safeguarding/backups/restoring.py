"""Restore a backup into an empty database, and see that it is what was backed up."""

import datetime as dt
import io
import os
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from accounts.models import Organisation
from audit import exported_checkpoints, ledger, witness_files
from audit.models import LedgerEntry
from audit.record_verification import Comparison, compare
from audit.tlog.checkpoints import Head
from audit.verification import Report, verify
from retention.restored import dispose_again
from safeguarding.backups import archive, engines

RESTORED = "site.restored"


class Refused(ValueError):
    """Nothing was restored; the message is one line that says what to do."""


@dataclass(frozen=True)
class Restored:
    """What is there now. `cut` names the first chain that ends before its backup did; 0 is the site's own.

    `lost` is how many entries the checkpoints kept outside have beyond the backup: what was done after it was made.
    """

    manifest: archive.Manifest
    report: Report
    records: Comparison
    cut: int | None
    lost: int
    disposed: int
    left: list[str]

    @property
    def is_whole(self) -> bool:
        return self.report.sound and self.records.first is None and self.cut is None and not self.left


def restore(path: Path, *, at: dt.datetime) -> Restored:
    """Raises BadBackup, Refused, ToolFailed, BadFile of exported checkpoints and Unreadable of retention."""
    with archive.opened(path) as (manifest, copy):
        if manifest.engine != connection.vendor:
            raise Refused(f"The backup is of {manifest.engine}, and DATABASE_URL is of {connection.vendor}.")
        if not is_empty():
            raise Refused("The database has an organisation already. Restore into a new, empty one.")
        engines.load(copy)
    call_command("migrate", verbosity=0, stdout=io.StringIO())
    outside, lost = _outside(manifest)
    cut = next((end.organisation for end in manifest.chains if not _reaches(end)), None)
    with ledger.recording(actor=None, at=at):
        ledger.append(
            RESTORED, organisation=ledger.SITE, details={"made_at": manifest.made_at, "sha256": manifest.sha256}
        )
    disposed, left = dispose_again(at=at)
    processes = os.cpu_count() or 1
    report, records = verify(outside=outside, processes=processes), compare(processes=processes)
    return Restored(manifest, report, records, cut, lost, disposed, list(left))


def is_empty() -> bool:
    table = Organisation._meta.db_table
    return table not in connection.introspection.table_names() or not Organisation.objects.exists()


def _reaches(end: archive.End) -> bool:
    ours = LedgerEntry.objects.filter(organisation=end.organisation, seq=end.seq, entry_hash=end.hash)
    return bool(ours.exists())


def _outside(manifest: archive.Manifest) -> tuple[dict[int, list[Head]], int]:
    """The checkpoints in LEDGER_WITNESS that the backup can answer for, and how many entries are beyond it."""
    found: dict[int, list[Head]] = {}
    lost = 0
    for end in manifest.chains:
        path = witness_files.path_of(end.organisation)
        heads = exported_checkpoints.read(path).get(end.organisation, []) if path and path.exists() else []
        found[end.organisation] = [head for head in heads if head.size <= end.seq]
        lost += (
            max((head.size - end.seq for head in heads), default=0) if len(heads) > len(found[end.organisation]) else 0
        )
    return found, lost
