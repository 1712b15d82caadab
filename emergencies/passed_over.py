"""Who is told at once that a record was opened: whoever would have been asked before, and was passed over."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from accounts.actions.notices import others_to_tell, supervising
from accounts.models import User
from accounts.roles import Role
from decisions.models import Decision
from emergencies.models import EmergencyOpening, OpeningNotice
from emergencies.queries import without_those_who_know

Why = OpeningNotice.Why


def readers_of(opening: EmergencyOpening, at: datetime) -> dict[User, str]:
    """Each once, by the first reason. Never nobody, as long as there is anybody else in an office or who supervises."""
    found: dict[User, str] = {}
    for why, rows in _groups(opening, at):
        for user in rows:
            found.setdefault(user, why)
    return found or dict.fromkeys(others_to_tell(opening.written_by), Why.INSTEAD)


def _groups(opening: EmergencyOpening, at: datetime) -> Iterator[tuple[str, QuerySet[User]]]:
    places = opening.family.family_teams.select_related("team").order_by("pk")
    teams = [place.team for place in places]
    active: QuerySet[User] = User.objects.filter(organisation_id=opening.organisation_id, is_active=True)
    active = without_those_who_know(active.exclude(pk=opening.written_by_id), opening.family_id).order_by("pk")
    for team in teams:
        yield Why.SUPERVISOR, active.filter(supervising(team, at))
    about = Decision.objects.filter(decision_families__family=opening.family_id).exclude(state="disposed")
    yield Why.AUTHOR, active.filter(pk__in=about.values("author"), memberships__team__in=teams).distinct()
    yield Why.OFFICER, active.filter(organisation_role=Role.DATA_PROTECTION_OFFICER)
