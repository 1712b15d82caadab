"""The ledger as a file: CSV for a spreadsheet, JSON Lines for verification.

Without values it has who, when, what, which record and which fields, but no field's value: each is replaced by its
digest, so the JSON Lines can still be verified. docs/adr/0004-ledger-format.md describes both.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256

from audit import composed, leaves
from audit.composed_export import ByRows, Chunks, csv_lines, json_lines
from audit.csv_cells import safe
from audit.reading import Chain, pages
from audit.serialising import moment

COLUMNS = (
    "organisation",
    "seq",
    "recorded_at",
    "happened_at",
    "event",
    "actor",
    "actor_email",
    "subject",
    "record",
    "reference",
    "request",
    "address",
    "fields",
)
HASHES = ("prev_hash", "content_hash", "entry_hash")


class Export:
    """Chunks of bytes. `count` and `sha256` are final once all of them have been read."""

    def __init__(self, kind: str, chains: Sequence[Chain], *, values: bool) -> None:
        self.chains = chains
        self.values = values
        self.count = 0
        self._digest = sha256()
        self._head, self._by_rows, self._composed = WRITERS[kind]

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def __iter__(self) -> Iterator[bytes]:
        yield self._taken(self._head(self.values))
        for chain in self.chains:
            for count, text in self._chunks(chain):
                self.count += count
                yield self._taken(text)

    def _chunks(self, chain: Chain) -> Chunks:
        if composed.is_composed():
            return self._composed(chain, self.values, self._by_rows)
        return ((len(page), self._by_rows(page, self.values)) for page in pages(chain))

    def _taken(self, text: str) -> bytes:
        data = text.encode("utf-8")
        self._digest.update(data)
        return data


def _csv_head(values: bool) -> str:  # noqa: FBT001 - one of a pair the table below holds
    return _csv_text([[*COLUMNS, *(("changes", "details") if values else ()), *HASHES]])


def _csv_page(rows: Sequence[leaves.Row], values: bool) -> str:  # noqa: FBT001
    return _csv_text([_csv_cells(row, values=values) for row in rows])


def _csv_text(lines: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([[safe(cell) for cell in line] for line in lines])
    return text.getvalue()


def _csv_cells(row: leaves.Row, *, values: bool) -> list[str]:
    cells = [
        row["organisation"],
        row["seq"],
        moment(row["recorded_at"]),
        moment(row["timestamp"]),
        row["event"],
        row["actor_id"],
        row["actor_email"],
        row["subject"],
        row["object_pk"],
        row["object_repr"],
        row["cid"],
        row["remote_addr"],
        " ".join([*sorted(row["changes"]), *sorted(row["additional_data"])]),
    ]
    if values:
        cells += [json.dumps(row[column], ensure_ascii=False) for column in ("changes", "additional_data")]
    return ["" if cell is None else str(cell) for cell in (*cells, *(row[column] for column in HASHES))]


def _jsonl_head(values: bool) -> str:  # noqa: ARG001, FBT001 - JSON Lines have no heading
    return ""


def _jsonl_page(rows: Sequence[leaves.Row], values: bool) -> str:  # noqa: FBT001
    return "".join(json_line(row, values=values) for row in rows)


def json_line(row: leaves.Row, *, values: bool) -> str:
    """One entry. Each leaf is the exact text that was hashed, or its digest if its value is left out."""
    digests = leaves.split(row["digests"], leaves.DIGEST)
    nonces = leaves.split(row["nonces"], leaves.NONCE)
    shown = [
        leaves.leaf(nonce, name, value)
        if nonce != leaves.BLANKED and (values or name == leaves.ENVELOPE)
        else f'"{digest}"'
        for (name, value), nonce, digest in zip(leaves.values(row).items(), nonces, digests, strict=True)
    ]
    chain = (
        f'"v":"{leaves.VERSION}","organisation":{row["organisation"]},"seq":{row["seq"]},'
        f'"recorded_at":"{moment(row["recorded_at"])}","prev_hash":"{row["prev_hash"]}",'
        f'"content_hash":"{row["content_hash"]}","entry_hash":"{row["entry_hash"]}"'
    )
    return f'{{{chain},"leaves":[{",".join(shown)}]}}\n'


Head = Callable[[bool], str]
Composed = Callable[[Chain, bool, ByRows], Chunks]
WRITERS: dict[str, tuple[Head, ByRows, Composed]] = {
    "csv": (_csv_head, _csv_page, csv_lines),
    "jsonl": (_jsonl_head, _jsonl_page, json_lines),
}
KINDS = tuple(WRITERS)
