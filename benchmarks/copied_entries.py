"""Entries of one decision made into those of many, as text: only keys, references and nonces differ.

Nothing here needs Django to be set up, so that other processes start quickly.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from audit import leaves

# Stands in every key, reference and public id of the decision that is copied, and nowhere else.
MARK = "88888888"
FIRST = 10_000_000
COLUMNS = ("recorded_at", *leaves.ENVELOPE_COLUMNS, "changes", "additional_data")
CHAINED = ("organisation", "seq", "prev_hash", "content_hash", "entry_hash", "nonces", "digests")
ESCAPED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
HEX = leaves.NONCE


@dataclass(frozen=True)
class Entries:
    """One decision's entries in order, ready to copy: fixed columns, leaves without nonces, and leaves per entry."""

    columns: str
    texts: str
    counts: tuple[int, ...]

    @classmethod
    def of(cls, rows: Sequence[leaves.Row]) -> "Entries":
        named = [leaves.values(row) for row in rows]
        texts = [leaves.encode([name, value])[1:] for each in named for name, value in each.items()]
        return cls("\n".join(map(_cells, rows)), "\n".join(texts), tuple(map(len, named)))

    def copy(self, number: int) -> Iterator[tuple[str, str, str]]:
        """Of each entry of that copy: its fixed columns, its content hash, and its nonces and digests."""
        columns = self.columns.replace(MARK, str(number)).split("\n")
        texts = self.texts.replace(MARK, str(number)).encode("ascii").split(b"\n")
        nonces = os.urandom(HEX // 2 * len(texts)).hex()
        keys = [nonces[place : place + HEX].encode() for place in range(0, len(nonces), HEX)]
        digests = [sha256(b'["v1","%b",%b' % pair).hexdigest() for pair in zip(keys, texts, strict=True)]
        place = 0
        for count, cells in zip(self.counts, columns, strict=True):
            own, place = digests[place : place + count], place + count
            content = sha256("".join(sorted(own)).encode()).hexdigest()
            yield cells, content, f"{nonces[HEX * (place - count) : HEX * place]}\t{''.join(own)}"


def copies(entries: Entries, numbers: Sequence[int]) -> list[tuple[str, str, str]]:
    return [each for number in numbers for each in entries.copy(number)]


class Chain:
    """Links the copies to the last entry that was there, as lines for COPY of COLUMNS and CHAINED."""

    def __init__(self, organisation: int, seq: int, head: str, moment: str) -> None:
        self.organisation, self.seq, self.head, self.moment = organisation, seq, head, moment

    def lines(self, made: Sequence[tuple[str, str, str]]) -> Iterator[str]:
        for cells, content, sealed in made:
            self.seq += 1
            before = self.head
            line = f"{leaves.VERSION}|{self.organisation}|{self.seq}|{self.moment}|{before}|{content}"
            self.head = leaves.digest(line)
            yield f"{cells}\t{self.organisation}\t{self.seq}\t{before}\t{content}\t{self.head}\t{sealed}\n"


def _cells(row: leaves.Row) -> str:
    return "\t".join(_cell(row[column]) for column in COLUMNS)


def _cell(value: Any) -> str:
    if value is None:
        return r"\N"
    return (leaves.encode(value) if isinstance(value, dict | list) else str(value)).translate(ESCAPED)
