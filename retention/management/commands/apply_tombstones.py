from typing import Any

from django.utils import timezone

from audit.management.one_line import OneLineCommand, bad_input
from retention.restored import dispose_again
from retention.tombstone_file import Unreadable


class Command(OneLineCommand):
    help = "After a backup is restored: disposes again of what the file of tombstones names. Exit 0: done. 2: bad file."

    def handle(self, *_: Any, **__: Any) -> None:
        self.need_ledger()
        try:
            count = dispose_again(at=timezone.now())
        except Unreadable as error:
            raise bad_input(str(error)) from None
        self.stdout.write(f"disposed again of {count} records")
