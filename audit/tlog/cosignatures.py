"""What a witness adds to a checkpoint of others (C2SP tlog-cosignature), and what it is asked with (tlog-witness)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.tlog.checkpoints import LONGEST_PATH, Head, head_of, whole
from audit.tlog.notes import COSIGNATURE, BadNote, Note, PublicKey, Signature, decoded, encoded, key_id, key_of, parsed
from audit.tlog.tree import HASH, verify_consistency

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

TIME = 8
OLD = "old "


class Fork(ValueError):
    """Two histories under one name: what is asked for does not follow what was seen."""


@dataclass(frozen=True, slots=True)
class WitnessKey:
    """The public key of a witness. What it signs says when."""

    name: str
    key: bytes

    @property
    def key_id(self) -> bytes:
        return key_id(self.name, COSIGNATURE, self.key)

    def verifies(self, text: bytes, signature: bytes) -> bool:
        message = _message(int.from_bytes(signature[:TIME], "big"), text)
        return PublicKey(self.name, self.key).verifies(message, signature[TIME:])

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{encoded(bytes([COSIGNATURE]) + self.key)}"


def witness_key(line: str) -> WitnessKey:
    """The key that a witness's verifier key line names."""
    name, hexed, raw = key_of(line, COSIGNATURE)
    found = WitnessKey(name, raw)
    if found.key_id.hex() != hexed:
        raise BadNote("the id of the verifier key is not that of its key")
    return found


def _message(seconds: int, text: bytes) -> bytes:
    return b"cosignature/v1\ntime %d\n" % seconds + text


def cosigned(note: Note, secret: "Ed25519PrivateKey", *, name: str, seconds: int) -> Note:
    """The note with one more line: that at this time, nothing larger of this log was seen, and nothing that differs."""
    own = key_id(name, COSIGNATURE, secret.public_key().public_bytes_raw())
    signature = secret.sign(_message(seconds, note.text.encode()))
    line = Signature(name, own, seconds.to_bytes(TIME, "big") + signature)
    return Note(note.text, (*note.signatures, line))


@dataclass(frozen=True, slots=True)
class Asked:
    """A checkpoint, and the proof that it follows an older one of so many entries; nought is none."""

    checkpoint: Note
    old: int = 0
    path: tuple[bytes, ...] = ()

    def __str__(self) -> str:
        path = "".join(f"{encoded(part)}\n" for part in self.path)
        return f"{OLD}{self.old}\n{path}\n{self.checkpoint}"


def asked(text: str) -> Asked:
    """With its proof or alone."""
    if not text.startswith(OLD):
        return Asked(parsed(text))
    top, _, checkpoint = text.partition("\n\n")
    old, *path = top.removeprefix(OLD).split("\n")
    parts = tuple(decoded(part) for part in path)
    if len(parts) > LONGEST_PATH or any(len(part) != HASH for part in parts):
        raise BadNote("its proof is not made of hashes of 32 bytes, 63 at most")
    return Asked(parsed(checkpoint), whole(old), parts)


def follows(wanted: Asked, seen: Iterable[Head]) -> None:
    """Raise Fork where it is not the history that was seen, BadNote where that cannot be told from what was sent."""
    head, known = head_of(wanted.checkpoint), {found.size: found.root for found in seen}
    newest = max(known, default=0)
    if known.get(head.size, head.root) != head.root:
        raise Fork(f"another checkpoint of {head.size} entries was seen, with another root")
    if head.size == newest or not newest:
        return
    if head.size in known:
        raise BadNote(f"it was seen before, and one of {newest} entries since. Send the newest")
    if head.size < newest:
        raise Fork(f"it has {head.size} entries, and a checkpoint of {newest} was seen")
    if wanted.old != newest:
        raise BadNote(
            f"send the proof that it follows the one of {newest} entries: `manage.py checkpoint --old {newest}`"
        )
    if not verify_consistency(newest, known[newest], head.size, head.root, wanted.path):
        raise Fork(f"its proof does not show that it begins with the {newest} entries that were seen")
