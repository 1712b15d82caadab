"""Checkpoints leave the database: each chain has a file in a folder outside (LEDGER_WITNESS), only ever added to.

Nothing of it is published. An empty line stands between two notes, as `verify_ledger --against` reads them.
"""

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from audit import origins
from audit.models import Checkpoint
from audit.tlog.checkpoints import Head, head_of
from audit.tlog.notes import BadNote, parsed

# The last note is looked for in so much of the file's end; with 100 signatures it has less than half of that.
END = 65_536
EMPTY_LINE = b"\n\n"
log = logging.getLogger(__name__)


class NotKept(RuntimeError):
    """The file cannot be written or read; the message is one line that says what to do."""


class AnotherHistory(RuntimeError):
    """What was kept outside is not in this database. The message is one line."""


def path_of(organisation: int) -> Path | None:
    """Named as the organisation is called outside; nothing where no folder is set."""
    folder: Path | None = settings.LEDGER_WITNESS
    return folder / f"{origins.names().get(organisation, organisation)}.txt" if folder else None


def keep(organisation: int) -> int:
    """Add the committed checkpoints that the file does not have yet, and say how many.

    Every checkpoint is kept by itself as soon as it is committed (`keep_or_say`). A run that failed is made up for by
    the next. Before anything is added, the last one in the file must be ours.
    """
    path = path_of(organisation)
    if path is None:
        return 0
    with _opened(path) as descriptor:
        length, last = _end_of(descriptor, path)
        notes = _later(organisation, last, path)
        _append(descriptor, length, b"".join(f"{note}\n".encode() for note in notes))
        return len(notes)


def keep_or_say(organisation: int) -> None:
    """Keep what was just signed. A failure holds up nobody: it is in the site's log, and the timer meets it again."""
    try:
        keep(organisation)
    except (NotKept, AnotherHistory) as error:
        log.error("A checkpoint was not kept outside: %s", error)  # noqa: TRY400 - its one line says it


def newest_kept(organisation: int) -> int:
    """How many entries the last checkpoint outside has; nought where none is kept."""
    path = path_of(organisation)
    if path is None or not path.exists():
        return 0
    with _opened(path) as descriptor:
        _, last = _end_of(descriptor, path)
    return last.size if last else 0


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    """Two processes do not add at once."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield descriptor
        finally:
            os.close(descriptor)
    except OSError as error:
        raise NotKept(f"{path} cannot be written: {error.strerror}. See to LEDGER_WITNESS.") from None


def _end_of(descriptor: int, path: Path) -> tuple[int, Head | None]:
    """How long the file is without what a crash left half, and the last checkpoint in it."""
    length = os.fstat(descriptor).st_size
    end = os.pread(descriptor, END, max(0, length - END))
    whole = end[: end.rfind(EMPTY_LINE) + len(EMPTY_LINE)] if EMPTY_LINE in end else b""
    while whole:
        # Text and signatures of the last note, with the empty line that ends it.
        parts = whole.removesuffix(EMPTY_LINE).rsplit(EMPTY_LINE, 2)
        try:
            head = head_of(parsed(EMPTY_LINE.join(parts[-2:]).decode("utf-8") + "\n"))
        except (BadNote, UnicodeDecodeError):
            # The line may be the one inside a half note.
            whole = EMPTY_LINE.join(parts[:-1]) + EMPTY_LINE if len(parts) > 1 else b""
            continue
        return length - len(end) + len(whole), head
    if length > len(end):
        raise NotKept(f"{path} does not end with checkpoints. Move it away, keep it, and find out who changed it.")
    return 0, None


def _later(organisation: int, last: Head | None, path: Path) -> list[str]:
    found = Checkpoint.objects.filter(organisation=organisation).order_by("size")
    if last is None:
        return list(found.values_list("note", flat=True))
    same = found.filter(size=last.size).first()
    if same is None or bytes(same.root) != last.root:
        raise AnotherHistory(
            f"{path} ends with a checkpoint of {last.size} entries that is not in this database: an old backup was "
            f"restored, or its history rewritten. Keep the file, and run `manage.py verify_ledger --against {path}`."
        )
    return list(found.filter(size__gt=last.size).values_list("note", flat=True))


def _append(descriptor: int, length: int, added: bytes) -> None:
    """All of it or nothing, and on the disk before anybody is told."""
    if not added:
        return
    if os.fstat(descriptor).st_size != length:
        os.ftruncate(descriptor, length)
    try:
        while added:
            added = added[os.write(descriptor, added) :]
        os.fsync(descriptor)
    except OSError:
        os.ftruncate(descriptor, length)
        raise
