"""Link entries into their organisation's chain at the end of a recording block: number, hash and insert them."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any, Protocol

from django.db import connection, models
from django.utils import timezone

from audit import leaves


class Entry(Protocol):
    """What this module needs of `audit.models.LedgerEntry`, which imports the modules that import this one."""

    organisation: Any
    seq: Any
    event: Any
    timestamp: Any
    recorded_at: Any
    actor_id: Any
    actor_email: Any
    cid: Any
    remote_addr: Any
    nonces: Any
    digests: Any
    prev_hash: Any
    content_hash: Any
    entry_hash: Any


# PostgreSQL's advisory locks share one number space; this is where ours begins.
LOCKS = 0x4C45_4447_0000_0000

# Number and hash of the last entry, which the next one follows.
Head = tuple[int, str]
FIRST: Head = (0, leaves.GENESIS)


def link(entries: Sequence[Entry]) -> None:
    """Chain the entries of each organisation to its last one, and insert all in one statement.

    The chain lock is the last lock of a transaction, and organisations are locked in order, so two blocks cannot
    deadlock.
    """
    if not entries:
        return
    chains: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        chains[entry.organisation].append(entry)
    for entry in entries:
        seal_content(entry)  # before the lock, for which others wait
    if len(chains) == 1:
        ordered = _chain(entries[0].organisation, entries, _locked_head(entries[0]))
    else:
        for organisation in sorted(chains):
            lock(organisation)
        ordered = [
            entry
            for organisation in sorted(chains)
            for entry in _chain(organisation, chains[organisation], _asked(chains[organisation][0], organisation))
        ]
    # Straight to the table: the model's own manager refuses to write.
    _table(ordered).bulk_create(ordered)


def _table(entries: Sequence[Entry]) -> "models.QuerySet[Any]":
    return models.QuerySet(type(entries[0]))  # type: ignore[arg-type]  # a model, by its Protocol


def lock(organisation: int) -> None:
    """Hold the chain until the transaction ends. SQLite's write transactions already exclude each other."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCKS + organisation])


@cache
def _head(model: Any) -> str:
    """The SQL of the last entry of a chain. Every page that shows a person's data asks it, so it is composed once."""
    rows: models.QuerySet[Any, Any] = (
        models.QuerySet(model).filter(organisation=0).order_by("-seq").values_list("seq", "entry_hash")[:1]
    )
    return str(rows.query.sql_with_params()[0])


def _locked_head(entry: Entry) -> Head:
    """Both in one message, for the usual block has one chain. The second statement sees what the lock waited for."""
    if connection.vendor != "postgresql":
        return _asked(entry, entry.organisation)
    with connection.cursor() as cursor:
        both = f"SELECT pg_advisory_xact_lock(%s); {_head(type(entry))}"
        cursor.execute(both, [LOCKS + entry.organisation, entry.organisation])
        return cursor.fetchone() or FIRST


def _asked(entry: Entry, organisation: int) -> Head:
    with connection.cursor() as cursor:
        cursor.execute(_head(type(entry)), [organisation])
        return cursor.fetchone() or FIRST


def _chain(organisation: int, entries: Sequence[Entry], head: Head) -> Sequence[Entry]:
    seq, prev_hash = head
    recorded_at = timezone.now()
    for entry in entries:
        seq += 1
        entry.seq, entry.prev_hash, entry.recorded_at = seq, prev_hash, recorded_at
        line = leaves.chain_line(organisation, seq, recorded_at, prev_hash, entry.content_hash)
        entry.entry_hash = prev_hash = leaves.digest(line)
    return entries


def seal(entry: Entry) -> None:
    """Hash the entry, which knows its place in the chain."""
    seal_content(entry)
    entry.entry_hash = leaves.digest(
        leaves.chain_line(entry.organisation, entry.seq, entry.recorded_at, entry.prev_hash, entry.content_hash)
    )


def seal_content(entry: Entry) -> None:
    """Hash the values as the database will return them: every column of them is in its final form by now."""
    row = {column: getattr(entry, column) for column in (*leaves.ENVELOPE_COLUMNS, "changes", "additional_data")}
    named = leaves.values(row)
    entry.nonces = leaves.new_nonces(len(named))
    nonces = leaves.split(entry.nonces, leaves.NONCE)
    digests = [
        leaves.digest(leaves.leaf(nonce, name, value))
        for nonce, (name, value) in zip(nonces, named.items(), strict=True)
    ]
    entry.digests = "".join(digests)
    entry.content_hash = leaves.content_hash(digests)
