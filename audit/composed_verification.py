"""Whether entries of a chain are as they were written, from the lines that PostgreSQL copies.

It says yes or nothing: a page in which anything is in doubt is read again by rows, which says what is wrong and where.
"""

from collections.abc import Container
from hashlib import sha256
from typing import NamedTuple

from audit import leaves
from audit.checkpointing import MADE
from audit.copied_lines import entry, leaf


class Verified(NamedTuple):
    recorded_at: str
    line: bytes
    entry_hash: str
    is_checkpoint: bool


class Follower:
    """Verifies one entry after another, each of which follows the one before."""

    def __init__(self, organisation: int, disposed: Container[int]) -> None:
        self.start, self.disposed = f"{leaves.VERSION}|{organisation}|", disposed
        self.checked, self.head = 0, leaves.GENESIS

    def verified(self, text: str) -> Verified:
        """The entry of this line. Raises one of copied_lines.IN_DOUBT where it is to be read by rows."""
        seq, at, prev_hash, content_hash, entry_hash, event, envelope, named, nonces, digests = entry(text)
        self.checked += 1
        hashes = [sha256(envelope.encode("ascii")).hexdigest()]
        place = leaves.NONCE
        for name, value in named:
            shown = leaf(nonces[place : place + leaves.NONCE], name, value)
            hashes.append(sha256(shown.encode("ascii")).hexdigest())
            place += leaves.NONCE
        own = "".join(hashes)
        hashes.sort()
        line = f"{self.start}{seq}|{at}|{prev_hash}|{content_hash}".encode("ascii")
        if (
            (seq, prev_hash, own) != (str(self.checked), self.head, digests)
            or sha256("".join(hashes).encode("ascii")).hexdigest() != content_hash
            or sha256(line).hexdigest() != entry_hash
            or self.checked in self.disposed
            or leaves.BLANKED in nonces
        ):
            raise ValueError("It is not as it was written, or was disposed of.")
        self.head = entry_hash
        return Verified(at, line, entry_hash, event == MADE)
