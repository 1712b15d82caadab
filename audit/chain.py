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
    for organisation in sorted(chains):
        lock(organisation)
    ordered = [chained for organisation in sorted(chains) for chained in _chain(organisation, chains[organisation])]
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


def _chain(organisation: int, entries: list[Entry]) -> list[Entry]:
    with connection.cursor() as cursor:
        cursor.execute(_head(type(entries[0])), [organisation])
        seq, head = cursor.fetchone() or (0, leaves.GENESIS)
    recorded_at = timezone.now()
    for entry in entries:
        seq += 1
        entry.seq, entry.prev_hash, entry.recorded_at = seq, head, recorded_at
        seal(entry)
        head = entry.entry_hash
    return entries


def seal(entry: Entry) -> None:
    """Hash the entry as the database will return it: every column is in its final form by now."""
    row = {column: getattr(entry, column) for column in leaves.COLUMNS}
    named = leaves.values(row)
    entry.nonces = leaves.new_nonces(len(named))
    nonces = leaves.split(entry.nonces, leaves.NONCE)
    digests = [
        leaves.digest(leaves.leaf(nonce, name, value))
        for nonce, (name, value) in zip(nonces, named.items(), strict=True)
    ]
    entry.digests = "".join(digests)
    entry.content_hash = leaves.content_hash(digests)
    entry.entry_hash = leaves.digest(
        leaves.chain_line(entry.organisation, entry.seq, entry.recorded_at, entry.prev_hash, entry.content_hash)
    )
