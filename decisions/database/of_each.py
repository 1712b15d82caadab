"""EXISTS, asked of each row that is looked at.

PostgreSQL makes a join of EXISTS and NOT EXISTS, and reads the whole other table for it where it believes that most
rows will be wanted. Of a list of which one page is shown, few are. A scalar subquery it leaves as it is; of a truth
value it expects half to be so, and not one in two hundred as of NULL, so it goes on reading in order.
"""

from typing import Any

from django.db.models import BooleanField, Case, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce


def some(rows: QuerySet[Any]) -> Q:
    """True where there is such a row."""
    first = Subquery(rows.order_by().values(is_so=Value(True))[:1], output_field=BooleanField())  # noqa: FBT003
    return Q(Coalesce(first, Value(False)))  # noqa: FBT003


def each(condition: Q) -> Q:
    """The same, but never looked for by an index of its own: of what another condition finds quickly and in order."""
    is_so = Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())  # noqa: FBT003
    return Q(is_so)


def none(rows: QuerySet[Any]) -> Q:
    return ~some(rows)
