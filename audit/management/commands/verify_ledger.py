import os
import sys
from argparse import BooleanOptionalAction
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from audit import exported_checkpoints
from audit.management.one_line import OneLineCommand, bad_input
from audit.record_verification import Comparison, compare
from audit.signing import BadKey
from audit.tlog.checkpoints import Head
from audit.tlog.cosignatures import witness_key
from audit.tlog.notes import BadNote
from audit.verification import Report, verify
from audit.verifying import everywhere, verify_and_enter


class Command(OneLineCommand):
    help = (
        "Builds every hash and checkpoint again, and compares every record with its entries. "
        "Exit 0: all is as it was written. 1: it is not, and where. 2: bad input."
    )

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
        parser.add_argument(
            "--records", action=BooleanOptionalAction, default=True, help="compare the records with their entries"
        )
        parser.add_argument(
            "--enter", action="store_true", help="enter the result, for administrators to see; for a timer"
        )

    def handle(self, *_: Any, organisation: int | None, against: Path | None, **options: Any) -> None:
        self.need_ledger()
        if options["witness"] and not against:
            raise bad_input("--witness is about the checkpoints in a file. Give it with --against.")
        if options["enter"] and (against or not options["records"]):
            raise bad_input("--enter enters that everything was verified here. Leave the other options out.")
        if options["enter"]:
            organisations = everywhere() if organisation is None else [organisation]
            results = [self._enter(organisation) for organisation in organisations]
        else:
            results = [self._verify(organisation, against, **options)]
        if not all(results):
            sys.exit(1)

    def _verify(self, organisation: int | None, against: Path | None, **options: Any) -> bool:
        outside = _read(against, options["witness"]) if against else None
        processes = os.cpu_count() or 1
        report = verify(organisation, outside=outside, processes=processes)
        if organisation is not None and not report.chains and not report.broken:
            raise bad_input(f"Organisation {organisation} has no entries. Leave --organisation out to verify all.")
        return self._say(report, compare(organisation, processes=processes) if options["records"] else None)

    def _enter(self, organisation: int) -> bool:
        result = verify_and_enter(organisation, by=None, at=timezone.now(), processes=os.cpu_count() or 1)
        return self._say(result.chain, result.records)

    def _say(self, report: Report, records: Comparison | None) -> bool:
        for name in report.missing_triggers:
            self.stdout.write(f"trigger missing: {name}. Run `manage.py migrate` to make it again.")
        if report.broken:
            self.stdout.write(str(report.broken))
        elif report.sound:
            self.stdout.write(f"verified {report.figures}")
        if records:
            self.stdout.write(str(records.first) if records.first else f"compared {records.figures}")
        return report.sound and not (records and records.first)


def _read(path: Path, witnesses: list[str]) -> dict[int, list[Head]]:
    try:
        return exported_checkpoints.read(path, witnesses=[witness_key(line) for line in witnesses])
    except BadNote as error:
        raise bad_input(f"--witness: {error}.") from None
    except (exported_checkpoints.BadFile, BadKey) as error:
        raise bad_input(str(error)) from None
