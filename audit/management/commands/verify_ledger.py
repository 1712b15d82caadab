import sys
from typing import Any

from django.core.management.base import CommandParser

from audit.management.one_line import OneLineCommand, bad_input
from audit.verification import verify


class Command(OneLineCommand):
    help = "Builds every hash of the ledger again. Exit 0: as it was written. 1: broken, and where. 2: bad input."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisation", type=int, metavar="ID", help="one chain only; 0 is the site's own")

    def handle(self, *_: Any, organisation: int | None, **__: Any) -> None:
        self.need_ledger()
        report = verify(organisation)
        if organisation is not None and not report.chains:
            raise bad_input(f"Organisation {organisation} has no entries. Leave --organisation out to verify all.")
        for name in report.missing_triggers:
            self.stdout.write(f"trigger missing: {name}. Run `manage.py migrate` to make it again.")
        if report.broken:
            self.stdout.write(str(report.broken))
        if not report.sound:
            sys.exit(1)
        self.stdout.write(f"verified {report.figures}")
