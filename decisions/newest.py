"""Recorded decisions somebody sees, newest first, a page at a time: docs/adr/0031-lists-that-do-not-grow.md.

A page begins at a place in the list. Each team's decisions are read along an index from there, no further than one
page, and then put together; nothing counts them all.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from accounts.compiled_queries import CompiledQuery
from accounts.models import User
from accounts.roles import Permission
from decisions.log_scans import Scan, whole
from decisions.log_union import LogUnion
from decisions.models import Decision
from decisions.presenters.authors import AUTHOR, AUTHOR_NOW
from ui.newer_older import NewestPage, Place, Reading

Decisions = QuerySet[Decision]
Narrowed = Callable[[Decisions], Decisions]
PER_PAGE = 25
# What a line of the log says of the decision's own row.
LISTED = ("state", "recorded_at", "decided_at", "outcome", "standing_until", "look_again_on")


def page(
    user: User, query: QueryDict, narrowed: Narrowed | None = None, scan: Scan | None = None
) -> NewestPage[Decision]:
    """The page that this address asks for, newest first. `narrowed` is given decisions, and leaves out some of them.

    `scan` is where those that it keeps are looked for: `log_scans.scan`.
    """
    union = LogUnion(user, scan or whole(user)) if narrowed else None

    def rows(place: Place | None, back: bool) -> list[Decision]:  # noqa: FBT001 - as Reading calls it
        return _rows(user, place, union, narrowed, back=back)

    return Reading(rows, _place, Place.read).page(query, PER_PAGE)


def _place(row: Decision) -> Place:
    return Place(row.decided_at or row.started_at, row.pk)


def _rows(
    user: User, place: Place | None, union: LogUnion | None, narrowed: Narrowed | None, *, back: bool = False
) -> list[Decision]:
    """One more than a page, in the order in which they are read: away from the place."""
    if not user.has(Permission.READ_DECISIONS):
        return []
    if narrowed is None or union is None:
        bounds = (place.at, place.key) if place else ()
        return (_BACK if back else _ON if place else _NEWEST).rows(user, *bounds)
    return list(_listed(union.keys(narrowed(_recorded(user)), place, PER_PAGE + 1, back=back), back=back))


def _recorded(user: User) -> Decisions:
    rows: Decisions = Decision.objects.recorded().filter(organisation_id=user.organisation_id).open_to(user)
    return rows


def _found(user: User, at: datetime | None = None, key: int | None = None, *, back: bool = False) -> Decisions:
    """The next decisions: of the first of each team's, and of what this person wrote anywhere."""
    place = Place(at, key or 0) if at else None
    return _listed(LogUnion(user, whole(user)).keys(_recorded(user), place, PER_PAGE + 1, back=back), back=back)


def _listed(keys: Any, *, back: bool) -> Decisions:
    rows: Any = Decision.objects.filter(pk__in=keys)
    shown = rows.with_sendings().only("public_id", "reference", *AUTHOR, *LISTED).annotate(**AUTHOR_NOW)
    found: Decisions = shown.order_by(*(("decided_at", "pk") if back else ("-decided_at", "-pk")))
    return found


_NEWEST = CompiledQuery(Decision, _found)
_ON = CompiledQuery(Decision, _found)
_BACK = CompiledQuery(Decision, partial(_found, back=True))
