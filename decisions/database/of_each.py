"""EXISTS, asked of each row that is looked at.

PostgreSQL makes a join of EXISTS and NOT EXISTS, and reads the whole other table for it where it believes that most
rows will be wanted. Of a list of which one page is shown, few are. A scalar subquery it leaves as it is.
"""

from typing import Any

from django.db.models import QuerySet, Subquery
from django.db.models.lookups import IsNull


def some(rows: QuerySet[Any]) -> IsNull:
    """True where there is such a row."""
    return IsNull(_first(rows), False)  # noqa: FBT003 - as Django has it


def none(rows: QuerySet[Any]) -> IsNull:
    return IsNull(_first(rows), True)  # noqa: FBT003


def _first(rows: QuerySet[Any]) -> Subquery:
    return Subquery(rows.order_by().values("pk")[:1])
