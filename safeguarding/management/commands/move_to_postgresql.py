from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandParser

from audit.management.one_line import OneLineCommand, bad_input
from safeguarding.moving import NotMoved, move


class Command(OneLineCommand):
    help = "Moves a SQLite site into an empty PostgreSQL database, all or nothing. Exit 0: moved. 2: not, and why."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from", dest="source", type=Path, required=True, metavar="FILE", help="the SQLite database"
        )

    def handle(self, *_: Any, source: Path, **__: Any) -> None:
        try:
            count, report = move(source)
        except NotMoved as error:
            raise bad_input(str(error)) from None
        call_command("rebuild_search", stdout=self.stdout)
        self.stdout.write(f"moved {count:,} rows; verified {report.figures}")
