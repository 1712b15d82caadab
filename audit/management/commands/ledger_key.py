from typing import Any

from audit import origins, signing
from audit.management.one_line import OneLineCommand, bad_input
from audit.reading import chains


class Command(OneLineCommand):
    help = "Prints the verifier keys of each chain, the current one first. Exit 0: done. 2: bad input."

    def handle(self, *_: Any, **__: Any) -> None:
        self.need_ledger()
        try:
            signing.private_keys()
            for chain in chains():
                for key in signing.public_keys(origins.origin(chain.organisation)):
                    self.stdout.write(str(key))
        except signing.BadKey as error:
            raise bad_input(str(error)) from None
