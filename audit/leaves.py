"""What is hashed, byte for byte. This format is frozen: docs/adr/0004-ledger-format.md.

An entry is a set of leaves: the envelope (who, when, what, which record) and one leaf for each changed field and each
detail. Each leaf has its own random nonce, so a leaf can be left out of an export, or blanked by lawful disposal, and
nobody can guess its value from its digest.
"""

import datetime as dt
import json
import os
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import Any

from audit.serialising import moment

VERSION = "v1"
GENESIS = "0" * 64
NONCE = 32
DIGEST = 64
BLANKED = "-" * NONCE
ENVELOPE = "envelope"
# The columns in the envelope. Organisation, number and time of entry are in the entry's own hash.
ENVELOPE_COLUMNS = (
    "event",
    "action",
    "timestamp",
    "subject",
    "content_type_id",
    "object_pk",
    "object_id",
    "object_repr",
    "actor_id",
    "actor_email",
    "cid",
    "remote_addr",
    "remote_port",
    "serialized_data",
    "changes_text",
)
CHAIN_COLUMNS = ("organisation", "seq", "recorded_at", "prev_hash", "content_hash", "entry_hash")
COLUMNS = (*CHAIN_COLUMNS, *ENVELOPE_COLUMNS, "changes", "additional_data", "nonces", "digests")

_slow = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), sort_keys=True, allow_nan=False)


def _encoder() -> Callable[[object], str]:
    """The C encoder that JSONEncoder makes anew for every value, which takes as long as encoding a short one."""
    make: Any = getattr(json.encoder, "c_make_encoder", None)
    if make is None:
        return _slow.encode
    parts = make(None, _slow.default, json.encoder.encode_basestring_ascii, None, ":", ",", True, False, False)  # noqa: FBT003 - it takes no names
    return lambda value: "".join(parts(value, 0))


encode = _encoder()

# One entry's columns by name.
Row = Mapping[str, Any]


def values(row: Row) -> dict[str, Any]:
    """Every leaf's value by name, in the order of its nonce and digest: the envelope first, then by name.

    The envelope lists the other names, so that a blanked leaf cannot be renamed.
    """
    named = {f"changes:{field}": pair for field, pair in row["changes"].items()}
    named |= {f"details:{key}": value for key, value in row["additional_data"].items()}
    names = sorted(named)
    envelope = {column: row[column] for column in ENVELOPE_COLUMNS}
    envelope["timestamp"] = moment(row["timestamp"])
    return {ENVELOPE: envelope | {"leaves": names}, **{name: named[name] for name in names}}


def new_nonces(count: int) -> str:
    return os.urandom(NONCE // 2 * count).hex()


def split(text: str, width: int) -> list[str]:
    return [text[start : start + width] for start in range(0, len(text), width)]


def leaf(nonce: str, name: str, value: object) -> str:
    """The exact text that is hashed for one leaf. ASCII, keys sorted, no spaces."""
    return encode([VERSION, nonce, name, value])


def digest(text: str) -> str:
    return sha256(text.encode("ascii")).hexdigest()


def content_hash(digests: Iterable[str]) -> str:
    return digest("".join(sorted(digests)))


def chain_line(organisation: int, seq: int, recorded_at: dt.datetime, prev_hash: str, content: str) -> str:
    """The exact text whose digest is the entry's hash."""
    return f"{VERSION}|{organisation}|{seq}|{moment(recorded_at)}|{prev_hash}|{content}"
