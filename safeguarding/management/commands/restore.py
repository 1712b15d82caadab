import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from audit.exported_checkpoints import BadFile
from audit.management.one_line import OneLineCommand, bad_input
from retention.tombstone_file import Unreadable
from safeguarding.backups.archive import BadBackup
from safeguarding.backups.engines import ToolFailed
from safeguarding.backups.restoring import Refused, Restored, restore


class Command(OneLineCommand):
    help = "Restores a backup into an empty database and verifies it. Exit 0: whole. 1: not, and why. 2: not restored."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_: Any, file: Path, **__: Any) -> None:
        try:
            done = restore(file, at=timezone.now())
        except (BadBackup, Refused, ToolFailed, BadFile, Unreadable) as error:
            raise bad_input(str(error)) from None
        found = f"verified {done.report.figures}; compared {done.records.figures}"
        self.stdout.write(f"restored the backup of {done.manifest.made_at}; {found}")
        for fault in faults(done):
            self.stdout.write(fault)
        if not done.is_whole:
            sys.exit(1)


def faults(done: Restored) -> list[str]:
    """One line each."""
    found = [f"disposed again of {done.disposed} records"] if done.disposed else []
    if done.lost:
        found.append(f"checkpoints kept outside have {done.lost} more entries: what was done after the backup is lost")
    if done.left:
        found.append(f"not disposed of again: {', '.join(done.left)}")
    if done.report.broken:
        found.append(str(done.report.broken))
    if done.records.first:
        found.append(str(done.records.first))
    found += [f"trigger missing: {name}" for name in done.report.missing_triggers]
    if done.cut is not None:
        found.append(f"chain {done.cut} ends before its backup did, or is another")
    return found
