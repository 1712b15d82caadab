import sys
from typing import Any

from django.utils import timezone

from audit.checkpointing import Rewritten
from audit.management.one_line import OneLineCommand, bad_input
from audit.signing import BadKey
from safeguarding.backups.engines import ToolFailed
from safeguarding.backups.trying import try_backup


class Command(OneLineCommand):
    help = (
        "Makes a backup, restores it into a database of its own and verifies it. Exit 0: whole. 1: not. 2: not tried."
    )

    def handle(self, *_: Any, **__: Any) -> None:
        self.need_ledger()
        try:
            tried = try_backup(at=timezone.now())
        except (ToolFailed, Rewritten, BadKey) as error:
            raise bad_input(str(error)) from None
        except OSError as error:
            raise bad_input(f"The drill needs room on the disk: {error.strerror or error}.") from None
        self.stdout.write(tried.output)
        self.stdout.write(
            f"{tried.made.size:,} bytes: {tried.making:.1f} s to back up, {tried.restoring:.1f} s to restore"
        )
        if not tried.passed:
            sys.exit(1)
