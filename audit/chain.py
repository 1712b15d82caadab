"""Link entries into their organisation's chain at the end of a recording block: hash, number and insert them.

PostgreSQL locks, numbers and chains them in the statement that inserts them (`audit.chaining_trigger`), so nobody waits
for a message of ours. On SQLite, where writing transactions exclude each other anyway, this module does.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, Protocol

from django.db import IntegrityError, connection, models
from django.utils import timezone

from audit import leaves
from audit.chaining_trigger import CHAINED, FOLLOWS, TOGETHER
from audit.inserting import insert


class Entry(Protocol):
    """What this module needs of `audit.models.LedgerEntry`, which imports the modules that import this one."""

    organisation: Any
    seq: Any
    event: Any
    timestamp: Any
    recorded_at: Any
    actor_id: Any
    actor_email: Any
    additional_data: Any
    cid: Any
    remote_addr: Any
    nonces: Any
    digests: Any
    prev_hash: Any
    content_hash: Any
    entry_hash: Any


# Number and hash of the last entry, which the next one follows.
Head = tuple[int, str]
FIRST: Head = (0, leaves.GENESIS)


class NotChained(RuntimeError):
    """The database did not number an entry, so nothing of its block was written."""


def link(entries: Sequence[Entry]) -> None:
    """Chain the entries of each organisation to its last one, and insert all in one statement.

    The chain lock is the last lock of a transaction, and organisations are locked in order, so two blocks cannot
    deadlock.
    """
    if not entries:
        return
    for entry in entries:
        seal_content(entry)  # before the lock, for which others wait
    ordered = sorted(entries, key=_organisation)
    if connection.vendor == "postgresql":
        before = None
        for entry in ordered:
            entry.seq = TOGETHER if entry.organisation == before else FOLLOWS
            before = entry.organisation
        _insert_chained(ordered)
    else:
        _chain(ordered)
        insert(ordered)


def _insert_chained(entries: Sequence[Entry]) -> None:
    try:
        insert(entries, returning=CHAINED)
    except IntegrityError as error:
        if '"recorded_at"' in str(error):
            lost = (
                "The database has lost the trigger that chains the audit log. Run `manage.py migrate` to make it again."
            )
            raise NotChained(lost) from error
        raise


def _organisation(entry: Entry) -> int:
    return int(entry.organisation)


@cache
def _head(model: Any) -> str:
    """The SQL of the last entry of a chain. Every page that shows a person's data asks it, so it is composed once."""
    rows: models.QuerySet[Any, Any] = (
        models.QuerySet(model).filter(organisation=0).order_by("-seq").values_list("seq", "entry_hash")[:1]
    )
    return str(rows.query.sql_with_params()[0])


def _asked(entry: Entry) -> Head:
    with connection.cursor() as cursor:
        cursor.execute(_head(type(entry)), [entry.organisation])
        return cursor.fetchone() or FIRST


def _chain(ordered: Sequence[Entry]) -> None:
    recorded_at = timezone.now()
    organisation: int | None = None
    seq, prev_hash = FIRST
    for entry in ordered:
        if entry.organisation != organisation:
            organisation, (seq, prev_hash) = entry.organisation, _asked(entry)
        seq += 1
        entry.seq, entry.prev_hash, entry.recorded_at = seq, prev_hash, recorded_at
        entry.entry_hash = prev_hash = _entry_hash(entry)


def seal(entry: Entry) -> None:
    """Hash the entry, which knows its place in the chain."""
    seal_content(entry)
    entry.entry_hash = _entry_hash(entry)


def _entry_hash(entry: Entry) -> str:
    line = leaves.chain_line(entry.organisation, entry.seq, entry.recorded_at, entry.prev_hash, entry.content_hash)
    return leaves.digest(line)


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
