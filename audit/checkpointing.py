"""Make a checkpoint: sign how many entries a chain has, and their root. docs/ledger.md has the format."""

import datetime as dt
from functools import partial
from hashlib import sha256

from django.db import IntegrityError, connection, transaction

from audit import ledger, origins, signing, witness_files
from audit.models import Checkpoint, LedgerEntry
from audit.tlog.checkpoints import Head, head_of
from audit.tlog.notes import BadNote, parsed, signed_by
from audit.tlog.tiles import Growing
from audit.tlog.tree import leaf_hash
from audit.tree_rows import as_kept, chain_lines, grow

MADE = "ledger.checkpoint_made"
MAILED = "ledger.checkpoint_mailed"
ABOUT_ITSELF = (MADE, MAILED)
# Beside the chain locks of audit.chain. Entries go on being written while a tree catches up.
LOCKS = 0x4C45_4454_0000_0000
ENTRIES_AT_ONCE = 16_384


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

    It is entered in the chain itself, so a checkpoint that is taken away is missed, and once committed it is kept
    outside, whoever asked for it. A long chain with no checkpoint yet
    gets several, each in a transaction short enough for others to write between. Whoever calls this has asked
    whether `by` may: nobody is the server's own command.
    """
    while True:
        with ledger.recording(actor=by, at=at):
            _lock(organisation)
            size, last = _size(organisation), latest(organisation)
            if size == 0 or (last and not even_if_nothing_new and _is_nothing_new(last)):
                return last
            upto = min(size, (last.size if last else 0) + ENTRIES_AT_ONCE)
            tree = _still_as_signed(last) if last else Growing()
            _grow(tree, organisation, upto)
            made = _sign(Head(origins.origin(organisation), upto, tree.root()), organisation, at)
        if upto == size:
            return made


def _still_as_signed(last: Checkpoint) -> Growing:
    """The tree up to the latest checkpoint, once it is found to be what was signed: a log signs one history only."""
    tree = as_kept(last.organisation, last.size)
    for line in chain_lines(last.organisation, tree.size, last.size):
        tree.add(leaf_hash(line))
    what = note_fault(last) or ("" if tree.root() == bytes(last.root) else "its root is not that of the entries")
    if what:
        raise Rewritten(
            f"No checkpoint was made of organisation {last.organisation}. Its checkpoint of {last.size} entries: "
            f"{what}. Run `manage.py verify_ledger`."
        )
    return tree


def note_fault(found: Checkpoint) -> str:
    """What is wrong with a checkpoint in itself: its signature, or columns that say other than the note; else empty."""
    try:
        note = parsed(found.note)
        head = head_of(note)
        known = signing.public_keys(head.origin)
        if not known:
            return f"its signature cannot be verified, because {signing.key_file()} is not there"
        signed_by(note, known)
    except (BadNote, signing.BadKey) as error:
        return str(error)
    same = (head.size, head.root) == (found.size, bytes(found.root))
    return "" if same else "its columns are not what was signed"


def _grow(tree: Growing, organisation: int, size: int) -> None:
    try:
        grow(tree, organisation, size)
    except IntegrityError:
        raise Rewritten(
            f"A tile of organisation {organisation} is there that nobody signed, so no checkpoint was made. "
            "Run `manage.py verify_ledger`."
        ) from None


def _sign(head: Head, organisation: int, at: dt.datetime) -> Checkpoint:
    note = str(signing.signed(str(head), name=head.origin))
    made = Checkpoint(organisation=organisation, size=head.size, root=head.root, note=note, made_at=at)
    made.save(force_insert=True)
    ledger.append(MADE, organisation=organisation, details=entered(head.size, head.root, note))
    transaction.on_commit(partial(witness_files.keep_or_say, organisation), robust=True)
    return made


def entered(size: int, root: bytes, note: str) -> dict[str, int | str]:
    """What the chain's own entry says of a checkpoint."""
    return {"size": size, "root": root.hex(), "note_sha256": sha256(note.encode()).hexdigest()}


def _size(organisation: int) -> int:
    last = LedgerEntry.objects.filter(organisation=organisation).order_by("-seq").values_list("seq", flat=True).first()
    return int(last or 0)


def size_to_sign(organisation: int) -> int:
    """How many entries the next checkpoint would have; nought if nothing came since the latest one."""
    last = latest(organisation)
    return 0 if last and _is_nothing_new(last) else _size(organisation)


def _is_nothing_new(last: Checkpoint) -> bool:
    """Only entries about that checkpoint itself. Otherwise each would be a reason for the next."""
    later = LedgerEntry.objects.filter(organisation=last.organisation, seq__gt=last.size)
    return not later.exclude(event__in=ABOUT_ITSELF).exists()


def _lock(organisation: int) -> None:
    """One maker of checkpoints at a time. Taken before the chain's lock, never after it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCKS + organisation])
