import sys
from typing import Any

from django.utils import timezone

from audit.management.one_line import OneLineCommand, bad_input
from retention.restored import dispose_again
from retention.tombstone_file import Unreadable


class Command(OneLineCommand):
    help = "Disposes again of what a restored backup has back. Exit 0: done. 1: not all of it. 2: bad file."

    def handle(self, *_: Any, **__: Any) -> None:
        self.need_ledger()
        try:
            count, left = dispose_again(at=timezone.now())
        except Unreadable as error:
            raise bad_input(str(error)) from None
        self.stdout.write(f"disposed again of {count} records")
        if left:
            self.stderr.write(f"still there: {', '.join(left)}. Delete the drafts about them, then run this again.")
            sys.exit(1)
