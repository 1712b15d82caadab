"""The text of a checkpoint (C2SP tlog-checkpoint) and of a proof (C2SP tlog-proof)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audit.tlog.notes import BadNote, Note, Verifier, decoded, encoded, parsed, signed_by
from audit.tlog.tree import HASH, leaf_hash, verify_inclusion

PROOF = "c2sp.org/tlog-proof@v1"
WHOLE = re.compile(r"0|[1-9][0-9]{0,18}")
LONGEST_PATH = 63


@dataclass(frozen=True, slots=True)
class Head:
    """What a checkpoint says: that this log has so many entries, and their root."""

    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{encoded(self.root)}\n"


def head_of(note: Note) -> Head:
    """What the note says, if it is a checkpoint. Further lines are refused: ours have none."""
    lines = note.text.split("\n")
    if len(lines) != 4 or lines[3] or not lines[0]:  # noqa: PLR2004 - three lines and the last newline
        raise BadNote("it is not a checkpoint: origin, size and root, one a line")
    root = decoded(lines[2])
    if len(root) != HASH:
        raise BadNote("the root of the checkpoint does not have 32 bytes")
    return Head(lines[0], whole(lines[1]), root)


def whole(text: str) -> int:
    if not WHOLE.fullmatch(text):
        raise BadNote("it is not a whole number")
    return int(text)


@dataclass(frozen=True, slots=True)
class Proof:
    """Proof that an entry is in a checkpoint's log. `extra` is our chain line, from which the leaf hash is made."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: Note
    extra: bytes = b""

    def __str__(self) -> str:
        extra = f"extra {encoded(self.extra)}\n" if self.extra else ""
        path = "".join(f"{encoded(part)}\n" for part in self.path)
        return f"{PROOF}\n{extra}index {self.index}\n{path}\n{self.checkpoint}"

    @property
    def head(self) -> Head:
        return head_of(self.checkpoint)

    def verify(self, entry: bytes, known: Iterable[Verifier]) -> Head:
        """What the checkpoint says, once a known key signed it and the entry is proved to be in its tree."""
        signed_by(self.checkpoint, known)
        head = self.head
        if not verify_inclusion(leaf_hash(entry), self.index, head.size, self.path, head.root):
            raise BadNote("the entry is not in the tree of the checkpoint")
        return head


def proof_of(text: str) -> Proof:
    """The proof in a .tlog-proof file; nobody has verified it yet."""
    top, empty, checkpoint = text.partition("\n\n")
    lines = top.split("\n")
    if lines[0] != PROOF or not empty:
        raise BadNote(f"it does not begin with {PROOF}")
    extra, rest = _named("extra ", lines[1:])
    index, path = _named("index ", rest)
    if index is None or len(path) > LONGEST_PATH:
        raise BadNote("it is not a proof: index, then the path")
    parts = tuple(decoded(line) for line in path)
    if any(len(part) != HASH for part in parts):
        raise BadNote("a hash of the path does not have 32 bytes")
    return Proof(whole(index), parts, parsed(checkpoint), decoded(extra) if extra else b"")


def _named(word: str, lines: Sequence[str]) -> tuple[str | None, Sequence[str]]:
    if lines and lines[0].startswith(word):
        return lines[0].removeprefix(word), lines[1:]
    return None, lines
