"""Where a figure leads: to the decision log where its filters say the same, or else to the report's own list."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from accounts.models import User
from accounts.roles import Permission, Role
from decisions.log_filters import SUPERVISED
from reports.figures import Figure
from reports.scope import ONE_WEEK, Scope

DAY = ONE_WEEK / 7


@dataclass(frozen=True)
class Leads:
    """`query` asks the report's list for the same teams and days, `log` the decision log; empty where it cannot be."""

    query: str
    log: Mapping[str, str] = field(default_factory=dict)

    def address(self, figure: Figure, value: str = "") -> str:
        asked = self._filters(figure, value) if self.log else None
        if asked is not None:
            return f"{reverse('decisions:log')}?{urlencode({**self.log, **asked})}"
        more = {"figure": figure.value, **({"value": value} if value else {})}
        return f"{reverse('reports:decisions')}?{'&'.join(filter(None, (self.query, urlencode(more))))}"

    def _filters(self, figure: Figure, value: str) -> dict[str, str] | None:
        """What the log is asked for beside teams and days; None for a figure that its filters do not have."""
        if figure == Figure.WEEK:
            first = date.fromisoformat(value)
            return _days(first, first + ONE_WEEK - DAY)
        same: dict[Figure, dict[str, str]] = {
            Figure.ALL: {},
            Figure.OUTCOME: {"outcome": value},
            Figure.CONSENT: {"consent": value},
            Figure.NOT_INFORMED: {"overdue": "informing"},
        }
        return same.get(figure)


def leads_of(scope: Scope, user: User, query: str) -> Leads:
    team = _team_in_the_log(scope, user)
    return Leads(query, {"team": team, **_days(scope.first, scope.last)} if team else {})


def _team_in_the_log(scope: Scope, user: User) -> str:
    """The log's filter for these teams; empty where it has none, and for whoever may not open the log."""
    if not user.has(Permission.SEE_DECISIONS):
        return ""
    teams = set(scope.team_ids)
    if len(teams) == 1 and teams <= user.team_ids():
        return str(scope.teams[0].public_id)
    return SUPERVISED if teams and teams == user.team_ids(Role.SUPERVISOR) else ""


def _days(first: date, last: date) -> dict[str, str]:
    days = {"decided_from": first, "decided_to": last}
    parts = (("day", "%-d"), ("month", "%-m"), ("year", "%Y"))
    return {f"{name}_{part}": day.strftime(form) for name, day in days.items() for part, form in parts}
