"""The first rows of several queries, put together by one statement that reads no further in any of them."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

Composed = tuple[str, tuple[Any, ...]]


def union_first_rows(parts: Sequence[QuerySet[Any]], *, count: int, back: bool = False) -> RawSQL | list[int]:
    """Keys for `pk__in`, of queries of `id` and `listed_at` that are in the order they have in common.

    Django's own union() of such queries is refused on SQLite, which wants each in a subquery.
    """
    found = [composed for rows in parts for composed in _composed(rows[:count])]
    if not found:
        return []
    # UNION, because a row may be found in two of them.
    every = " UNION ".join(f"SELECT * FROM ({sql}) AS part{number}" for number, (sql, _) in enumerate(found))  # noqa: S608 - of Django
    order = "ASC" if back else "DESC"
    first = f"SELECT id FROM ({every}) AS listed ORDER BY listed_at {order}, id {order} LIMIT {count}"  # noqa: S608
    return RawSQL(first, [param for _, params in found for param in params])  # noqa: S611


def _composed(rows: QuerySet[Any]) -> Iterator[Composed]:
    try:
        yield rows.query.sql_with_params()
    except EmptyResultSet:
        return
