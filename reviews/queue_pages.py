"""The review queue a page at a time, read from a place in it: nothing counts how many wait."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.db.models import Q, QuerySet
from django.http import QueryDict

from accounts.compiled_queries import CompiledQuery
from accounts.models import User
from audit.parts import read_parts
from decisions.models import Decision
from decisions.presenters.authors import AUTHOR_NOW
from reviews.queries import assigned_among, awaiting_review_by, in_turn
from reviews.warning_counts import with_event_count
from ui.newer_older import BEGINNING, NewestPage, Reading

# What a line of the queue is made of, beside the number of warnings.
LINE_PARTS = ("reviews", "assignments", "people", "recipients")
# How many are read at once to find those that are not assigned to somebody else.
AT_ONCE = 100
PLACE = re.compile(r"([0-2])-(\d{1,17})-(\d{1,18})", re.ASCII)


@dataclass(frozen=True)
class Turn:
    """Just beside one decision of the queue: how urgent it is, since when it waits, and its key."""

    turn: int
    since: datetime
    key: int

    def __str__(self) -> str:
        return f"{self.turn}-{(self.since - BEGINNING) // timedelta(microseconds=1)}-{self.key}"

    @classmethod
    def of(cls, decision: Decision) -> "Turn":
        return cls(decision.turn, decision.waiting_since, decision.pk)  # type: ignore[attr-defined]  # annotated

    @classmethod
    def read(cls, text: str | None) -> "Turn | None":
        """None for anything else: whoever changes the address gets the first."""
        found = PLACE.fullmatch(text or "")
        return cls(int(found[1]), BEGINNING + timedelta(microseconds=int(found[2])), int(found[3])) if found else None


def queue_page(user: User, query: QueryDict, length: int) -> NewestPage[Decision]:
    """One page of what the user may review now, in turn, read as far as the queue shows it."""

    def rows(place: Turn | None, back: bool) -> list[Decision]:  # noqa: FBT001 - as Reading calls it
        return _lines(user, place, length + 1, back=back)

    return _read(Reading(rows, Turn.of, Turn.read).page(query, length))


def queue_page_of_own(user: User, day: date, query: QueryDict, length: int) -> NewestPage[Decision]:
    """As `queue_page`, without what another reviewer is asked to do."""

    def rows(place: Turn | None, back: bool) -> list[Decision]:  # noqa: FBT001 - as Reading calls it
        keys = own_or_nobodys(user, day, length + 1, place, back=back)
        found = {row.pk: row for row in _with_lines(in_turn(awaiting_review_by(user))).filter(pk__in=keys)}
        return [found[key] for key in keys if key in found]

    return _read(Reading(rows, Turn.of, Turn.read).page(query, length))


def own_or_nobodys(user: User, day: date, length: int, place: Turn | None = None, *, back: bool = False) -> list[int]:
    """Keys of decisions assigned to this person or to nobody, in the queue's order, so many from the place on."""
    found: list[int] = []
    while len(found) < length:
        rows = _asked(user, place, back=back)
        read_parts(rows, ("assignments", "reviews"))
        assigned = assigned_among(rows, day)
        found += [row.pk for row in rows if assigned.get(row.pk, user).pk == user.pk]
        if len(rows) < AT_ONCE:
            break
        place = Turn.of(rows[-1])
    return found[:length]


def _read(page: NewestPage[Decision]) -> NewestPage[Decision]:
    read_parts(page.rows, LINE_PARTS)
    return page


def _with_lines(decisions: "QuerySet[Decision]") -> "QuerySet[Decision]":
    """With what a line of the queue says of each, in the same query."""
    return with_event_count(decisions).with_sendings().annotate(**AUTHOR_NOW)  # type: ignore[attr-defined,no-any-return]  # of our own queryset


def _from(
    user: User, turn: int | None = None, since: datetime | None = None, key: int | None = None, *, back: bool = False
) -> "QuerySet[Decision]":
    """All that the user may review, in turn; or those before or after a place."""
    rows = in_turn(awaiting_review_by(user))
    if since is not None:
        way = "lt" if back else "gt"
        same = Q(turn=turn) & (Q(**{f"waiting_since__{way}": since}) | Q(waiting_since=since, **{f"pk__{way}": key}))
        rows = rows.filter(Q(**{f"turn__{way}": turn}) | same)
    return rows.reverse() if back else rows


def _shown(user: User, *place: int, back: bool = False) -> "QuerySet[Decision]":
    return _with_lines(_from(user, *place, back=back))  # type: ignore[arg-type]


def _narrow(user: User, *place: int, back: bool = False) -> "QuerySet[Decision]":
    return _from(user, *place, back=back).only("team_id", "author_id")[:AT_ONCE]  # type: ignore[arg-type]


# By the way they are read: from the first, on from a place, and back from it.
Ways = dict[str, CompiledQuery[Decision]]
_SHOWN: Ways = {
    "first": CompiledQuery(Decision, _shown), "on": CompiledQuery(Decision, _shown),
    "back": CompiledQuery(Decision, partial(_shown, back=True)),
}  # fmt: skip
_ASKED: Ways = {
    "first": CompiledQuery(Decision, _narrow), "on": CompiledQuery(Decision, _narrow),
    "back": CompiledQuery(Decision, partial(_narrow, back=True)),
}  # fmt: skip


def _way(place: Turn | None, *, back: bool) -> tuple[str, tuple[int | datetime, ...]]:
    return ("back" if back else "on", (place.turn, place.since, place.key)) if place else ("first", ())


def _lines(user: User, place: Turn | None, length: int, *, back: bool) -> list[Decision]:
    way, values = _way(place, back=back)
    return _SHOWN[way].between(0, length, user, *values)


def _asked(user: User, place: Turn | None, *, back: bool) -> Sequence[Decision]:
    way, values = _way(place, back=back)
    return _ASKED[way].rows(user, *values)
