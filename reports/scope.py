"""Which decisions a report is about: of which teams, and decided on which days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from accounts.closed import without_closed
from accounts.models import Team, User
from accounts.roles import Permission, Role
from decisions.disposed import disposed
from decisions.incident_links import incidents_without
from decisions.models import Decision

ONE_WEEK = timedelta(weeks=1)
# A report reads every decision of its days once, so there are not more of them.
WEEKS = (4, 12, 26, 52)
USUAL_WEEKS = 12
MOST_NAMED = 6


@dataclass(frozen=True)
class Scope:
    """`teams` are all of what somebody may report on, or the one that they chose."""

    organisation_id: int
    organisation: str
    teams: Sequence[Team]
    first: date
    last: date
    # Decisions that are closed to whoever reads the report: in no list, and in no number that would tell of one.
    closed: frozenset[int] = frozenset()
    # Of these they see no incident either. An officer follows those of what is restricted to others.
    closed_on_duty: frozenset[int] = frozenset()

    def decisions(self) -> "QuerySet[Decision]":
        rows = decided_between(self.organisation_id, self.team_ids, *self.moments)
        return without_closed(rows, "pk", self.closed)

    @property
    def team_ids(self) -> list[int]:
        return [team.pk for team in self.teams]

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """When the first day begins, and when the last is over."""
        return start_of(self.first), start_of(self.last + timedelta(days=1))

    @property
    def team_names(self) -> str:
        if len(self.teams) > MOST_NAMED:
            return f"{len(self.teams)} teams"
        return ", ".join(team.name for team in self.teams)


def decided_between(organisation: int, teams: list[int], start: datetime, end: datetime) -> "QuerySet[Decision]":
    """Served by the index that begins with organisation and team and ends with the day."""
    rows: QuerySet[Decision] = Decision.objects.recorded().filter(
        organisation_id=organisation, team_id__in=teams, decided_at__gte=start, decided_at__lt=end
    )
    return rows


def disposed_between(organisation: int, teams: list[int], start: datetime, end: datetime) -> "QuerySet[Decision]":
    """Of which nothing but team and day is left."""
    return disposed().filter(organisation_id=organisation, team_id__in=teams, decided_at__gte=start, decided_at__lt=end)


def known_between(
    organisation: int, teams: list[int], start: datetime, end: datetime, closed_on_duty: frozenset[int] = frozenset()
) -> Any:
    """Incidents that became known here in these days. They are of an app beside this one."""
    rows: Any = Decision._meta.get_field("incidents").related_model._default_manager  # type: ignore[union-attr]
    rows = rows.filter(organisation_id=organisation, team_id__in=teams, noticed_at__gte=start, noticed_at__lt=end)
    return incidents_without(rows, closed_on_duty).order_by()


def start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def teams_reported_to(user: User) -> list[Team]:
    """Of which teams somebody may read figures: a supervisor of their own, a data protection officer of all."""
    if not user.has(Permission.SEE_REPORTS):
        return []
    teams = Team.objects.filter(organisation_id=user.organisation_id)
    if Role.DATA_PROTECTION_OFFICER not in user.roles:
        teams = teams.filter(pk__in=user.team_ids(Role.SUPERVISOR))
    return list(teams.order_by("name", "pk"))


def first_day(last: date, weeks: int) -> date:
    return last - ONE_WEEK * weeks + timedelta(days=1)
