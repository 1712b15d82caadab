"""The lines of a bundle's entries. Each is the very text that was hashed, or says in JSON what is left out."""

import json
from collections.abc import Callable, Iterator

from audit import leaves
from audit.tlog.tiles import ReadRow, hash_of
from audit.tlog.tree import complete_parts

DISPOSED = "disposed of"
# Why a field of an entry is left out; empty when it is not.
LeaveOut = Callable[[leaves.Row, str], str]


def nothing_left_out(row: leaves.Row, name: str) -> str:  # noqa: ARG001 - one of a kind
    return ""


def entry_lines(row: leaves.Row, leave_out: LeaveOut, count: Callable[[str], None]) -> str:
    """The chain line, then a line for each field. `count` is told each reason for which one is left out."""
    line = leaves.chain_line(row["organisation"], row["seq"], row["recorded_at"], row["prev_hash"], row["content_hash"])
    return "".join([f'"{line}"\n', *_fields(row, leave_out, count)])


def _fields(row: leaves.Row, leave_out: LeaveOut, count: Callable[[str], None]) -> Iterator[str]:
    digests, nonces = leaves.split(row["digests"], leaves.DIGEST), leaves.split(row["nonces"], leaves.NONCE)
    for (name, value), nonce, digest in zip(leaves.values(row).items(), nonces, digests, strict=True):
        why = DISPOSED if nonce == leaves.BLANKED else "" if name == leaves.ENVELOPE else leave_out(row, name)
        if why:
            count(why)
            yield f'{{"left_out":{json.dumps(why)},"digest":"{digest}"}}\n'
        else:
            yield f"{leaves.leaf(nonce, name, value)}\n"


def gap_line(first: int, last: int, row: ReadRow) -> str:
    """Entries that are not shown, numbered from one: the hashes of the complete parts of the tree that they are."""
    parts = [
        hash_of((index << height, (index + 1) << height), row).hex()
        for height, index in complete_parts(first - 1, last)
    ]
    return json.dumps({"gap": [first, last], "hashes": parts}, separators=(",", ":")) + "\n"
