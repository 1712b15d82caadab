import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import CommandParser

from audit.export import KINDS
from audit.exporting import Order, start
from audit.management.one_line import OneLineCommand, bad_input
from audit.reading import chains

LONGEST_REASON = 500


class Command(OneLineCommand):
    help = "Writes the ledger, values and all, to a file only its owner can read. Exit 0: done. 2: bad input."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", required=True, choices=KINDS)
        parser.add_argument("--output", required=True, type=Path, metavar="PATH")
        parser.add_argument("--organisation", type=int, metavar="ID", help="one chain only; 0 is the site's own")
        parser.add_argument("--reason", default="", metavar="TEXT", help="entered in the ledger with the export")

    def handle(self, *_: Any, output: Path, organisation: int | None, reason: str, **options: Any) -> None:
        self.need_ledger()
        if len(reason) > LONGEST_REASON:
            raise bad_input(f"--reason is longer than {LONGEST_REASON} characters. Make it shorter.")
        found = tuple(chains(organisation))
        if organisation is not None and not found:
            raise bad_input(f"Organisation {organisation} has no entries. Leave --organisation out to export all.")
        order = Order(options["format"], found, values=True, reason=reason)
        with whole_file(output) as file, closing(start(order)) as chunks:
            for chunk in chunks:
                file.write(chunk)
        self.stdout.write(f"exported {sum(chain.count for chain in found)} entries in {len(found)} chains to {output}")


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
