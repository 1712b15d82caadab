"""Where a record stands in the audit log, for somebody who compares a printed copy with it."""

from dataclasses import dataclass

from audit.models import LedgerEntry

HASH_SHOWN = 16


@dataclass(frozen=True)
class EntryInLog:
    """Without a checkpoint there is no tree yet, and size and root are empty."""

    seq: int
    hash: str
    index: int
    tree_size: int | None
    root: str


def entry_in_log(entry: LedgerEntry | None) -> EntryInLog | None:
    """The first 16 hex digits of each hash are enough to tell two apart on paper."""
    if entry is None:
        return None
    size, root = getattr(entry, "tree_size", None), getattr(entry, "tree_root", None)
    shown = bytes(root).hex()[:HASH_SHOWN] if root else ""
    return EntryInLog(entry.seq, entry.entry_hash[:HASH_SHOWN], entry.seq - 1, size, shown)
