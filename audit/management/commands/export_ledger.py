import datetime as dt
import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_date

from audit.checkpointing import Rewritten
from audit.evidence import ordering
from audit.evidence.container import TooLarge
from audit.evidence.scope import Scope, addresses_left_out, everything, nothing_left_out, period
from audit.export import KINDS
from audit.exporting import Order, start
from audit.management.one_line import OneLineCommand, bad_input
from audit.reading import Chain, chains
from audit.signing import BadKey, fingerprint

LONGEST_REASON = 500
EVIDENCE = "bundle"


class Command(OneLineCommand):
    help = (
        "Writes the ledger, values and all, to a file only its owner can read. A bundle can be verified without this "
        "site. Exit 0: done. 1: rewritten. 2: bad input."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", required=True, choices=(*KINDS, EVIDENCE))
        parser.add_argument("--output", required=True, type=Path, metavar="PATH")
        parser.add_argument("--organisation", type=int, metavar="ID", help="one chain only; 0 is the site's own")
        parser.add_argument("--reason", default="", metavar="TEXT", help="entered in the ledger with the export")
        parser.add_argument("--since", metavar="DAY", help="of a bundle: the first day, such as 2026-11-01")
        parser.add_argument("--until", metavar="DAY", help="of a bundle: the last day")
        parser.add_argument("--addresses", action="store_true", help="of a bundle: with addresses and phone numbers")

    def handle(self, *_: Any, output: Path, organisation: int | None, reason: str, **options: Any) -> None:
        self.need_ledger()
        if len(reason) > LONGEST_REASON:
            raise bad_input(f"--reason is longer than {LONGEST_REASON} characters. Make it shorter.")
        found = tuple(chains(organisation))
        if organisation is not None and not found:
            raise bad_input(f"Organisation {organisation} has no entries. Leave --organisation out to export all.")
        if options["format"] == EVIDENCE:
            self._evidence(output, _scope(found, options), reason)
            return
        if options["since"] or options["until"] or options["addresses"]:
            raise bad_input("--since, --until and --addresses are for --format bundle.")
        order = Order(options["format"], found, values=True, reason=reason)
        with whole_file(output) as file, closing(start(order)) as chunks:
            for chunk in chunks:
                file.write(chunk)
        self.stdout.write(f"exported {sum(chain.count for chain in found)} entries in {len(found)} chains to {output}")

    def _evidence(self, output: Path, scope: Scope, reason: str) -> None:
        if not scope.chains:
            raise bad_input("There are no entries yet, so there is nothing to prove.")
        try:
            with whole_file(output) as file:
                making = ordering.start(ordering.EvidenceOrder(scope, timezone.now(), reason=reason))
                with closing(making.sent) as chunks:
                    for chunk in chunks:
                        file.write(chunk)
        except Rewritten as error:
            self.stdout.write(str(error))
            sys.exit(1)
        except (BadKey, TooLarge) as error:
            raise bad_input(str(error)) from None
        self.stdout.write(f"exported {making.evidence.count} entries in {len(scope.chains)} chains to {output}")
        self.stdout.write(f"the fingerprint of the key is {fingerprint()}; give it separately from the bundle")


def _scope(found: tuple[Chain, ...], options: dict[str, Any]) -> Scope:
    organisations = [chain.organisation for chain in found]
    leave_out = nothing_left_out if options["addresses"] else addresses_left_out
    since, until = _day("since", options), _day("until", options)
    if not since and not until:
        return everything(organisations, leave_out=leave_out)
    first = since or dt.date(dt.MINYEAR + 1, 1, 1)
    after = (until or timezone.localdate()) + dt.timedelta(days=1)
    if first >= after:
        raise bad_input("--until is before --since. Change one of them.")
    return period(organisations, _midnight(first), _midnight(after), leave_out=leave_out)


def _day(name: str, options: dict[str, Any]) -> dt.date | None:
    try:
        found = parse_date(options[name]) if options[name] else None
    except ValueError:
        found = None
    if options[name] and found is None:
        raise bad_input(f"--{name} must be a day, such as 2026-11-01.")
    return found


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file that gets its name only when all of it is on disk."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    if path.is_dir():
        raise bad_input(f"{path} is a directory. Give --output the name of a file in it.")
    try:
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise bad_input(f"{path} cannot be written: {error.strerror}. Choose another --output.") from None
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        raise bad_input(f"{path} could not be written to its end: {error.strerror}. Nothing is left of it.") from None
    finally:
        partial.unlink(missing_ok=True)
