"""Be the witness of another site's log: sign that its checkpoint follows all that was seen of it, and remember it.

The key stands in a file of its own (LEDGER_WITNESS_KEY). What was seen is beside it, in a file that ends with `.seen`,
only ever added to: one that forgot could be shown two histories.
"""

import datetime as dt
import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from audit import signing
from audit.tlog.checkpoints import Head, head_of
from audit.tlog.cosignatures import Asked, WitnessKey, cosigned, follows
from audit.tlog.notes import BadNote, Note, Verifier, several, signed_by


class NoMemory(RuntimeError):
    """What was seen cannot be read or written; the message is one line."""


def seen_file() -> Path:
    return Path(f"{settings.LEDGER_WITNESS_KEY}.seen")


def key() -> WitnessKey:
    """Made on first use, after the file of what it saw: a key without that file has lost its memory."""
    path = Path(settings.LEDGER_WITNESS_KEY)
    if not path.exists():
        with _memory(os.O_CREAT):
            pass
    return WitnessKey(_name(), signing.keys_in(path)[0].public_key().public_bytes_raw())


def cosign(wanted: Asked, *, origin: str, known: Iterable[Verifier], at: dt.datetime) -> Note:
    """The checkpoint with our line. It is remembered before it is given away.

    Raises Fork, and BadNote where the file is bad or the proof is missing.
    """
    if head_of(wanted.checkpoint).origin != origin:
        raise BadNote(f"it is not of {origin}")
    signed_by(wanted.checkpoint, known)
    own = key()
    with _memory() as descriptor:
        follows(wanted, _seen(descriptor, origin))
        secret = signing.keys_in(Path(settings.LEDGER_WITNESS_KEY))[0]
        note = cosigned(wanted.checkpoint, secret, name=own.name, seconds=int(at.timestamp()))
        _remember(descriptor, note)
    return note


def _name() -> str:
    return f"{next(iter(settings.ALLOWED_HOSTS), 'localhost').lstrip('.')}/witness"


@contextmanager
def _memory(flags: int = 0) -> Iterator[int]:
    """One at a time, or two that ask at once could be told of two histories."""
    try:
        descriptor = os.open(seen_file(), os.O_RDWR | os.O_APPEND | flags, 0o600)
    except OSError as error:
        raise NoMemory(
            f"{seen_file()} cannot be used ({error.strerror}). Put back the file of what was seen."
        ) from None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)


def _seen(descriptor: int, origin: str) -> list[Head]:
    with os.fdopen(os.dup(descriptor), encoding="utf-8") as file:
        file.seek(0)
        try:
            heads = [head_of(note) for note in several(file.read())]
        except (BadNote, UnicodeDecodeError):
            raise NoMemory(f"{seen_file()} holds something else than checkpoints. Put back a whole copy.") from None
    return [head for head in heads if head.origin == origin]


def _remember(descriptor: int, note: Note) -> None:
    length, added = os.fstat(descriptor).st_size, f"{note}\n".encode()
    try:
        while added:
            added = added[os.write(descriptor, added) :]
        os.fsync(descriptor)
    except OSError as error:
        os.ftruncate(descriptor, length)
        raise NoMemory(f"{seen_file()} cannot be written: {error.strerror}.") from None
