import sys
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from audit import drilling
from audit.checkpointing import Rewritten
from audit.drill import Tried
from audit.management.one_line import OneLineCommand, bad_input
from audit.reading import chains
from audit.signing import BadKey

MOST = 5_000


class Command(OneLineCommand):
    help = "Tampers with a copy of the ledger and of records, to see it found. Exit 0: all is. 1: not all. 2: bad use."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisation", type=int, metavar="ID", help="one chain only; 0 is the site's own")
        parser.add_argument("--entries", type=int, default=MOST, metavar="N", help="copy about so many (5000)")

    def handle(self, *_: Any, organisation: int | None, entries: int, **__: Any) -> None:
        self.need_ledger()
        found = chains(organisation)
        if organisation is not None and not found:
            raise bad_input(f"Organisation {organisation} has no entries. Leave --organisation out for all.")
        passed = [self._drill(chain.organisation, entries) for chain in found]
        if not all(passed):
            sys.exit(1)

    def _drill(self, organisation: int, entries: int) -> bool:
        try:
            done = drilling.tamper_drill(organisation, by=None, at=timezone.now(), entries=entries)
        except BadKey as error:
            raise bad_input(str(error)) from None
        except Rewritten as error:
            self.stdout.write(str(error))
            return False
        if done is None:
            self.stdout.write(f"organisation {organisation}: too few entries for a drill yet")
            return True
        self.stdout.write(f"organisation {organisation}, {done.entries} entries: {done.found}/{len(done.tried)} found")
        if done.false_alarm:
            self.stdout.write(f"  the untouched copy: {done.false_alarm}")
        for attempt in done.tried:
            self.stdout.write(f"  {attempt.kind.words}: {_how(attempt)}")
        return done.passed


def _how(attempt: Tried) -> str:
    if attempt.tables and attempt.is_found:
        return f"found by {attempt.kind.layer.value}, in each of {attempt.tables.tried} tables"
    if attempt.by and attempt.is_found:
        return f"found by {attempt.by.value}, at entry {attempt.seq}"
    return "NOT FOUND as it should be"
