"""The deadline for answering a rights request. Pure: days are passed in."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib import resources

from rules.deadlines import months_after
from rules.rights.codes import RequestEventKind, RequestKind
from rules.working_days import is_working_day, next_working_day

WAITS = {
    RequestEventKind.ASKED_IDENTITY: "starts_with_identity",
    RequestEventKind.ASKED_CLARIFICATION: "clarification_stops",
}


@dataclass(frozen=True, kw_only=True)
class RequestLimit:
    """The law's limit for one kind of request: rules/data/request_limits.toml."""

    kind: RequestKind
    months: int = 0
    days: int = 0
    more_months: int = 0
    starts_with_identity: bool = False
    clarification_stops: bool = False
    acknowledge: bool = False
    they_name_the_day: bool = False
    citation: str
    confidence: str
    source: str

    def last_day(self, start: date, months_more: int = 0, days_more: int = 0) -> date:
        end = months_after(start, self.months + months_more) + timedelta(days=self.days + days_more)
        return end if is_working_day(end) else next_working_day(end)


@dataclass(frozen=True)
class Happened:
    """One event of a request, on its day. `months` is how much longer an extension makes it."""

    kind: str
    day: date
    months: int = 0


@dataclass(frozen=True)
class Clock:
    """`last_day` is None while the time stands still, and where the law names no day any more."""

    last_day: date | None
    waiting_since: date | None = None
    waiting_for: str = ""
    extend_by: date | None = None  # the last day on which they can be told that it takes longer
    is_closed: bool = False
    closed_on: date | None = None
    limit: RequestLimit | None = field(default=None, compare=False)

    def is_overdue(self, today: date) -> bool:
        return not self.is_closed and self.last_day is not None and self.last_day < today


@cache
def request_limits() -> dict[RequestKind, RequestLimit]:
    rows = tomllib.loads((resources.files("rules") / "data" / "request_limits.toml").read_text(encoding="utf-8"))
    found = [RequestLimit(**{**row, "kind": RequestKind(row["kind"])}) for row in rows["limit"]]
    return {limit.kind: limit for limit in found}


def clock(kind: str, received: date, events: Iterable[Happened], wanted_by: date | None = None) -> Clock:
    """The clock of a request as far as these events go, in their order. `wanted_by`: the day that a court named."""
    limit, happened = request_limits()[RequestKind(kind)], list(events)
    start, stopped, waiting = _waits(limit, received, happened)
    closed = next((event.day for event in happened if event.kind == RequestEventKind.CLOSED), None)
    months = max((event.months for event in happened if event.kind == RequestEventKind.EXTENDED), default=0)
    settled = limit.acknowledge and any(event.kind == RequestEventKind.ACKNOWLEDGED for event in happened)
    first = limit.last_day(start, 0, stopped)
    stands_still = waiting is not None and getattr(limit, WAITS[RequestEventKind(waiting.kind)])
    ours = None if stands_still or settled else limit.last_day(start, months, stopped)
    return Clock(
        last_day=wanted_by if limit.they_name_the_day else ours,
        waiting_since=waiting.day if waiting else None,
        waiting_for=waiting.kind if waiting else "",
        extend_by=first if limit.more_months and not months else None,
        is_closed=closed is not None,
        closed_on=closed,
        limit=limit,
    )


def _waits(limit: RequestLimit, received: date, happened: list[Happened]) -> tuple[date, int, Happened | None]:
    """When the time began, for how many days it stood still since, and what we still wait for."""
    start, stopped, waiting = received, 0, None
    for event in happened:
        if event.kind in WAITS:
            waiting = event
        elif waiting is not None and _ends(waiting, event):
            if waiting.kind == RequestEventKind.ASKED_IDENTITY:
                start = max(start, event.day) if limit.starts_with_identity else start
            elif limit.clarification_stops:
                stopped += (event.day - waiting.day).days
            waiting = None
    return start, stopped, waiting


def _ends(waiting: Happened, event: Happened) -> bool:
    """Who they are may be checked without a reply in so many words."""
    checked = event.kind == RequestEventKind.IDENTITY and waiting.kind == RequestEventKind.ASKED_IDENTITY
    return checked or event.kind == RequestEventKind.REPLIED


def why_no_extension(kind: str, received: date, events: Iterable[Happened], day: date) -> str:
    """Why telling them on this day gives no more time; empty if it does."""
    found = clock(kind, received, events)
    if found.extend_by is None:
        return "This request cannot be given more time" if not found.limit or not found.limit.more_months else (
            "It was given more time already")  # fmt: skip
    if day > found.extend_by:
        return "They had to be told within the first month, so the law gives no more time"
    return ""
