"""Complaints and objections: their kinds, how they end, and by when they are answered. Pure: days are passed in."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources

from rules.codes import Code
from rules.deadlines import month_after


class ComplaintKind(Code):
    """An objection asks us to stop (UK GDPR Article 21); a complaint says that something was wrong."""

    COMPLAINT = "COMPLAINT", "A complaint: they say that something was done wrong"
    OBJECTION = "OBJECTION", "An objection: they do not want it shared or used"


class ComplaintOutcome(Code):
    """How a complaint or an objection ended."""

    UPHELD = "UPHELD", "Upheld: the complaint was right"
    PARTLY_UPHELD = "PARTLY_UPHELD", "Partly upheld"
    NOT_UPHELD = "NOT_UPHELD", "Not upheld"
    WITHDRAWN = "WITHDRAWN", "Withdrawn by the person who made it"
    PASSED_ON = "PASSED_ON", "Passed to somebody else to answer"
    STOPPED = "STOPPED", "We stopped, or will not share it"
    CONTINUED = "CONTINUED", "We continue, and told them why"


# How each kind can end: nobody finds that an objection was "right", and nobody stops because of a complaint alone.
_EITHER = frozenset({ComplaintOutcome.WITHDRAWN, ComplaintOutcome.PASSED_ON})
OUTCOMES: Mapping[ComplaintKind, frozenset[ComplaintOutcome]] = {
    ComplaintKind.COMPLAINT: _EITHER
    | {ComplaintOutcome.UPHELD, ComplaintOutcome.PARTLY_UPHELD, ComplaintOutcome.NOT_UPHELD},
    ComplaintKind.OBJECTION: _EITHER | {ComplaintOutcome.STOPPED, ComplaintOutcome.CONTINUED},
}


@dataclass(frozen=True)
class Limit:
    """The legal time limit for a complaint or an objection; `since` is the first day of that law."""

    kind: ComplaintKind
    days: int
    months: int
    since: date
    citation: str
    confidence: str
    source: str

    def last_day(self, received: date) -> date:
        return month_after(received) if self.months else received + timedelta(days=self.days)


@cache
def limits() -> dict[ComplaintKind, Limit]:
    """A complaint is acknowledged by its last day, an objection is answered by it."""
    rows = tomllib.loads((resources.files("rules") / "data" / "reply_limits.toml").read_text())["limit"]
    found = [Limit(**{"days": 0, "months": 0, **row, "kind": ComplaintKind(row["kind"])}) for row in rows]
    return {limit.kind: limit for limit in found}


def last_day(kind: str, received: date) -> date:
    """The limit of the law. Both are to be dealt with sooner, without undue delay."""
    return limits()[ComplaintKind(kind)].last_day(received)
