"""One entry as PostgreSQL's COPY writes it, and the texts that are made of it. No database is needed to read it.

Text of ours is what `audit.leaves` would make of the same row, to the byte; where that is in doubt, it raises.
"""

import json
import re
from typing import Any

from audit import leaves

IN_DOUBT = (AttributeError, LookupError, TypeError, ValueError, StopIteration)
# What stands for nothing. A text that may be missing comes after a sign of its own, so that none reads like it.
NULL, SIGN = "-", "="
ENVELOPE = (
    "action", f"'{SIGN}' || actor_email", "actor_id", "changes_text", f"'{SIGN}' || cid", "content_type_id", "event",
    "object_id", f"'{SIGN}' || object_pk", "object_repr", "remote_addr", "remote_port", "subject",
)  # fmt: skip
AFTER = (
    "timestamp", "recorded_at", "prev_hash", "content_hash", "entry_hash", "changes", "additional_data", "nonces",
    "digests", "serialized_data",
)  # fmt: skip
COLUMNS = ("seq", *ENVELOPE, *AFTER)
MAY_BE_NOTHING = ("actor_email", "cid", "object_pk")
NUMBERS = ("action", "actor_id", "content_type_id", "object_id", "remote_port")
# As COPY writes them; everything else stands for itself.
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
MEANT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
DAY, TO_THE_SECOND, TO_THE_MICROSECOND, UTC = 10, 19, 26, "+00"
# JSON's own text of these columns is longer by two quotes, and one for each tab, unless something in them needs more.
LONGER = 2 + len(ENVELOPE)

_quoted = json.encoder.encode_basestring_ascii
_scan = json.JSONDecoder().scan_once  # type: ignore[attr-defined]  # what decode() calls, without its search for spaces

# Number, time of entry, three hashes, event, the envelope's leaf, the leaves after it by name, nonces, digests.
Entry = tuple[str, str, str, str, str, str, str, list[tuple[str, Any]], str, str]


def entry(line: str) -> Entry:
    """Raises one of IN_DOUBT where its text could be another than that of its row."""
    head, happened, at, prev_hash, content_hash, entry_hash, changes, details, nonces, digests, serialized = (
        line.rsplit("\t", len(AFTER))
    )
    (
        seq, action, email, actor, changes_text, cid, content_type, event, number, key, reference, address, port,
        subject,
    ) = columns = head.split("\t")  # fmt: skip
    named = _named(changes, details)
    if (
        serialized != NULL
        or len(nonces) != leaves.NONCE * (len(named) + 1)
        or NULL in (changes_text, event, reference, subject)
    ):
        raise ValueError("A column holds what is not written by us.")
    if len(_quoted(head)) != len(head) + LONGER:
        names = [name for name, _ in named]
        event, envelope = _encoded(columns, nonces[: leaves.NONCE], names, moment(happened))
    else:
        names_text = leaves.encode([name for name, _ in named]) if named else "[]"
        envelope = (
            f'["v1","{nonces[: leaves.NONCE]}","envelope",{{"action":{action},'
            f'"actor_email":{"null" if email == NULL else _in_quotes(email)},'
            f'"actor_id":{"null" if actor == NULL else actor},"changes_text":"{changes_text}",'
            f'"cid":{"null" if cid == NULL else _in_quotes(cid)},'
            f'"content_type_id":{"null" if content_type == NULL else content_type},"event":"{event}",'
            f'"leaves":{names_text},"object_id":{"null" if number == NULL else number},'
            f'"object_pk":{"null" if key == NULL else _in_quotes(key)},"object_repr":"{reference}",'
            f'"remote_addr":{"null" if address == NULL else _quoted(address)},'
            f'"remote_port":{"null" if port == NULL else port},"serialized_data":null,"subject":"{subject}",'
            f'"timestamp":"{moment(happened)}"}}]'
        )
    return seq, moment(at), prev_hash, content_hash, entry_hash, event, envelope, named, nonces, digests


def subject(line: str) -> str:
    """What kind of record the entry is about."""
    return meant(line.rsplit("\t", len(AFTER) + 1)[1])


def _in_quotes(column: str) -> str:
    return f'"{column[1:]}"'


def _encoded(columns: list[str], nonce: str, names: list[str], happened: str) -> tuple[str, str]:
    """The event, and the envelope's leaf, where a text in it needs more than quotes."""
    shown = [name.rpartition(" ")[2] for name in ENVELOPE]
    envelope: dict[str, Any] = dict(zip(shown, map(meant, columns[1:]), strict=True))
    for name in MAY_BE_NOTHING:
        envelope[name] = None if envelope[name] == NULL else envelope[name][1:]
    for name in NUMBERS:
        envelope[name] = None if envelope[name] == NULL else int(envelope[name])
    if envelope["remote_addr"] == NULL:
        envelope["remote_addr"] = None
    envelope |= {"leaves": names, "serialized_data": None, "timestamp": happened}
    return envelope["event"], leaves.leaf(nonce, leaves.ENVELOPE, envelope)


def meant(column: str) -> str:
    """Without COPY's own escapes."""
    return ESCAPED.sub(lambda found: MEANT.get(found[1], found[1]), column) if "\\" in column else column


def moment(column: str) -> str:
    """As `audit.serialising.moment`. Only what the engine writes of a year of four digits, in UTC."""
    end = len(column) - len(UTC)
    if column[DAY] != " " or column[end:] != UTC:
        raise ValueError("Another form of time.")
    if end == TO_THE_MICROSECOND:
        return f"{column[:DAY]}T{column[DAY + 1 : end]}Z"
    if not TO_THE_SECOND <= end < TO_THE_MICROSECOND:
        raise ValueError("Another form of time.")
    time = column[DAY + 1 : end] + ("" if end > TO_THE_SECOND else ".")
    return f"{column[:DAY]}T{time}".ljust(TO_THE_MICROSECOND, "0") + "Z"


def _named(changes: str, details: str) -> list[tuple[str, Any]]:
    """The leaves after the envelope, by name."""
    found = [(f"changes:{field}", pair) for field, pair in json_of(changes).items()] if changes != "{}" else []
    if details != "{}":
        found += [(f"details:{key}", value) for key, value in json_of(details).items()]
    found.sort(key=_name)
    return found


def unescaped(column: str) -> str:
    """In JSON's text there is nothing that COPY escapes but the backslash."""
    return column.replace("\\\\", "\\") if "\\" in column else column


def json_of(column: str) -> dict[str, Any]:
    if column == "{}":
        return {}
    text = unescaped(column)
    found, end = _scan(text, 0)
    if end != len(text) or type(found) is not dict:
        raise ValueError("It is not one mapping.")
    return found


def _name(item: tuple[str, Any]) -> str:
    return item[0]


def leaf(nonce: str, name: str, value: Any) -> str:
    """As `audit.leaves.leaf`; most values are a text or a pair of them."""
    kind = type(value)
    if kind is list and len(value) == 2:  # noqa: PLR2004
        before, after = value
        if type(after) is str and (before is None or type(before) is str):
            was = "null" if before is None else _quoted(before)
            return f'["v1","{nonce}",{_quoted(name)},[{was},{_quoted(after)}]]'
    text = _quoted(value) if kind is str else leaves.encode(value)
    return f'["v1","{nonce}",{_quoted(name)},{text}]'
