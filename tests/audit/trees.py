"""Chains long enough for tiles, and what is done to them behind our back."""

import datetime as dt
from typing import Any

from audit import chain as chaining
from audit import leaves, ledger
from audit.checkpointing import make_checkpoint
from audit.models import Checkpoint, LedgerEntry
from tests.audit.conftest import AT, TABLE, chain, put, sql

ORGANISATION = 7
TILES, CHECKPOINTS = "audit_treetile", "audit_checkpoint"


def entries(count: int, *, organisation: int = ORGANISATION) -> None:
    """That many at once, in one block."""
    with ledger.recording(actor=None, at=AT):
        for number in range(count):
            ledger.append("decision.opened", organisation=organisation, details={"number": number})


def checkpoint(*, organisation: int = ORGANISATION, hour: int = 0) -> Checkpoint:
    made = make_checkpoint(organisation, by=None, at=AT + dt.timedelta(hours=hour))
    assert made is not None
    return made


def rewrite(seq: int, **columns: Any) -> None:
    """A skilled forger: change one entry, then hash it and every later one again. Only while tampering()."""
    all_entries = chain(ORGANISATION)
    head = all_entries[seq - 2].entry_hash if seq > 1 else leaves.GENESIS
    for entry in all_entries[seq - 1 :]:
        for name, value in columns.items() if entry.seq == seq else ():
            setattr(entry, name, value)
        entry.prev_hash = head
        chaining.seal(entry)
        head = entry.entry_hash
    sql(f"DELETE FROM {TABLE} WHERE organisation = {ORGANISATION} AND seq >= {seq}")
    put(all_entries[seq - 1 :])


def made_entries() -> list[LedgerEntry]:
    return [entry for entry in chain(ORGANISATION) if entry.event == "ledger.checkpoint_made"]
