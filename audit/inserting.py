"""The INSERT of a block's entries, with SQL composed once per process (ADR 0023).

Every change and every page that shows somebody's data waits for it. Django composes such a statement anew each time,
and converts each column by itself.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model

# What both drivers take as it is, unless the column is one of those that Django writes in another form.
PLAIN = frozenset({str, int, type(None)})
CONVERTED = frozenset({"JSONField", "GenericIPAddressField"})
Columns = tuple["Field[Any, Any]", ...]


def insert(entries: Sequence[Any], *, returning: tuple[str, ...] = ()) -> None:
    """All in one statement, or as few as SQLite takes. What the database fills in is put into the entries."""
    model: type[Model] = type(entries[0])
    fields = _fields(model, returning)
    at_once = connection.ops.bulk_batch_size(fields, entries)
    for start in range(0, len(entries), at_once):
        _insert(model, entries[start : start + at_once], returning)


def _insert(model: type[Model], entries: Sequence[Any], returning: tuple[str, ...]) -> None:
    fields = _fields(model, returning)
    values = [_value(field, entry) for entry in entries for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(_sql(model, returning, len(entries)), values)
        filled_in = cursor.fetchall()
    names = (model._meta.pk.attname, *returning)
    for entry, row in zip(entries, filled_in, strict=True):
        entry.__dict__.update(zip(names, row, strict=True))
        entry._state.adding, entry._state.db = False, connection.alias


def _value(field: "Field[Any, Any]", entry: Any) -> Any:
    value = entry.__dict__[field.attname]
    if type(value) in PLAIN and field.get_internal_type() not in CONVERTED:
        return value
    return field.get_db_prep_save(value, connection)


@cache
def _fields(model: type[Model], without: tuple[str, ...]) -> Columns:
    """Every column but the key; of those the database fills in, only the number says which way."""
    left_out = {*without, model._meta.pk.name} - {"seq"}
    return tuple(field for field in model._meta.concrete_fields if field.name not in left_out)


@cache
def _sql(model: type[Model], returning: tuple[str, ...], count: int) -> str:
    quoted = connection.ops.quote_name
    fields = _fields(model, returning)
    columns = ", ".join(quoted(field.column) for field in fields)
    row = f"({', '.join(['%s'] * len(fields))})"
    back = ", ".join(map(quoted, (model._meta.pk.column, *returning)))
    rows = ", ".join([row] * count)
    return f"INSERT INTO {quoted(model._meta.db_table)} ({columns}) VALUES {rows} RETURNING {back}"  # noqa: S608 - names of our own
