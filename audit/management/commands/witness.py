import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from audit.management.one_line import OneLineCommand, bad_input
from audit.signing import BadKey
from audit.tlog.cosignatures import Fork, asked
from audit.tlog.notes import BadNote, public_key
from audit.witnessing import NoMemory, cosign, key


class Command(OneLineCommand):
    help = (
        "Signs another site's checkpoint as its witness, if it follows all that was seen of that log, and prints it. "
        "Without FILE: our verifier key. Exit 0: done. 1: another history than was seen. 2: bad input."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help="the checkpoint, or it with its proof")
        parser.add_argument("--origin", metavar="NAME", help="the first line of the checkpoints to sign")
        parser.add_argument("--key", action="append", metavar="VKEY", help="its verifier key, had from them directly")

    def handle(self, *_: Any, file: Path | None, origin: str | None, **options: Any) -> None:
        try:
            if file is None:
                self.stdout.write(str(key()))
                return
            if not origin or not options["key"]:
                raise bad_input("Give the log's --origin and its verifier --key with FILE.")
            known = [public_key(line) for line in options["key"]]
            wanted = asked(file.read_bytes().decode("utf-8"))
            note = cosign(wanted, origin=origin, known=known, at=timezone.now())
        except Fork as error:
            self.stdout.write(
                f"Not signed. {origin} does not follow what was seen: {error}. Keep {file}, and ask them why."
            )
            sys.exit(1)
        except OSError as error:
            raise bad_input(f"{file} cannot be read: {error.strerror}.") from None
        except (BadNote, UnicodeDecodeError) as error:
            raise bad_input(f"{file} was not signed: {error}.") from None
        except (NoMemory, BadKey) as error:
            raise bad_input(str(error)) from None
        self.stdout.write(str(note), ending="")
