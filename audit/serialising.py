"""Values that the ledger can store and read back unchanged on both engines."""

import datetime as dt
import enum
import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise


def serialise(value: object) -> Any:
    """The value as text, integer, boolean, None, or lists and mappings of these.

    Floats, NUL, lone surrogates and times do not come back from a JSON column as they went in, and would break the
    hash, so they become text.
    """
    if type(value) is str:  # most are, and asking for a Mapping first takes several times as long
        return storable(value)
    if value is None or type(value) in {int, bool}:
        return value
    if isinstance(value, enum.Enum):
        value = value.value
    if isinstance(value, Mapping):
        return {storable(str(key)): serialise(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [serialise(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted((serialise(item) for item in value), key=str)
    return value if value is None or isinstance(value, bool | int) else _as_text(value)


def _as_text(value: object) -> str:
    if isinstance(value, str | Promise):
        return storable(str(value))
    if isinstance(value, dt.datetime):
        return moment(value)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, float | uuid.UUID | Decimal):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    raise TypeError(f"The ledger cannot hold a {type(value).__name__}: give it text, a number, true, false or nothing.")


def storable(text: str) -> str:
    """NUL and lone surrogates written out, because PostgreSQL refuses them."""
    if text.isascii() and "\x00" not in text:
        return text
    return text.encode("utf-8", "backslashreplace").decode().replace("\x00", "\\x00")


def moment(value: dt.datetime) -> str:
    """An aware time as UTC with microseconds, always the same length."""
    if value.tzinfo is None:
        raise ValueError("The ledger needs a time with its zone.")
    return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")
