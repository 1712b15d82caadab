"""Rows found by lists of values, with SQL that Django composes once per process (ADR 0023).

Composing the SQL of a queryset takes Django several times as long as the database needs to answer it. Where a page asks
the same small question at every request, that is most of what the page costs.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators  # type: ignore[attr-defined]  # not in the stubs
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Statement:
    """`(%s)` in the SQL stands for the values. The converters turn the database's values into Python's."""

    sql: str
    names: list[str]
    converters: dict[int, Any]
    compiler: SQLCompiler
    populators: list[Any]  # of the related rows
    annotations: dict[str, int]  # by name, the place of the column


# What a list is composed with. No row has a negative key.
PLACEHOLDER_KEY = -(10**12)


def rows_where(
    model: type[Row], column: str, values: Iterable[Any], *, not_before: tuple[str, date] | None = None,
    related: tuple[str, ...] = (),
) -> list[Row]:  # fmt: skip
    """As `model.objects.filter(column__in=values)`, in the model's own order. Asks nothing where there are no values.

    `not_before` is a column of days and the first that it may be: of rows that pile up for years, those that still
    count. `related` are foreign keys whose rows come with them, as select_related().
    It carries no rule about who may see the rows: the caller has asked that already, or asks it of what is returned.
    """
    field = model._meta.pk if column == "pk" else model._meta.get_field(column)
    wanted = [field.get_db_prep_value(value, connection) for value in values]  # type: ignore[union-attr]
    if not wanted:
        return []
    least, day = not_before or ("", date.min)
    statement = _statement(model, column, least, related)
    marks = ", ".join(["%s"] * len(wanted))
    if least:
        wanted.append(model._meta.get_field(least).get_db_prep_value(day, connection))  # type: ignore[union-attr]
    return read(model, statement, statement.sql.replace("(%s)", f"({marks})"), wanted)


def key_pairs(model: type[Model], column: str, values: Sequence[int], first: str, second: str) -> dict[int, int]:
    """The second key by the first, as `rows_where` of wide rows of which nothing else is needed."""
    if not values:
        return {}
    marks = ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(_pairs(model, column, first, second).replace("(%s)", f"({marks})"), values)
        return dict(cursor.fetchall())


@cache
def _pairs(model: type[Model], column: str, first: str, second: str) -> str:
    rows = model._default_manager.filter(**{f"{column}__in": [0]}).order_by().values_list(first, second)
    return str(rows.query.sql_with_params()[0])


def keys_where(model: type[Model], way: str, key: int) -> list[int]:
    """The keys of all rows from which this way leads to that key, past the model's own manager."""
    with connection.cursor() as cursor:
        cursor.execute(_keys(model, way), [key])
        return [found for (found,) in cursor.fetchall()]


@cache
def _keys(model: type[Model], way: str) -> str:
    rows: QuerySet[Model] = QuerySet(model)
    return str(rows.filter(**{way: 0}).values_list("pk", flat=True).query.sql_with_params()[0])


def models_with(models: tuple[type[Model], ...], column: str, value: Any) -> list[type[Model]]:
    """Those whose table has such a row. One question, where a query for each table takes longer than a page."""
    wanted = models[0]._meta.get_field(column).get_db_prep_value(value, connection)  # type: ignore[union-attr]
    with connection.cursor() as cursor:
        cursor.execute(_which_have(models, column), [wanted] * len(models))
        return [models[place] for (place,) in cursor.fetchall()]


@cache
def _which_have(models: tuple[type[Model], ...], column: str) -> str:
    quoted = connection.ops.quote_name
    tables = [quoted(model._meta.db_table) for model in models]
    asked = [f"SELECT {place} FROM {table} WHERE {quoted(column)} = %s" for place, table in enumerate(tables)]  # noqa: S608 - our names
    return " UNION ALL ".join(asked)


def rows_of(
    model: type[Row], build: Callable[..., "QuerySet[Row]"], *lists: Sequence[int] | Sequence[str]
) -> list[Row]:
    """As `build(*lists)`, a queryset in which each list stands after `__in`. Asks nothing where a list is empty.

    `build` is a function of a module: it is called once for the process, with placeholders.
    """
    if not all(lists):
        return []
    placeholders = tuple(_placeholder(number, values[0]) for number, values in enumerate(lists))
    statement, params = _composed(build, placeholders)
    return read(model, statement, *filled(statement.sql, params, dict(zip(placeholders, lists, strict=True))))


def filled(sql: str, params: Sequence[Any], lists: Mapping[Any, Sequence[Any]]) -> tuple[str, list[Any]]:
    """With each list where its placeholder stands after IN."""
    start, *parts = sql.split("%s")
    found, wanted = start, list[Any]()
    for param, part in zip(params, parts, strict=True):
        values = lists.get(param, [param])
        found += f"{', '.join(['%s'] * len(values))}{part}"
        wanted.extend(values)
    return found, wanted


def _placeholder(number: int, value: int | str) -> int | str:
    return f"placeholder {number}" if isinstance(value, str) else PLACEHOLDER_KEY - number


@cache
def _composed(
    build: Callable[..., "QuerySet[Any]"], placeholders: tuple[int | str, ...]
) -> tuple[Statement, tuple[Any, ...]]:
    compiler = build(*([value] for value in placeholders)).query.get_compiler(connection=connection)
    return statement_of(compiler), tuple(compiler.as_sql()[1])


def read(model: type[Row], statement: Statement, sql: str, params: Sequence[Any]) -> list[Row]:
    """The rows that this SQL finds, which differs from the statement's own in how many values it has."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows: Iterable[Any] = cursor.fetchall()
    if statement.converters:
        rows = statement.compiler.apply_converters(rows, statement.converters)
    if statement.populators or statement.annotations:
        return [_whole(model, statement, row) for row in rows]
    return [model.from_db(connection.alias, statement.names, row) for row in rows]


def _whole(model: type[Row], statement: Statement, row: Any) -> Row:
    """As django.db.models.query.ModelIterable."""
    found = model.from_db(connection.alias, statement.names, row[: len(statement.names)])
    for populator in statement.populators:
        populator.populate(row, found)
    for name, place in statement.annotations.items():
        setattr(found, name, row[place])
    return found


@cache
def _statement(model: type[Model], column: str, least: str, related: tuple[str, ...]) -> Statement:
    rows = model._default_manager.filter(**{f"{column}__in": [0]})
    if least:  # after the other, as its value is
        rows = rows.filter(**{f"{least}__gte": date.min})
    if related:
        rows = rows.select_related(*related)
    return statement_of(rows.query.get_compiler(connection=connection))


def statement_of(compiler: SQLCompiler) -> Statement:
    sql, _ = compiler.as_sql()
    columns = [selected[0] for selected in compiler.select]
    own = [columns[place].target.attname for place in compiler.klass_info["select_fields"]]
    annotations = compiler.annotation_col_map
    populators = get_related_populators(compiler.klass_info, compiler.select, connection.alias)
    return Statement(sql, own, compiler.get_converters(columns), compiler, populators, annotations)
