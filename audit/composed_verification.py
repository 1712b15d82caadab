"""Whether a whole page of a chain is as it was written, from text that PostgreSQL composes.

It says yes or nothing: a page in which anything is in doubt is read again by rows, which says what is wrong and where.
"""

from collections.abc import Container
from hashlib import sha256
from typing import NamedTuple

from audit import composed, leaves
from audit.checkpointing import MADE

IN_DOUBT = (AttributeError, TypeError, ValueError)
CHECKPOINT = f'"event":"{MADE}"'


class Verified(NamedTuple):
    recorded_at: str
    line: str
    entry_hash: str
    is_checkpoint: bool


class _InDoubt(ValueError):
    pass


def verified(text: str, organisation: int, checked: int, head: str, disposed: Container[int]) -> list[Verified]:
    """Every entry of the page, which follows so many others and this hash. Empty when it is to be read by rows."""
    found: list[Verified] = []
    try:
        for seq, entry in enumerate(composed.entries(text), checked + 1):
            if seq in disposed:
                return []
            found.append(_verified(entry, organisation, str(seq), head))
            head = found[-1].entry_hash
    except IN_DOUBT:
        return []
    return found


def _verified(entry: list[str], organisation: int, expected: str, head: str) -> Verified:
    seq, at, prev_hash, content_hash, entry_hash, before, after, changes, details, nonces, digests = entry
    hashes = _hashes(before, after, changes, details, nonces)
    line = f"{leaves.VERSION}|{organisation}|{seq}|{at}|{prev_hash}|{content_hash}"
    if (
        (seq, prev_hash, "".join(hashes)) != (expected, head, digests)
        or leaves.content_hash(hashes) != content_hash
        or leaves.digest(line) != entry_hash
    ):
        raise _InDoubt
    return Verified(at, line, entry_hash, before.endswith(CHECKPOINT))


def _hashes(before: str, after: str, changes: str, details: str, nonces: str) -> list[str]:
    values = composed.named(changes, details)
    if len(nonces) != leaves.NONCE * (len(values) + 1) or leaves.BLANKED in nonces:
        raise _InDoubt
    texts = [composed.envelope(nonces[: leaves.NONCE], before, after, values)]
    for place, (name, value) in enumerate(values, 1):
        texts.append(leaves.leaf(nonces[leaves.NONCE * place : leaves.NONCE * (place + 1)], name, value))
    return [sha256(text.encode("ascii")).hexdigest() for text in texts]
