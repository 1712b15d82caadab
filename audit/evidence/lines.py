"""The lines of a bundle's entries. Each is the very text that was hashed, or says in JSON what is left out."""

import json
from collections.abc import Callable, Iterator

from audit import copied_lines, leaves
from audit.tlog.tiles import ReadRow, hash_of
from audit.tlog.tree import complete_parts

DISPOSED = "disposed of"
# Why a field of an entry is left out; empty when it is not. Of the row it may ask for the subject alone.
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
            yield left_out(why, digest)
        else:
            yield f"{leaves.leaf(nonce, name, value)}\n"


def left_out(why: str, digest: str) -> str:
    return f'{{"left_out":{json.dumps(why)},"digest":"{digest}"}}\n'


def copied_entry(organisation: int, line: str, leave_out: LeaveOut) -> tuple[int, str, list[str]]:
    """Number, lines and reasons, as `entry_lines` has them, of an entry as COPY writes it: `audit.copied_lines`."""
    seq, at, prev_hash, content_hash, _, _, envelope, named, nonces, digests = copied_lines.entry(line)
    if not (prev_hash + content_hash).isalnum() or '"' in nonces or "\\" in nonces:
        raise ValueError("A hash or a nonce is none.")
    row = {"subject": copied_lines.subject(line)}
    parts, reasons = (
        [f'"{leaves.VERSION}|{organisation}|{seq}|{at}|{prev_hash}|{content_hash}"\n{envelope}\n'],
        list[str](),
    )
    for place, (name, value) in enumerate(named, start=1):
        nonce = nonces[leaves.NONCE * place : leaves.NONCE * (place + 1)]
        why = DISPOSED if nonce == leaves.BLANKED else leave_out(row, name)
        if why:
            reasons.append(why)
            parts.append(left_out(why, digests[leaves.DIGEST * place : leaves.DIGEST * (place + 1)]))
        else:
            parts.append(f"{copied_lines.leaf(nonce, name, value)}\n")
    return int(seq), "".join(parts), reasons


def gap_line(first: int, last: int, row: ReadRow) -> str:
    """Entries that are not shown, numbered from one: the hashes of the complete parts of the tree that they are."""
    parts = [
        hash_of((index << height, (index + 1) << height), row).hex()
        for height, index in complete_parts(first - 1, last)
    ]
    return json.dumps({"gap": [first, last], "hashes": parts}, separators=(",", ":")) + "\n"
