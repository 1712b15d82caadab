"""Whether entries of a chain are as they were written, from the lines that PostgreSQL copies.

It says yes or nothing: a page in which anything is in doubt is read again by rows, which says what is wrong and where.
Nothing here needs Django to be set up, so that other processes start quickly.
"""

from collections.abc import Container
from hashlib import sha256
from typing import NamedTuple

from audit import leaves
from audit.copied_lines import IN_DOUBT, entry, leaf
from audit.tlog.tree import leaf_hash


class Verified(NamedTuple):
    """Entries that are as they were written, if `before` is the hash of the one before."""

    before: str
    leaf_hashes: list[bytes]
    last_hash: str
    first_at: str
    last_at: str
    # Place of each entry that says a checkpoint was made, and the hash before it.
    checkpoints: list[tuple[int, str]]


class Follower:
    """Verifies one entry after another, each of which follows the one before. `made`: the event of a checkpoint."""

    def __init__(self, organisation: int, made: str, disposed: Container[int]) -> None:
        self.start, self.made, self.disposed = f"{leaves.VERSION}|{organisation}|", made, disposed
        self.begin(0)

    def begin(self, checked: int) -> None:
        """The next page, after so many entries. Whoever asked compares `before` with the hash of the last of them."""
        self.checked, self.before, self.head = checked, "", ""
        self.leaf_hashes: list[bytes] = []
        self.checkpoints: list[tuple[int, str]] = []
        self.first_at = self.last_at = ""

    def page(self) -> Verified:
        return Verified(self.before, self.leaf_hashes, self.head, self.first_at, self.last_at, self.checkpoints)

    def follow(self, text: str) -> None:
        """The entry of this line. Raises one of copied_lines.IN_DOUBT where it is to be read by rows."""
        seq, at, prev_hash, content_hash, entry_hash, event, envelope, named, nonces, digests = entry(text)
        self.checked += 1
        if not self.before:
            self.before = self.head = prev_hash
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
        if event == self.made:
            self.checkpoints.append((len(self.leaf_hashes), self.head))
        self.leaf_hashes.append(leaf_hash(line))
        self.head, self.last_at = entry_hash, at
        self.first_at = self.first_at or at


def verified(organisation: int, made: str, disposed: Container[int], checked: int, lines: bytes) -> Verified | None:
    """A page on its own, for a process of its own. None where it is to be read by rows."""
    follower = Follower(organisation, made, disposed)
    follower.begin(checked)
    try:
        for text in lines[:-1].decode().split("\n"):
            follower.follow(text)
    except IN_DOUBT:
        return None
    return follower.page()
