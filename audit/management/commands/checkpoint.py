import sys
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from audit.checkpointing import Rewritten, make_checkpoint
from audit.management.one_line import OneLineCommand, bad_input
from audit.reading import chains
from audit.signing import BadKey


class Command(OneLineCommand):
    help = "Signs what the ledger holds now and prints the checkpoints. Exit 0: done. 1: rewritten. 2: bad input."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisation", type=int, metavar="ID", help="one chain only; 0 is the site's own")

    def handle(self, *_: Any, organisation: int | None, **__: Any) -> None:
        self.need_ledger()
        found = chains(organisation)
        if organisation is not None and not found:
            raise bad_input(f"Organisation {organisation} has no entries. Leave --organisation out for all.")
        for chain in found:
            try:
                made = make_checkpoint(chain.organisation, by=None, at=timezone.now())
            except Rewritten as error:
                self.stdout.write(str(error))
                sys.exit(1)
            except BadKey as error:
                raise bad_input(str(error)) from None
            if made:
                self.stdout.write(made.note)
