from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from audit.checkpointing import Rewritten
from audit.management.one_line import OneLineCommand, bad_input
from audit.signing import BadKey
from safeguarding.backups import making
from safeguarding.backups.engines import ToolFailed


class Command(OneLineCommand):
    help = (
        "Copies the database, while it serves, into one file for its owner alone. Exit 0: made. 2: not made, and why."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--output", type=Path, required=True, metavar="FILE", help="a file that is not there yet")

    def handle(self, *_: Any, output: Path, **__: Any) -> None:
        self.need_ledger()
        if output.exists():
            raise bad_input(f"There is already a file {output}. Name a new one.")
        if not output.parent.is_dir():
            raise bad_input(f"The folder {output.parent} is not there. Make it first.")
        try:
            made = making.back_up(output, at=timezone.now())
        except (ToolFailed, Rewritten, BadKey) as error:
            raise bad_input(str(error)) from None
        except OSError as error:
            raise bad_input(f"{output} cannot be written: {error.strerror or error}.") from None
        entries = sum(end.seq for end in made.chains)
        self.stdout.write(f"backed up {made.size:,} bytes with {entries:,} entries, SHA-256 {made.sha256}")
