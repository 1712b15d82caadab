"""The deadline for notifying the regulator of an incident. Pure: times are passed in, each with its time zone."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import resources

from rules.codes import Code
from rules.incidents.codes import NOTIFIABLE, IncidentEventKind
from rules.organisations import OrganisationKind

HOUR = timedelta(hours=1)
NOTIFIED = IncidentEventKind.REGULATOR_NOTIFIED
NOT_NOTIFIED = IncidentEventKind.REGULATOR_NOT_NOTIFIED


class Regime(Code):
    GENERAL = "GENERAL", "UK GDPR"
    LAW_ENFORCEMENT = "LAW_ENFORCEMENT", "Data Protection Act 2018, Part 3"


@dataclass(frozen=True, kw_only=True)
class IncidentLimit:
    """The law's limit for one regime: rules/data/incident_limits.toml."""

    regime: Regime
    hours: int
    citation: str
    people_citation: str
    confidence: str
    source: str


@dataclass(frozen=True)
class Happened:
    """One event of an incident. `code` is the risk that was decided, or what became of a request to delete it."""

    kind: str
    at: datetime
    code: str = ""
    in_writing: bool = False


@dataclass(frozen=True)
class Clock:
    """`settled_at`: when the regulator was told, or when it was written down why not."""

    due: datetime
    limit: IncidentLimit
    settled_at: datetime | None = None
    is_notified: bool = False

    def is_late(self, now: datetime) -> bool:
        """Late now, or reported late."""
        return (self.settled_at if self.is_notified and self.settled_at else now) > self.due

    def left(self, now: datetime) -> str:
        """Whole hours, so that nobody thinks they have more time than they have. Empty where nothing is left to do."""
        if self.settled_at:
            return ""
        if now > self.due:
            return "Late"
        hours = (self.due - now) // HOUR
        return f"{hours} hour{'' if hours == 1 else 's'} left" if hours else "Less than 1 hour left"


@cache
def incident_limits() -> dict[Regime, IncidentLimit]:
    rows = tomllib.loads((resources.files("rules") / "data" / "incident_limits.toml").read_text(encoding="utf-8"))
    found = [IncidentLimit(**{**row, "regime": Regime(row["regime"])}) for row in rows["limit"]]
    return {limit.regime: limit for limit in found}


def limit_of(organisation_kind: str) -> IncidentLimit:
    lawful = organisation_kind == OrganisationKind.LE
    return incident_limits()[Regime.LAW_ENFORCEMENT if lawful else Regime.GENERAL]


def clock(aware_at: datetime, events: Iterable[Happened], organisation_kind: str = "") -> Clock:
    """From becoming aware. Counted in UTC: where the clocks change, 72 hours are three days and an hour, or less one.

    A reason for not reporting settles it only as long as nobody is likely to come to harm.
    """
    limit, happened = limit_of(organisation_kind), list(events)
    due = aware_at.astimezone(UTC) + timedelta(hours=limit.hours)
    notified = [event.at for event in happened if event.kind == NOTIFIED]
    explained = [event.at for event in happened if event.kind == NOT_NOTIFIED]
    if notified:
        return Clock(due, limit, min(notified), is_notified=True)
    settles = explained and risk_of(happened) not in NOTIFIABLE
    return Clock(due, limit, explained[-1] if settles else None)


def risk_of(events: Iterable[Happened]) -> str:
    """The latest decision about the risk; empty if there is none."""
    return next((event.code for event in reversed(list(events)) if event.kind == IncidentEventKind.RISK_JUDGED), "")


def is_closed(events: Iterable[Happened]) -> bool:
    ends = {IncidentEventKind.CLOSED, IncidentEventKind.REOPENED}
    last = next((event.kind for event in reversed(list(events)) if event.kind in ends), "")
    return last == IncidentEventKind.CLOSED
