"""Pages of a chain as text that PostgreSQL composes, several times as fast as rows through the ORM.

PostgreSQL writes every column but the values, whose JSON is made here, because their keys have to be in order. Text of
ours is what `audit.leaves` and `audit.export` would make of the same rows, to the byte; what PostgreSQL would write in
another way is left to them, a page at a time.
"""

import codecs
import json
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection

from audit import leaves
from audit.chaining_trigger import MOMENT
from audit.reading import Chain

PAGE = 500
# Text of a page, or None where it is to be read by rows; after which number it begins, and its last.
Page = tuple[str | None, int, int]

# What PostgreSQL would write in another way: a year of no four digits, and a column that holds nothing of ours.
PLAIN = " AND ".join(
    ["serialized_data IS NULL", *(f"{at} BETWEEN '0001-01-02' AND '9999-12-30'" for at in ("recorded_at", "timestamp"))]
)
# The envelope's JSON before and after the names of the leaves, which stand between event and object_id.
BEFORE = ("action", "actor_email", "actor_id", "changes_text", "cid", "content_type_id", "event")
AFTER = ("object_id", "object_pk", "object_repr", "remote_addr", "remote_port", "serialized_data", "subject")
NUMBERS = {"action", "actor_id", "content_type_id", "object_id", "remote_port"}
# The order names its table: PostgreSQL would take a column that is selected as text for the number.
FROM = "FROM audit_ledgerentry e WHERE organisation = %s AND seq > %s AND seq <= %s ORDER BY e.seq LIMIT %s"


def _json(columns: Iterable[str]) -> str:
    texts = {name: f"{name}::text" if name in NUMBERS else f"to_json({name})::text" for name in columns}
    return " || ',' || ".join(f"""'"{name}":' || COALESCE({text}, 'null')""" for name, text in texts.items())


ENTRY = " || E'\\t' || ".join(
    [
        "seq", MOMENT.format("recorded_at"), "prev_hash", "content_hash", "entry_hash", _json(BEFORE),
        f"""{_json(AFTER)} || ',"timestamp":"' || {MOMENT.format("timestamp")} || '"'""",
        "changes::text", "additional_data::text", "nonces", "digests",
    ]
)  # fmt: skip
ENTRIES = (
    "SELECT string_agg(line, E'\\n'), max(seq), bool_and(plain), count(*) "
    f"FROM (SELECT {ENTRY} AS line, seq, {PLAIN} AS plain {FROM}) page"
)


def is_composed() -> bool:
    return connection.vendor == "postgresql"


def pages(chain: Chain) -> Iterator[Page]:
    """The entries of a chain. The next page is read while the caller works on the one before."""
    raw = driver()

    def read(after: int) -> Any:
        with raw.cursor() as cursor:
            cursor.execute(ENTRIES, [chain.organisation, after, chain.last, PAGE])
            return cursor.fetchone()

    with ThreadPoolExecutor(1) as reader:
        after = -(2**63)
        text, last, plain, count = read(after)
        while last is not None:
            following = reader.submit(read, last)
            # A column that is no JSON might hold an end of line, and more entries than there are rows with it.
            yield (text if plain and text.count("\n") + 1 == count else None), after, last
            after = last
            text, last, plain, count = following.result()


def driver() -> Any:
    """The driver's own connection, which two threads may use in turns; Django's is for one."""
    connection.ensure_connection()
    return connection.connection


def entries(text: str) -> Iterator[list[str]]:
    """Of each entry of a page: number, time of entry, three hashes, the envelope's two parts, changes, details, nonces
    and digests. All is ASCII.
    """
    for line in ascii_json(text).split("\n"):
        yield line.split("\t")


def named(changes: str, details: str) -> list[tuple[str, Any]]:
    """The leaves after the envelope, by name."""
    if changes == details == "{}":
        return []
    found = [(f"changes:{field}", pair) for field, pair in json.loads(changes).items()]
    found += [(f"details:{key}", value) for key, value in json.loads(details).items()]
    return sorted(found, key=_name)


def _name(item: tuple[str, Any]) -> str:
    return item[0]


def envelope(nonce: str, before: str, after: str, values: list[tuple[str, Any]]) -> str:
    """The leaf of the envelope, as `audit.leaves` makes it."""
    names = leaves.encode([name for name, _ in values]) if values else "[]"
    return f'["{leaves.VERSION}","{nonce}","{leaves.ENVELOPE}",{{{before},"leaves":{names},{after}}}]'


def ascii_json(text: str) -> str:
    """With everything but ASCII written out, as `audit.leaves` has it. In JSON it stands in texts and names only."""
    if "\x7f" in text:
        text = text.replace("\x7f", "\\u007f")
    return text if text.isascii() else text.encode("ascii", "ledger_json").decode("ascii")


def _written_out(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be").hex()
    return "".join(f"\\u{units[start : start + 4]}" for start in range(0, len(units), 4)), error.end


codecs.register_error("ledger_json", _written_out)
