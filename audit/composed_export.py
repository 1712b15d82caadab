"""The files of `audit.export`, the same to the byte, from text that PostgreSQL composes."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from audit import composed, leaves, reading
from audit.chaining_trigger import MOMENT
from audit.reading import Chain

ByRows = Callable[[Sequence[leaves.Row], bool], str]
# How many entries, and their text.
Chunks = Iterator[tuple[int, str]]


def json_lines(chain: Chain, values: bool, by_rows: ByRows) -> Chunks:  # noqa: FBT001 - as in the table of the formats
    for text, after, last in composed.pages(chain):
        try:
            lines = [_json_line(chain.organisation, entry, values) for entry in composed.entries(text or "")]
        except ValueError:
            yield from _read_by_rows(chain, after, last, values, by_rows)
        else:
            yield len(lines), "".join(lines)


def _read_by_rows(chain: Chain, after: int, last: int, values: bool, by_rows: ByRows) -> Chunks:  # noqa: FBT001
    for page in reading.pages(Chain(chain.organisation, last, chain.count), after=after):
        yield len(page), by_rows(page, values)


def _json_line(organisation: int, entry: list[str], values: bool) -> str:  # noqa: FBT001
    seq, at, prev_hash, content_hash, entry_hash, before, rest, changes, details, nonces, digests = entry
    named = composed.named(changes, details)
    if len(nonces) != leaves.NONCE * (len(named) + 1):
        raise ValueError(f"Entry {seq} of organisation {organisation} has not as many nonces as leaves.")
    shown = composed.envelope(nonces[: leaves.NONCE], before, rest, named)
    if named:
        shown += f",{_values(named, nonces, digests, values)}"
    return (
        f'{{"v":"{leaves.VERSION}","organisation":{organisation},"seq":{seq},"recorded_at":"{at}",'
        f'"prev_hash":"{prev_hash}","content_hash":"{content_hash}","entry_hash":"{entry_hash}","leaves":[{shown}]}}\n'
    )


def _values(named: list[tuple[str, Any]], nonces: str, digests: str, values: bool) -> str:  # noqa: FBT001
    if not values or leaves.BLANKED in nonces:
        own_digests = leaves.split(digests, leaves.DIGEST)[1:]
        shown = zip(leaves.split(nonces, leaves.NONCE)[1:], named, own_digests, strict=True)
        return ",".join(
            leaves.leaf(nonce, *item) if values and nonce != leaves.BLANKED else f'"{digest}"'
            for nonce, item, digest in shown
        )
    starts = range(leaves.NONCE, len(nonces), leaves.NONCE)
    return leaves.encode(
        [
            [leaves.VERSION, nonces[start : start + leaves.NONCE], name, value]
            for start, (name, value) in zip(starts, named, strict=True)
        ]
    )[1:-1]


def _safe(text: str) -> str:
    """As `audit.export.safe`: by the first character's number."""
    return f"CASE WHEN ascii({text}) IN (61, 43, 45, 64, 9, 13) THEN '''' || {text} ELSE NULLIF({text}, '') END"


def _number(column: str) -> str:
    return f"CASE WHEN {column} < 0 THEN '''' || {column} ELSE {column}::text END"


NAMES = "(SELECT string_agg(key, ' ' ORDER BY key COLLATE \"C\") FROM jsonb_object_keys({}) AS names(key))"
CELLS = [
    _number("organisation"), _number("seq"), MOMENT.format("recorded_at"),
    MOMENT.format("timestamp"), _safe("event"), _number("actor_id"), _safe("actor_email"), _safe("subject"),
    _safe("object_pk"), _safe("object_repr"), _safe("cid"), "btrim(to_json(remote_addr)::text, '\"')",
    _safe(f"""CASE WHEN changes = '{{}}' AND additional_data = '{{}}' THEN ''
    ELSE concat_ws(' ', {NAMES.format("changes")}, {NAMES.format("additional_data")}) END"""),
]  # fmt: skip
HASHES = [_safe(column) for column in ("prev_hash", "content_hash", "entry_hash")]


class _Lines(list[bytes]):
    write = list[bytes].append


def csv_lines(chain: Chain, values: bool, by_rows: ByRows) -> Chunks:  # noqa: FBT001
    cells = ", ".join([*CELLS, *(["changes::text", "additional_data::text"] if values else []), *HASHES])
    raw = composed.driver()
    after = -(2**63)
    while (found := _end(raw, chain, after))[0] is not None:
        last, plain = found
        if not plain:
            yield from _read_by_rows(chain, after, last, values, by_rows)
        else:
            lines = _Lines()
            with raw.cursor() as cursor:
                this_page = composed.FROM.replace("%s", "{}").format(chain.organisation, after, last, "ALL")
                cursor.copy_expert(f"COPY (SELECT {cells} {this_page}) TO STDOUT (FORMAT csv)", lines)
            # The engine ends its lines as Unix does, and Python's csv as spreadsheets do.
            yield len(lines), "".join([f"{line[:-1].decode()}\r\n" for line in lines])
        after = last


def _end(raw: Any, chain: Chain, after: int) -> Any:
    with raw.cursor() as cursor:
        sql = f"SELECT max(seq), bool_and(plain) FROM (SELECT seq, {composed.PLAIN} AS plain {composed.FROM}) page"
        cursor.execute(sql, [chain.organisation, after, chain.last, composed.PAGE])
        return cursor.fetchone()
