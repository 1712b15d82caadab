"""Rows found by one column, with SQL that Django composes once per process (ADR 0023).

Composing the SQL of a queryset takes Django several times as long as the database needs to answer it. Where a page asks
the same small question at every request, that is most of what the page costs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model
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
    with connection.cursor() as cursor:
        cursor.execute(statement.sql.replace("(%s)", f"({marks})"), wanted)
        rows: Iterable[Any] = cursor.fetchall()
    if statement.converters:
        rows = statement.compiler.apply_converters(rows, statement.converters)
    if related:
        return [_with_related(model, statement, row) for row in rows]
    return [model.from_db(connection.alias, statement.names, row) for row in rows]


def _with_related(model: type[Row], statement: Statement, row: Any) -> Row:
    """As django.db.models.query.ModelIterable."""
    found = model.from_db(connection.alias, statement.names, row[: len(statement.names)])
    for populator in statement.populators:
        populator.populate(row, found)
    return found


@cache
def _statement(model: type[Model], column: str, least: str, related: tuple[str, ...]) -> Statement:
    rows = model._default_manager.filter(**{f"{column}__in": [0]})
    if least:  # after the other, as its value is
        rows = rows.filter(**{f"{least}__gte": date.min})
    if related:
        rows = rows.select_related(*related)
    compiler = rows.query.get_compiler(connection=connection)
    sql, _ = compiler.as_sql()
    columns = [selected[0] for selected in compiler.select]
    own = [columns[place].target.attname for place in compiler.klass_info["select_fields"]]
    populators = get_related_populators(compiler.klass_info, compiler.select, connection.alias)
    return Statement(sql, own, compiler.get_converters(columns), compiler, populators)
