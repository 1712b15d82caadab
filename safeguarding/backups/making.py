"""Make a backup: a checkpoint kept outside first, then the copy, then an entry with its SHA-256."""

import datetime as dt
import tempfile
from pathlib import Path

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from audit import ledger
from audit.checkpointing import make_checkpoint
from audit.models import LedgerEntry
from audit.reading import chains
from safeguarding.backups import archive, engines

BACKED_UP = "site.backed_up"


def back_up(output: Path, *, at: dt.datetime) -> archive.Manifest:
    """Raises engines.ToolFailed, audit.checkpointing.Rewritten and OSError; then there is no file."""
    for chain in chains():
        make_checkpoint(chain.organisation, by=None, at=at)
    ends = chain_ends()
    with tempfile.TemporaryDirectory(prefix="safeguarding-backup-", dir=output.parent) as folder:
        dump = Path(folder) / archive.DATABASE
        engines.dump(dump)
        sha256, size = archive.digest(dump)
        made = archive.Manifest(
            engine=connection.vendor,
            made_at=at.isoformat(),
            sha256=sha256,
            size=size,
            migrations=sorted(".".join(name) for name in MigrationRecorder(connection).applied_migrations()),
            chains=ends,
        )
        archive.write(output, dump, made)
    with ledger.recording(actor=None, at=at):
        ledger.append(BACKED_UP, organisation=ledger.SITE, details={"sha256": sha256, "size": size})
    return made


def chain_ends() -> list[archive.End]:
    """Read before the copy is made, so the copy reaches at least as far."""
    return [archive.End(chain.organisation, chain.last, _hash(chain.organisation, chain.last)) for chain in chains()]


def _hash(organisation: int, seq: int) -> str:
    found: str = LedgerEntry.objects.values_list("entry_hash", flat=True).get(organisation=organisation, seq=seq)
    return found
