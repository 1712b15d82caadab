"""Decisions of a report newest first, from a place in the list: nothing is counted, and nothing shifts."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.http import QueryDict

from decisions.models import Decision
from decisions.presenters.authors import AUTHOR_NOW
from reports.figures import Rows
from ui.newer_older import AFTER, BEFORE, NewestPage, Place

PER_PAGE = 25


def read(decisions: Rows, fields: Sequence[str]) -> Rows:
    """With what a line says of each: `fields` are columns of the decision."""
    own: Any = decisions
    rows: Rows = own.with_sendings().annotate(**AUTHOR_NOW)
    return rows.only("public_id", "reference", "decided_at", "started_at", *fields)


def from_place(rows: Rows, place: Place | None, *, back: bool = False) -> Rows:
    """Those after this place, or, going back, those before it, the nearest first."""
    order = ("decided_at", "pk") if back else ("-decided_at", "-pk")
    if place is None:
        return rows.order_by(*order)
    within, beyond = ("gte", "gt") if back else ("lte", "lt")
    # The first bound is the index's, the second is for decisions of the very same moment.
    rows = rows.filter(**{f"decided_at__{within}": place.at})
    return rows.filter(Q(**{f"decided_at__{beyond}": place.at}) | Q(**{f"pk__{beyond}": place.key})).order_by(*order)


def place_of(row: Decision) -> Place:
    return Place(row.decided_at or row.started_at, row.pk)


def newest_page(decisions: Rows, query: QueryDict, fields: Sequence[str]) -> NewestPage[Decision]:
    """The page that this address asks for; the first where there is nothing newer than a place."""
    rows = read(decisions, fields)
    before, after = Place.read(query.get(BEFORE)), Place.read(query.get(AFTER))
    newer = list(from_place(rows, after, back=True)[: PER_PAGE + 1]) if after else []
    if len(newer) >= PER_PAGE:
        return _page(newer[:PER_PAGE][::-1], newer=len(newer) > PER_PAGE, older=True)
    found = list(from_place(rows, None if after else before)[: PER_PAGE + 1])
    return _page(found[:PER_PAGE], newer=bool(before and not after), older=len(found) > PER_PAGE)


def _page(rows: list[Decision], *, newer: bool, older: bool) -> NewestPage[Decision]:
    first, last = (place_of(rows[0]), place_of(rows[-1])) if rows else (None, None)
    return NewestPage(rows, first if newer else None, last if older else None)
