"""Plain values of queries that Django compiles to SQL once per process (ADR 0023), and what stands in such SQL."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from audit.statements import Statement, filled

# A list stands after `__in`.
Value = date | int | list[int]
# What the parameters are compiled with. No row has a negative key, and nothing here happened in the year 1.
FIRST_NUMBER = -(10**15)
PLACEHOLDER_YEAR = 1
SQLITE_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Compiled:
    statement: Statement
    params: tuple[Any, ...]


class CompiledFigures:
    """Rows of plain values of a queryset that `build` makes from these values alone.

    Whoever asks has asked whose they are. It is called once for as many values, with placeholders.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, tuple[Any, ...]]]) -> None:
        self._build = build
        self._compiled: dict[tuple[str, int], Compiled] = {}

    def rows(self, *values: Value) -> list[tuple[Any, ...]]:
        """Asks nothing where a list of keys is empty."""
        if [] in values:
            return []
        key, places = (connection.vendor, len(values)), placeholders(values)
        if key not in self._compiled:
            compiler = self._build(*places).query.get_compiler(connection=connection)
            sql, params = compiler.as_sql()
            self._compiled[key] = Compiled(Statement(sql, [], {}, compiler, [], {}), checked(params))
        with connection.cursor() as cursor:
            cursor.execute(*with_values(self._compiled[key], places, values, {}))
            return list(cursor.fetchall())


def placeholders(values: tuple[Value, ...]) -> list[Value]:
    return [_placeholder(value, number) for number, value in enumerate(values, start=2)]


def _placeholder(value: Value, number: int) -> Value:
    if isinstance(value, list):
        return [FIRST_NUMBER + number]
    later = timedelta(days=number)
    if isinstance(value, datetime):
        return datetime(PLACEHOLDER_YEAR, 1, 1, tzinfo=UTC) + later
    return date(PLACEHOLDER_YEAR, 1, 1) + later if isinstance(value, date) else FIRST_NUMBER + number


def _param(value: Value) -> Any:
    """As the database takes it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def checked(params: Iterable[Any]) -> tuple[Any, ...]:
    found = tuple(params)
    for param in found:
        if _is_day(param) and f"{param}"[:4] != f"{PLACEHOLDER_YEAR:04}":
            raise ValueError("A compiled query took a day that it was not given.")
    return found


def with_values(
    compiled: Compiled, places: Sequence[Value], values: Sequence[Value], real: dict[Any, Any]
) -> tuple[str, list[Any]]:
    """The SQL and its parameters, with these values where the placeholders stand. `real` has those of a user."""
    lists: dict[Any, list[int]] = {}
    for place, value in zip(places, values, strict=True):
        if isinstance(value, list) and isinstance(place, list):
            lists[place[0]] = value
        else:
            real[_param(place)] = _param(value)
    sql, params = compiled.statement.sql, list(compiled.params)
    if lists:
        sql, params = filled(sql, params, lists)
    return sql, [real.get(param, param) for param in params]


def _is_day(param: Any) -> bool:
    return isinstance(param, date) or (isinstance(param, str) and SQLITE_DATE.match(param) is not None)
