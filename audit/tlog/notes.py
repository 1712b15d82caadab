"""Signed notes, as C2SP signed-note has them: a text, an empty line, and signature lines."""

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

ED25519 = 0x01
COSIGNATURE = 0x04
KEY_ID = 4
SIGNATURE_LINE = "— "
NAME = re.compile(r"[^\s+]+")
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
# Of a note that somebody gives us: the least that must be accepted is 16.
MOST_SIGNATURES = 100


class BadNote(ValueError):
    """A text that is no note, or a note that no known key signed."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One line. The first four bytes of its base64 are the key's id, the rest depends on the kind of key."""

    name: str
    key_id: bytes
    signature: bytes

    def line(self) -> str:
        return f"{SIGNATURE_LINE}{self.name} {encoded(self.key_id + self.signature)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """The text ends with its newline, and is what was signed."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(signature.line() for signature in self.signatures)}"


class Verifier(Protocol):
    """A known public key: its name and id say which signature lines are its own."""

    @property
    def name(self) -> str: ...
    @property
    def key_id(self) -> bytes: ...
    def verifies(self, text: bytes, signature: bytes) -> bool: ...


@dataclass(frozen=True, slots=True)
class PublicKey:
    """An Ed25519 key as everybody may know it. Other kinds (0x04, 0x06) are verifiers of their own."""

    name: str
    key: bytes

    @property
    def key_id(self) -> bytes:
        return key_id(self.name, ED25519, self.key)

    def verifies(self, text: bytes, signature: bytes) -> bool:
        # Loading it takes a while, and a site that starts needs none of it.
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(signature, text)
        except (InvalidSignature, ValueError):
            return False
        return True

    def __str__(self) -> str:
        """The verifier key: name, id and key in one line, to be kept wherever notes are verified."""
        return f"{self.name}+{self.key_id.hex()}+{encoded(bytes([ED25519]) + self.key)}"


def key_id(name: str, kind: int, key: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + bytes([kind]) + key).digest()[:KEY_ID]


def public_key(line: str) -> PublicKey:
    """The key that a verifier key line names."""
    name, hexed, key = key_of(line, ED25519)
    found = PublicKey(name, key)
    if found.key_id.hex() != hexed:
        raise BadNote("the id of the verifier key is not that of its key")
    return found


def key_of(line: str, kind: int) -> tuple[str, str, bytes]:
    """Name, id in hex and the 32 bytes of a verifier key of this kind. Nobody has compared the id yet."""
    parts = line.strip().split("+", 2)
    if len(parts) != 3:  # noqa: PLR2004 - name, id, key
        raise BadNote("a verifier key has three parts with a plus between them")
    name, hexed, key = parts
    raw = decoded(key)
    if not NAME.fullmatch(name) or raw[:1] != bytes([kind]) or len(raw) != 33:  # noqa: PLR2004 - kind and 32 bytes
        raise BadNote("it is not the verifier key of an Ed25519 key" + (" of a witness" if kind == COSIGNATURE else ""))
    return name, hexed, raw[1:]


def parsed(text: str) -> Note:
    """The note that this is, all of it and nothing besides. Nobody has verified its signatures yet."""
    body, empty, lines = text.rpartition("\n\n")
    if not empty or not lines.endswith("\n") or CONTROL.search(text):
        raise BadNote("it is not a signed note: text, an empty line, then lines that begin with a dash")
    signatures = tuple(_signature(line) for line in lines[:-1].split("\n"))
    if len(signatures) > MOST_SIGNATURES:
        raise BadNote(f"it has more than {MOST_SIGNATURES} signatures")
    return Note(body + "\n", signatures)


def _signature(line: str) -> Signature:
    name, space, encoded_bytes = line.removeprefix(SIGNATURE_LINE).partition(" ")
    if not line.startswith(SIGNATURE_LINE) or not space or not NAME.fullmatch(name):
        raise BadNote("a signature line is a dash, a space, a name, a space and base64")
    raw = decoded(encoded_bytes)
    if len(raw) <= KEY_ID:
        raise BadNote("a signature line has no signature")
    return Signature(name, raw[:KEY_ID], raw[KEY_ID:])


def signed_by(note: Note, known: Iterable[Verifier]) -> list[Verifier]:
    """The known keys that signed it. A false signature of a known key is an error, one of an unknown key is ignored."""
    of_key = {(key.name, key.key_id): key for key in known}
    found = list[Verifier]()
    for signature in note.signatures:
        key = of_key.get((signature.name, signature.key_id))
        if key is None:
            continue
        if not key.verifies(note.text.encode(), signature.signature):
            raise BadNote(f"the signature of {key.name} is false")
        if key not in found:
            found.append(key)
    if not found:
        raise BadNote("no known key signed it")
    return found


def several(text: str) -> list[Note]:
    """The notes of a file in which one follows another. Their texts have no empty lines."""
    notes, lines = list[Note](), list[str]()
    for line in [*text.split("\n"), ""]:
        if lines and lines[-1].startswith(SIGNATURE_LINE) and not line.startswith(SIGNATURE_LINE):
            notes.append(parsed("\n".join(lines) + "\n"))
            lines = []
        if lines or line.strip():
            lines.append(line)
    if lines:
        raise BadNote("its last note has no signature")
    return notes


def encoded(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def decoded(text: str) -> bytes:
    """Base64 as it must be written: one way only, so that no two texts are the same note."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise BadNote("it is not base64") from None
    if encoded(raw) != text:
        raise BadNote("it is not base64")
    return raw
