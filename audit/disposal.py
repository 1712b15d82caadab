"""Lawful disposal in the ledger: the values of entries are blanked, and an entry says so. docs/adr/0030-disposal.md.

An entry called a tombstone names the numbers of the entries it blanks, and nothing of what they said. Each of them
keeps its envelope and every digest, so the chain still verifies. This is the only way that an entry ever changes, and
the database lets it pass only in the transaction of the tombstone (audit/ledger_triggers.py).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from auditlog.models import AbstractLogEntry
from django.db import connection
from django.db.models import Model, QuerySet

from audit import recording
from audit.ledger_triggers import DISPOSED, blank_sql
from audit.models import LedgerEntry

# As many keys in one statement as SQLite takes without asking.
MOST_KEYS = 500


def entries_about(organisation: int, rows: Mapping[type[Model], Iterable[Any]]) -> list[int]:
    """The numbers of all entries about these rows, by model, that hold values."""
    found: set[int] = set()
    for model, keys in rows.items():
        for some in _some([str(key) for key in keys]):
            entries: QuerySet[LedgerEntry] = LedgerEntry.objects.filter(
                organisation=organisation, subject=model._meta.label_lower, object_pk__in=some
            )
            with_values = entries.exclude(event=DISPOSED).exclude(changes={}, additional_data={})
            found.update(with_values.values_list("seq", flat=True))
    return sorted(found)


def deleted_rows(organisation: int, model: type[Model], key: str, parents: Iterable[Any]) -> list[str]:
    """The keys of rows that belonged to these parents and were deleted before, of which only entries are left."""
    entries: QuerySet[LedgerEntry] = LedgerEntry.objects.filter(
        organisation=organisation, subject=model._meta.label_lower, action=AbstractLogEntry.Action.DELETE
    )
    # What a field was before it was deleted comes first.
    of_parents = entries.filter(**{f"changes__{key}__0__in": list(parents)})
    return [str(found) for found in of_parents.values_list("object_pk", flat=True)]


def _some(keys: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), MOST_KEYS):
        yield keys[start : start + MOST_KEYS]


def append_tombstone(
    *, organisation: int, obj: Model, entries: Iterable[int], details: Mapping[str, Any],
    stays: Mapping[str, Any] | None = None,
) -> LedgerEntry:  # fmt: skip
    """Enter that `obj` is disposed of; when the block ends, the values of these entries are blanked with it.

    `details` say by which rule and on whose authority; `stays` are the values of what the row keeps, without which
    nobody could tell later whether it was altered. None is ever blanked, so they name nobody of the record.
    """
    tombstone = LedgerEntry(event=DISPOSED, organisation=organisation, action=AbstractLogEntry.Action.ACCESS)
    tombstone.take(obj, stays or {})
    tombstone.additional_data = {**details, "entries": sorted(entries)}
    tombstone.save()
    recording.after_linking(lambda: _blank(tombstone))
    return tombstone


def plain(model: type[Model]) -> "QuerySet[Any]":
    """Past every manager: disposal is entered as one tombstone, and not as the change of each row."""
    return QuerySet(model)


def remove_rows(model: type[Model], keys: list[int]) -> None:
    """Delete rows that a tombstone in this transaction speaks for; the database's triggers ask for it too."""
    quoted = connection.ops.quote_name
    table, key = quoted(model._meta.db_table), quoted(model._meta.pk.column)
    for start in range(0, len(keys), MOST_KEYS):
        some = keys[start : start + MOST_KEYS]
        marks = ", ".join(["%s"] * len(some))
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE {key} IN ({marks})", some)  # noqa: S608 - names of our own


def blank_row(row: Model, values: Mapping[str, Any]) -> None:
    """Leave of a row what its table lets stay, as `remove_rows` does."""
    plain(type(row)).filter(pk=row.pk).update(**values)


def _blank(tombstone: LedgerEntry) -> None:
    if tombstone.seq is None:  # rolled back with its savepoint
        return
    numbers: list[int] = tombstone.additional_data["entries"]
    for start in range(0, len(numbers), MOST_KEYS):
        some = numbers[start : start + MOST_KEYS]
        with connection.cursor() as cursor:
            cursor.execute(blank_sql(connection.vendor, len(some)), [tombstone.organisation, *some])


def disposed_entries(organisation: int) -> dict[int, int]:
    """By number, the entries of a chain that its tombstones name, and which tombstone does."""
    tombstones = LedgerEntry.objects.filter(organisation=organisation, event=DISPOSED).order_by("seq")
    named: dict[int, int] = {}
    for seq, details in tombstones.values_list("seq", "additional_data"):
        numbers = details.get("entries") if isinstance(details, dict) else None
        if isinstance(numbers, list):  # forged, it may be anything; its own hash is then found wrong
            named |= {number: seq for number in numbers if isinstance(number, int)}
    return named
