"""A list that is read newest first, one page at a time, from a place in it: no page has a number, nothing counts all.

The place stands in the address (`before=` or `after=`) as digits: when the row was, and its key.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

Row = TypeVar("Row")
BEFORE, AFTER = "before", "after"
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
        """None for anything else: whoever changes the address gets the newest."""
        found = PLACE.fullmatch(text or "")
        if found is None:
            return None
        return cls(BEGINNING + timedelta(microseconds=int(found[1])), int(found[2]))


@dataclass(frozen=True)
class NewestPage(Generic[Row]):
    """`newer` and `older` are where the next pages begin, None where there is none."""

    rows: Sequence[Row]
    newer: Place | None
    older: Place | None

    def address(self, query: QueryDict | None, name: str, place: Place | None) -> str:
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
