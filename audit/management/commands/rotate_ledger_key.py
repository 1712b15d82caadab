import sys
from typing import Any

from django.utils import timezone

from audit import signing
from audit.checkpointing import Rewritten, make_checkpoint
from audit.management.one_line import OneLineCommand, bad_input
from audit.reading import chains


class Command(OneLineCommand):
    help = (
        "Makes a new ledger key, signs a checkpoint of each chain with the old and the new one, and keeps of the old "
        "one only what verifies. Exit 0: done. 1: rewritten. 2: bad input. After a break-off, run it again."
    )

    def handle(self, *_: Any, **__: Any) -> None:
        self.need_ledger()
        try:
            signing.add_new_key()
            found = chains()
            for chain in found:
                make_checkpoint(chain.organisation, by=None, at=timezone.now(), even_if_nothing_new=True)
            signing.retire_old_keys()
        except Rewritten as error:
            self.stdout.write(str(error))
            sys.exit(1)
        except signing.BadKey as error:
            raise bad_input(str(error)) from None
        self.stdout.write(f"changed the ledger key; {len(found)} checkpoints are signed with the old and the new one")
