"""Tombstones outside the database, one a line, so that a backup of the time before can be disposed of again.

A line says which record, when and by which entry of the ledger; nothing that was in it.
"""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from uuid import UUID

from django.conf import settings


class Unreadable(ValueError):
    """The file is not one of tombstones; the message says where."""


@dataclass(frozen=True, slots=True)
class Line:
    kind: str
    record: str
    reference: str
    rule: str
    disposed_at: str
    chain: int
    seq: int
    entry_hash: str


def append(lines: Iterable[Line]) -> None:
    """On disk before this returns; raises OSError otherwise, and then nothing is disposed of."""
    text = "".join(json.dumps(asdict(line), sort_keys=True) + "\n" for line in lines)
    descriptor = os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def read() -> Iterator[Line]:
    """Every line; nothing where there is no file yet. Raises Unreadable."""
    if not path().exists():
        return
    names = {field.name for field in fields(Line)}
    with path().open(encoding="utf-8") as file:
        for number, text in enumerate(file, start=1):
            try:
                values = json.loads(text)
                line = Line(**{name: values[name] for name in names})
                UUID(line.record)
            except (ValueError, KeyError, TypeError, AttributeError):
                raise Unreadable(f"{path()} line {number} is no tombstone. Restore the file from a copy.") from None
            yield line


def path() -> Path:
    return Path(settings.TOMBSTONES_FILE)
