"""Every part of decisions and families, read in one query a table with SQL composed once per process (ADR 0023).

Django composes the SQL of each prefetch again at every request. For the many small tables below a decision that costs
several times what the database needs to answer. Most of them have nothing of most decisions, so one query says first
which have.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Self, TypeVar

from django.db import connection
from django.db.models import ForeignKey, Model

from audit.models import AuditedQuerySet
from audit.statements import rows_where

Row = TypeVar("Row", bound=Model)
Key = ForeignKey[Any, Any]
# Fewer tables are as quickly read as asked about; of many rows, hardly a table has none.
FEW_TABLES, MANY_ROWS = 4, 50


@dataclass(frozen=True)
class _Root:
    """The rows that everything is read for, by key, and the foreign keys by which no row names them."""

    model: type[Model]
    rows: dict[Any, Model]
    empty: frozenset["Key"]


class PartsQuerySet(AuditedQuerySet[Row]):
    """A queryset whose rows can be read together with what belongs to them."""

    _paths: tuple[str, ...] = ()

    def with_related(self, *paths: str) -> Self:
        """As prefetch_related(), one query a table, for relations that hold one decision's rows."""
        found = self._chain()  # type: ignore[attr-defined]  # not in the stubs
        found._paths = paths
        return found  # type: ignore[no-any-return]

    def _clone(self) -> Self:
        clone = super()._clone()  # type: ignore[misc]  # not in the stubs
        clone._paths = self._paths
        return clone  # type: ignore[no-any-return]

    def _fetch_all(self) -> None:
        new = self._result_cache is None
        super()._fetch_all()
        if new and self._paths:
            read_parts(self._result_cache or [], self._paths)


def read_parts(rows: Sequence[Model], paths: Iterable[str]) -> None:
    """Read the rows at the end of each path, such as "items__about", into these rows of one table.

    Afterwards `item.about.all()` costs no query, and each row knows its parent and its decision.
    """
    if not rows:
        return
    paths = tuple(paths)
    at: dict[str, Sequence[Model]] = {"": rows}
    root = _Root(type(rows[0]), {row.pk: row for row in rows}, _empty_tables(rows, paths))
    for path in paths:
        before = ""
        for name in path.split("__"):
            here = f"{before}__{name}" if before else name
            if here not in at:
                at[here] = _related(at[before], name, root)
            before = here


def _empty_tables(rows: Sequence[Model], paths: tuple[str, ...]) -> frozenset[Key]:
    """By which keys no row names these rows. Asked only where that saves queries."""
    keys = _keys(type(rows[0]), paths)
    if len(keys) < FEW_TABLES or len(rows) > MANY_ROWS:
        return frozenset()
    marks = ", ".join(["%s"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(_which_have_rows(keys).replace("(%s)", f"({marks})"), [row.pk for row in rows] * len(keys))
        found = cursor.fetchone()
    return frozenset(key for key, has_rows in zip(keys, found, strict=True) if not has_rows)


@cache
def _which_have_rows(keys: tuple[Key, ...]) -> str:
    quoted = connection.ops.quote_name
    named = [(quoted(key.model._meta.db_table), quoted(key.column)) for key in keys]
    asked = [f"EXISTS (SELECT 1 FROM {table} WHERE {column} IN (%s))" for table, column in named]  # noqa: S608 - our names
    return f"SELECT {', '.join(asked)}"


@cache
def _keys(model: type[Model], paths: tuple[str, ...]) -> tuple[Key, ...]:
    """Those by which rows on the paths name the decision itself, each once."""
    found: dict[Key, None] = {}
    for path in paths:
        here = model
        for name in path.split("__"):
            relation: Any = here._meta.get_field(name)
            if not isinstance(relation, ForeignKey) and (key := _root_key(relation.field, model)):
                found[key] = None
            here = relation.related_model
    return tuple(found)


def _related(parents: Sequence[Model], name: str, root: _Root) -> Sequence[Model]:
    if not parents:
        return ()
    relation = parents[0]._meta.get_field(name)
    if isinstance(relation, ForeignKey):
        return _above(parents, relation)
    return _below(parents, name, relation.field, root)  # type: ignore[union-attr,arg-type]  # a reverse relation


def _above(rows: Sequence[Model], key: Key) -> Sequence[Model]:
    """What a foreign key of these rows points to; each row of it once."""
    unread = [row for row in rows if not key.is_cached(row) and getattr(row, key.attname) is not None]
    if unread:
        model: type[Model] = key.related_model  # type: ignore[assignment]
        found = {row.pk: row for row in rows_where(model, "pk", {getattr(row, key.attname) for row in unread})}
        for row in unread:
            key.set_cached_value(row, found[getattr(row, key.attname)])
    above: dict[Any, Model] = {}
    for row in rows:
        found_above = key.get_cached_value(row) if key.is_cached(row) else None
        if found_above is not None:
            # The same object for all, or what is read below it would reach one of them only.
            key.set_cached_value(row, above.setdefault(found_above.pk, found_above))
    return list(above.values())


def _below(parents: Sequence[Model], name: str, key: Key, root: _Root) -> Sequence[Model]:
    """The rows whose foreign key points to these parents, found by decision wherever the table names one."""
    own = _root_key(key, root.model)
    if own is key and root.rows.get(parents[0].pk) is not parents[0]:
        own = None  # what follows another decision than the one that is read
    if own is None:
        rows = rows_where(key.model, key.attname, {parent.pk for parent in parents})
    elif own in root.empty:
        rows = []
    else:
        rows = rows_where(key.model, own.attname, root.rows.keys())
    of_parent: dict[Any, list[Model]] = defaultdict(list)
    for row in rows:
        of_parent[getattr(row, key.attname)].append(row)
        if own is not None:
            own.set_cached_value(row, root.rows[getattr(row, own.attname)])
    for parent in parents:
        _keep(parent, name, key, of_parent[parent.pk])
    return rows


@cache
def _root_key(key: Key, root: type[Model]) -> Key | None:
    """The foreign key by which rows of this key's table name the decision, or the family, that is read."""
    keys = (field for field in key.model._meta.concrete_fields if isinstance(field, ForeignKey))
    named = (field for field in keys if field.name == root._meta.model_name and field.related_model is root)
    # One decision follows another by a key of its own name.
    return next(named, key if key.model is root and key.related_model is root else None)


def _keep(parent: Model, name: str, key: Key, rows: list[Model]) -> None:
    """What django.db.models.query.prefetch_one_level does with the rows that it has read."""
    for row in rows:
        key.set_cached_value(row, parent)
    if key.unique:
        key.remote_field.set_cached_value(parent, rows[0] if rows else None)
        return
    found = _unread(key.model)
    found._hints = {"instance": parent}
    # As the related manager does, but without a clone for each parent: the filter is applied if somebody asks again.
    found._deferred_filter = False, (), {key.name: parent}
    found._known_related_objects = {key: {parent.pk: parent}}
    found._result_cache, found._prefetch_done = rows, True
    parent.__dict__.setdefault("_prefetched_objects_cache", {})[name] = found


def _unread(model: type[Model]) -> Any:
    """A queryset of this table. Most are never asked for more than the rows that were read: none composes a query."""
    lent = _lent(model)
    if not isinstance(lent, AuditedQuerySet):
        return model._default_manager.get_queryset()
    found: Any = object.__new__(type(lent))
    found.__dict__.update(lent.__dict__)
    return found


@cache
def _lent(model: type[Model]) -> Any:
    found: Any = model._default_manager.get_queryset()
    found.query_is_lent = True
    return found
