"""A list that is read in order, one page at a time, from a place in it: no page has a number, nothing counts all.

The place stands in the address (`before=` or `after=`) as digits: when the row was, and its key.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import QueryDict

Row = TypeVar("Row")
Stored = TypeVar("Stored", bound=Model)
BEFORE, AFTER = "before", "after"
# More than this are not counted: `counted` says so.
MOST_COUNTED = 1000
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
PLACE = re.compile(r"(\d{1,17})-(\d{1,18})", re.ASCII)


@dataclass(frozen=True, order=True)
class Place:
    """Just beside one row: `at` is what the list is ordered by, `key` tells rows of the same moment apart."""

    at: datetime
    key: int

    def __str__(self) -> str:
        return f"{(self.at - BEGINNING) // timedelta(microseconds=1)}-{self.key}"

    @classmethod
    def read(cls, text: str | None) -> Place | None:
        """Parse the cursor of the URL; None if it is not valid, and the newest page is shown then."""
        found = PLACE.fullmatch(text or "")
        if found is None:
            return None
        return cls(BEGINNING + timedelta(microseconds=int(found[1])), int(found[2]))


@dataclass(frozen=True)
class NewestPage(Generic[Row]):
    """`newer` and `older` are where the next pages begin, None where there is none."""

    rows: Sequence[Row]
    newer: object | None
    older: object | None

    def address(self, query: QueryDict | None, name: str, place: object | None) -> str:
        """The address of a page beside this one, keeping what else the address asks for."""
        if place is None:
            return ""
        if query is None:
            return f"?{name}={place}"
        asked = query.copy()
        for old in (BEFORE, AFTER, "page"):
            asked.pop(old, None)
        asked[name] = str(place)
        return f"?{asked.urlencode()}"


Where = TypeVar("Where")


@dataclass(frozen=True)
class Reading(Generic[Row, Where]):
    """How a list is read from a place: `rows(place, back)` has as many as it is given, away from the place.

    `place` is that of a row, and `read` makes one of what stands in an address.
    """

    rows: Callable[[Where | None, bool], Sequence[Row]]
    place: Callable[[Row], Where]
    read: Callable[[str | None], Where | None]

    def page(self, query: QueryDict, length: int) -> NewestPage[Row]:
        """The page that an address asks for. `rows` are one more than a page, where there are so many."""
        before, after = self.read(query.get(BEFORE)), self.read(query.get(AFTER))
        rows = self.rows(after, True) if after else []  # noqa: FBT003 - as it is called
        if len(rows) >= length:
            return self._page(rows[:length][::-1], newer=len(rows) > length, older=True)
        rows = self.rows(None if after else before, False)  # noqa: FBT003
        return self._page(rows[:length], newer=bool(before and not after), older=len(rows) > length)

    def _page(self, rows: Sequence[Row], *, newer: bool, older: bool) -> NewestPage[Row]:
        first, last = (self.place(rows[0]), self.place(rows[-1])) if rows else (None, None)
        return NewestPage(rows, first if newer else None, last if older else None)


def newest_page(rows: QuerySet[Stored], at: str, query: QueryDict, length: int) -> NewestPage[Stored]:
    """One page of these rows, newest first by the column `at`: quick with an index that ends with it."""

    def read(place: Place | None, back: bool) -> list[Stored]:  # noqa: FBT001 - as Reading calls it
        ordered = rows.order_by(at, "pk") if back else rows.order_by(f"-{at}", "-pk")
        return list(ordered.filter(beyond(at, "pk", place, back=back))[: length + 1])

    return Reading(read, lambda row: Place(_moment(getattr(row, at)), row.pk), Place.read).page(query, length)


def beyond(moment: str, key: str, place: Place | None, *, back: bool = False) -> Q:
    """Rows on the far side of a place. The first bound is the index's, the second for rows of the very same moment."""
    if place is None:
        return Q()
    within, further = ("gte", "gt") if back else ("lte", "lt")
    bound = Q(**{f"{moment}__{within}": place.at})
    return bound & (Q(**{f"{moment}__{further}": place.at}) | Q(**{f"{key}__{further}": place.key}))


def _moment(value: Any) -> datetime:
    """Of a day, its beginning."""
    if isinstance(value, datetime) or not isinstance(value, date):
        return value
    return datetime.combine(value, time(), tzinfo=UTC)
