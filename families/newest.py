"""Families somebody sees, the newest first, read no further than is shown: docs/adr/0031-lists-that-do-not-grow.md.

The key of a family tells which was registered later. Each team's are read along an index, and then put together.
"""

from typing import Any

from django.db.models import F, QuerySet
from django.http import QueryDict

from accounts.closed import without_closed
from accounts.models import User
from accounts.roles import Permission
from accounts.union_first_rows import union_first_rows
from families.models import Family
from ui.newer_older import NewestPage, Place, Reading

KEY = "family_teams__family"


def newest_families(user: User, count: int, place: Place | None = None, *, back: bool = False) -> QuerySet[Family]:
    """At most so many of those that `visible_to` has, from the place on."""
    keys = union_first_rows([_of_team(user, team, place, back=back) for team in _teams(user)], count=count, back=back)
    rows: QuerySet[Family] = Family.objects.filter(pk__in=keys)
    return rows.order_by("pk" if back else "-pk")


def page(query: QueryDict, user: User, length: int, listed: Any) -> NewestPage[Family]:
    """The page that an address asks for; `listed` adds to a query what a line says."""

    def read(place: Place | None, back: bool) -> list[Family]:  # noqa: FBT001 - as Reading calls it
        return list(listed(newest_families(user, length + 1, place, back=back)))

    return Reading(read, lambda family: Place(family.registered_at, family.pk), Place.read).page(query, length)


def _teams(user: User) -> frozenset[int]:
    return user.team_ids() if user.has(Permission.SEE_FAMILIES) else frozenset()


def _of_team(user: User, team: int, place: Place | None, *, back: bool) -> QuerySet[Any]:
    bound = {f"{KEY}__{'gt' if back else 'lt'}": place.key} if place else {}
    rows = Family.objects.filter(organisation_id=user.organisation_id, family_teams__team=team, **bound)
    rows = without_closed(rows, "pk", user.closed_families)
    return rows.order_by(KEY if back else f"-{KEY}").values("id", listed_at=F(KEY))
