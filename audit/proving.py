"""Proofs for others: that an entry is in a checkpoint, and that one checkpoint follows another."""

import datetime as dt

from audit import ledger
from audit.checkpointing import first_with, make_checkpoint
from audit.models import Checkpoint
from audit.tlog.checkpoints import Proof
from audit.tlog.notes import parsed
from audit.tlog.tiles import hash_of
from audit.tlog.tree import (
    consistency_ranges,
    inclusion_ranges,
    leaf_hash,
    verify_consistency,
    verify_inclusion,
)
from audit.tree_rows import chain_lines, rows


class NotProved(RuntimeError):
    """The entries are not those that were signed."""


def prove_entry(*, organisation: int, seq: int, by: ledger.Actor, at: dt.datetime) -> Proof:
    """Prove that an entry is in the earliest checkpoint with it, made now if there is none. Shows no other entry.

    The caller checks the permission of `by` and enters what was proved. Raises NotProved.
    """
    checkpoint = first_with(organisation, seq) or make_checkpoint(organisation, by=by, at=at)
    if checkpoint is None:
        raise NotProved(f"Organisation {organisation} has no entries.")
    return inclusion(checkpoint, seq)


def inclusion(checkpoint: Checkpoint, seq: int) -> Proof:
    """With the entry's chain line, from which its leaf hash is made."""
    index, size, row = seq - 1, checkpoint.size, rows(checkpoint.organisation, checkpoint.size)
    path = tuple(hash_of(wanted, row) for wanted in inclusion_ranges(index, size))
    line = next(chain_lines(checkpoint.organisation, index, seq), b"")
    if not verify_inclusion(leaf_hash(line), index, size, path, bytes(checkpoint.root)):
        raise NotProved(_instead(checkpoint))
    return Proof(index, path, parsed(checkpoint.note), extra=line)


def consistency(old: Checkpoint, new: Checkpoint) -> tuple[bytes, ...]:
    """Prove that the newer checkpoint begins with the entries of the older one, of the same chain. Raises NotProved."""
    row = rows(new.organisation, new.size)
    path = tuple(hash_of(wanted, row) for wanted in consistency_ranges(old.size, new.size))
    if not verify_consistency(old.size, bytes(old.root), new.size, bytes(new.root), path):
        raise NotProved(_instead(new))
    return path


def _instead(checkpoint: Checkpoint) -> str:
    return (
        f"The entries of organisation {checkpoint.organisation} are not those of its checkpoint of "
        f"{checkpoint.size} entries, so nothing was proved. Run `manage.py verify_ledger`."
    )
