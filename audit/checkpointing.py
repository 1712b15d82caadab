"""Make a checkpoint: sign how many entries a chain has, and their root. docs/ledger.md has the format."""

import datetime as dt
from hashlib import sha256

from django.db import connection, transaction

from audit import ledger, origins, signing
from audit.models import Checkpoint, LedgerEntry, TreeTile
from audit.tlog.checkpoints import Head
from audit.tlog.tiles import WIDTH, hash_of
from audit.tree_rows import TILES_AT_ONCE, grown, rows

MADE = "ledger.checkpoint_made"
# Beside the chain locks of audit.chain. Entries go on being written while a tree catches up.
LOCKS = 0x4C45_4454_0000_0000


class Rewritten(RuntimeError):
    """The entries are not those of the latest checkpoint, so nothing more is signed."""


def latest(organisation: int) -> Checkpoint | None:
    return Checkpoint.objects.filter(organisation=organisation).order_by("-size").first()


def first_with(organisation: int, seq: int) -> Checkpoint | None:
    """The earliest checkpoint that the entry is in."""
    return Checkpoint.objects.filter(organisation=organisation, size__gte=seq).order_by("size").first()


def make_checkpoint(
    organisation: int, *, by: ledger.Actor, at: dt.datetime, even_if_nothing_new: bool = False
) -> Checkpoint | None:
    """Sign the chain as it is now; the latest checkpoint if only that one's own entry came since. None of no entries.

    It is entered in the chain itself, so a checkpoint that is taken away is missed. Whoever calls this has asked
    whether `by` may: nobody is the server's own command.
    """
    _catch_up(organisation)
    with ledger.recording(actor=by, at=at):
        _lock(organisation)
        size, last = _size(organisation), latest(organisation)
        if size == 0 or (last and not even_if_nothing_new and _is_nothing_new(last, size)):
            return last
        root = grown(organisation, size).root()
        if last:
            _still_begins_with(last, size)
        return _sign(Head(origins.origin(organisation), size, root), organisation, at)


def _sign(head: Head, organisation: int, at: dt.datetime) -> Checkpoint:
    note = str(signing.signed(str(head), name=head.origin))
    made = Checkpoint(organisation=organisation, size=head.size, root=head.root, note=note, made_at=at)
    made.save(force_insert=True)
    ledger.append(MADE, organisation=organisation, details=entered(head.size, head.root, note))
    return made


def entered(size: int, root: bytes, note: str) -> dict[str, int | str]:
    """What the chain's own entry says of a checkpoint."""
    return {"size": size, "root": root.hex(), "note_sha256": sha256(note.encode()).hexdigest()}


def _size(organisation: int) -> int:
    last = LedgerEntry.objects.filter(organisation=organisation).order_by("-seq").values_list("seq", flat=True).first()
    return int(last or 0)


def _is_nothing_new(last: Checkpoint, size: int) -> bool:
    """Only the entry that it was made. Otherwise each checkpoint would be a reason for the next."""
    if size != last.size + 1:
        return size == last.size
    newest = LedgerEntry.objects.filter(organisation=last.organisation, seq=size)
    return bool(newest.filter(event=MADE).exists())


def _still_begins_with(last: Checkpoint, size: int) -> None:
    if hash_of((0, last.size), rows(last.organisation, size)) != bytes(last.root):
        raise Rewritten(
            f"The first {last.size} entries of organisation {last.organisation} are not those of its latest "
            "checkpoint, so none was made. Run `manage.py verify_ledger`."
        )


def _catch_up(organisation: int) -> None:
    """Write the tiles of a long chain that has few, in transactions short enough for others to write between."""
    size = _size(organisation)
    while (covered := TreeTile.objects.filter(organisation=organisation, level=0).count() * WIDTH) < size:
        upto = covered + TILES_AT_ONCE * WIDTH
        if upto >= size:
            return
        with transaction.atomic():
            _lock(organisation)
            grown(organisation, upto)


def _lock(organisation: int) -> None:
    """One maker of checkpoints at a time. Taken before the chain's lock, never after it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCKS + organisation])
