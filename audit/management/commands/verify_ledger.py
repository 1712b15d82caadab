import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from audit import kept_outside
from audit.management.one_line import OneLineCommand, bad_input
from audit.signing import BadKey
from audit.tlog.checkpoints import Head
from audit.tlog.cosignatures import witness_key
from audit.tlog.notes import BadNote
from audit.verification import verify


class Command(OneLineCommand):
    help = "Builds every hash and checkpoint again. Exit 0: as it was written. 1: broken, and where. 2: bad input."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisation", type=int, metavar="ID", help="one chain only; 0 is the site's own")
        parser.add_argument("--against", type=Path, metavar="FILE", help="checkpoints that were kept outside")
        parser.add_argument(
            "--witness",
            action="append",
            default=[],
            metavar="VKEY",
            help="each in FILE must be signed by one of these too",
        )

    def handle(self, *_: Any, organisation: int | None, against: Path | None, **options: Any) -> None:
        self.need_ledger()
        if options["witness"] and not against:
            raise bad_input("--witness is about the checkpoints in a file. Give it with --against.")
        report = verify(organisation, outside=_read(against, options["witness"]) if against else None)
        if organisation is not None and not report.chains and not report.broken:
            raise bad_input(f"Organisation {organisation} has no entries. Leave --organisation out to verify all.")
        for name in report.missing_triggers:
            self.stdout.write(f"trigger missing: {name}. Run `manage.py migrate` to make it again.")
        if report.broken:
            self.stdout.write(str(report.broken))
        if not report.sound:
            sys.exit(1)
        self.stdout.write(f"verified {report.figures}")


def _read(path: Path, witnesses: list[str]) -> dict[int, list[Head]]:
    try:
        return kept_outside.read(path, witnesses=[witness_key(line) for line in witnesses])
    except BadNote as error:
        raise bad_input(f"--witness: {error}.") from None
    except (kept_outside.BadFile, BadKey) as error:
        raise bad_input(str(error)) from None
