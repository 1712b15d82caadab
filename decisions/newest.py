"""Recorded decisions somebody sees, newest first, a page at a time: docs/adr/0031-lists-that-do-not-grow.md.

A page begins at a place in the list. Each team's decisions are read along an index from there, no further than one
page, and then put together; nothing counts them all.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import QueryDict

from accounts.compiled_queries import CompiledQuery
from accounts.models import User
from accounts.put_together import put_together
from accounts.roles import Permission
from decisions.models import Decision
from decisions.presenters.authors import AUTHOR, AUTHOR_NOW
from decisions.visibility import by_team
from ui.newer_older import NewestPage, Place, Reading, beyond

Decisions = QuerySet[Decision]
Narrowed = Callable[[Decisions], Decisions]
PER_PAGE = 25
# What a line of the log says of the decision's own row.
LISTED = ("state", "recorded_at", "decided_at", "outcome", "standing_until", "look_again_on")


def page(user: User, query: QueryDict, narrowed: Narrowed | None = None) -> NewestPage[Decision]:
    """The page that this address asks for, newest first. `narrowed` is given decisions, and leaves out some of them."""

    def rows(place: Place | None, back: bool) -> list[Decision]:  # noqa: FBT001 - as Reading calls it
        return _rows(user, place, narrowed, back=back)

    return Reading(rows, _place, Place.read).page(query, PER_PAGE)


def _place(row: Decision) -> Place:
    return Place(row.decided_at or row.started_at, row.pk)


def _rows(user: User, place: Place | None, narrowed: Narrowed | None, *, back: bool = False) -> list[Decision]:
    """One more than a page, in the order in which they are read: away from the place."""
    if not user.has(Permission.SEE_DECISIONS):
        return []
    bounds = (place.at, place.key) if place else ()
    if narrowed is None:
        return (_BACK if back else _ON if place else _NEWEST).rows(user, *bounds)
    return list(_found(user, *bounds, narrowed=narrowed, back=back))


def _found(
    user: User, at: datetime | None = None, key: int | None = None, *, narrowed: Narrowed | None = None,
    back: bool = False,
) -> Decisions:  # fmt: skip
    """The next decisions: of the first of each team's, and of what this person wrote anywhere."""
    recorded: Any = Decision.objects.recorded().filter(organisation_id=user.organisation_id)
    recorded = narrowed(recorded) if narrowed else recorded
    mine, of_teams = ("decided_at", "pk"), ("decision_teams__decided_at", "decision_teams__decision")
    own = recorded.filter(_bounds(mine, at, key, back=back), author_id=user.pk)
    seen = by_team(recorded, user, _bounds(of_teams, at, key, back=back))
    arms = [_listed(own, mine, back=back), *(_listed(rows, of_teams, back=back) for rows in seen)]
    keys = put_together(arms, count=PER_PAGE + 1, back=back)
    rows: Decisions = Decision.objects.filter(pk__in=keys).with_sendings()
    shown = rows.only("public_id", "reference", *AUTHOR, *LISTED).annotate(**AUTHOR_NOW)
    return shown.order_by(*mine) if back else shown.order_by(*(f"-{column}" for column in mine))


def _bounds(columns: tuple[str, str], at: datetime | None, key: int | None, *, back: bool) -> Q:
    return beyond(*columns, Place(at, key or 0) if at else None, back=back)


def _listed(rows: Decisions, columns: tuple[str, str], *, back: bool) -> Any:
    order = columns if back else [f"-{column}" for column in columns]
    return rows.order_by(*order).values("id", listed_at=F(columns[0]))


_NEWEST = CompiledQuery(Decision, _found)
_ON = CompiledQuery(Decision, _found)
_BACK = CompiledQuery(Decision, partial(_found, back=True))
