import sys
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from audit.checkpointing import Rewritten, latest, make_checkpoint
from audit.due_checkpoints import is_due
from audit.management.one_line import OneLineCommand, bad_input
from audit.models import Checkpoint
from audit.proving import NotProved, consistency
from audit.reading import chains
from audit.signing import BadKey
from audit.timestamping import NoTimestamp, stamp
from audit.tlog.cosignatures import Asked
from audit.tlog.notes import parsed
from audit.witness_files import AnotherHistory, NotKept, keep, newest_kept


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

        parser.add_argument(
            "--old",
            type=int,
            metavar="SIZE",
            help="print the newest with the proof that it follows that of SIZE entries",
        )

    def handle(self, *_: Any, organisation: int | None, due: bool, old: int | None, **__: Any) -> None:
        self.need_ledger()
        if old is not None:
            self.stdout.write(self.with_proof(organisation, old), ending="")
            return
        found = [chain.organisation for chain in chains(organisation)]
        if organisation is not None and not found:
            raise bad_input(f"Organisation {organisation} has no entries. Leave --organisation out for all.")
        if self.sign_each(found, due=due):
            sys.exit(1)
        try:
            for chain in found:
                stamp(chain)
        except NoTimestamp as error:  # the rest would wait as long for nothing
            raise bad_input(str(error)) from None

    def sign_each(self, found: list[int], *, due: bool) -> bool:
        """Whether one was rewritten; the others are signed all the same."""
        is_rewritten, signed, added = False, 0, 0
        for chain in found:
            try:
                before = _kept_before(chain)
                made = self.sign(chain, due=due)
                keep(chain)
                added += _between(chain, before, newest_kept(chain))
            except (Rewritten, AnotherHistory) as error:
                self.stdout.write(str(error))
                is_rewritten = True
            except (BadKey, NotKept) as error:
                raise bad_input(str(error)) from None
            else:
                signed += made is not None
        if due:
            self.stdout.write(f"{signed} signed, {added} kept outside")
        return is_rewritten

    def sign(self, chain: int, *, due: bool) -> Checkpoint | None:
        now = timezone.now()
        if due and not is_due(chain, at=now):
            return None
        made = make_checkpoint(chain, by=None, at=now)
        if made and not due:
            self.stdout.write(made.note)
        return made

    def with_proof(self, organisation: int | None, old: int) -> str:
        """What a witness is sent."""
        if organisation is None:
            raise bad_input("Say of which chain with --organisation.")
        found = Checkpoint.objects.filter(organisation=organisation, size=old).first()
        newest = latest(organisation)
        if found is None or newest is None:
            raise bad_input(f"Organisation {organisation} has no checkpoint of {old} entries.")
        try:
            return str(Asked(parsed(newest.note), old, consistency(found, newest)))
        except NotProved as error:
            self.stdout.write(str(error))
            sys.exit(1)


def _kept_before(chain: int) -> int:
    """A file that cannot be read keeps nobody from signing; adding to it then says so."""
    try:
        return newest_kept(chain)
    except NotKept:
        return 0


def _between(chain: int, before: int, now: int) -> int:
    """How many checkpoints went outside: as they were signed, or made up for by this run."""
    return Checkpoint.objects.filter(organisation=chain, size__gt=before, size__lte=now).count()
