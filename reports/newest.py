"""Decisions of a report newest first, from a place in the list: nothing is counted, and nothing shifts."""

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict

from decisions.models import Decision
from decisions.presenters.authors import AUTHOR_NOW
from reports.figures import Rows
from ui import newer_older
from ui.newer_older import NewestPage, Place, beyond

PER_PAGE = 25


def read(decisions: Rows, fields: Sequence[str]) -> Rows:
    """With what a line says of each: `fields` are columns of the decision."""
    own: Any = decisions
    rows: Rows = own.with_sendings().annotate(**AUTHOR_NOW)
    return rows.only("public_id", "reference", "decided_at", "started_at", *fields)


def from_place(rows: Rows, place: Place | None) -> Rows:
    """Those after this place."""
    return rows.order_by("-decided_at", "-pk").filter(beyond("decided_at", "pk", place))


def place_of(row: Decision) -> Place:
    return Place(row.decided_at or row.started_at, row.pk)


def newest_page(decisions: Rows, query: QueryDict, fields: Sequence[str]) -> NewestPage[Decision]:
    """The page that this address asks for; the first where there is nothing newer than a place."""
    return newer_older.newest_page(read(decisions, fields), "decided_at", query, PER_PAGE)
