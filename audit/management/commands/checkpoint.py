import sys
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from audit.checkpointing import Rewritten, make_checkpoint
from audit.due_checkpoints import is_due
from audit.management.one_line import OneLineCommand, bad_input
from audit.models import Checkpoint
from audit.reading import chains
from audit.signing import BadKey
from audit.witness_files import AnotherHistory, NotKept, keep


class Command(OneLineCommand):
    help = (
        "Signs what the ledger holds now, keeps it in LEDGER_WITNESS, and prints the checkpoints. "
        "Exit 0: done. 1: rewritten. 2: bad input."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisation", type=int, metavar="ID", help="one chain only; 0 is the site's own")
        parser.add_argument(
            "--due", action="store_true", help="for a timer: sign only where enough came or long ago, and print figures"
        )

    def handle(self, *_: Any, organisation: int | None, due: bool, **__: Any) -> None:
        self.need_ledger()
        found = [chain.organisation for chain in chains(organisation)]
        if organisation is not None and not found:
            raise bad_input(f"Organisation {organisation} has no entries. Leave --organisation out for all.")
        is_rewritten, signed, added = False, 0, 0
        for chain in found:
            try:
                made = self.sign(chain, due=due)
                added += keep(chain)
            except (Rewritten, AnotherHistory) as error:  # the other chains are signed all the same
                self.stdout.write(str(error))
                is_rewritten = True
            except (BadKey, NotKept) as error:
                raise bad_input(str(error)) from None
            else:
                signed += made is not None
        if due:
            self.stdout.write(f"{signed} signed, {added} kept outside")
        if is_rewritten:
            sys.exit(1)

    def sign(self, chain: int, *, due: bool) -> Checkpoint | None:
        now = timezone.now()
        if due and not is_due(chain, at=now):
            return None
        made = make_checkpoint(chain, by=None, at=now)
        if made and not due:
            self.stdout.write(made.note)
        return made
