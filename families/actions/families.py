from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError

from accounts.actions.acting import acting
from accounts.models import Team, User
from accounts.queries import open_teams_visible_to
from accounts.roles import Permission, Role
from families.actions.rows import change, locked, same_version
from families.models import Family, FamilyTeam

LAST_TEAM = "This is the only team working with the family, so nobody would be able to see it. Add another team first."


def register_family(*, name: str, teams: Collection[Team], by: User, at: datetime) -> Family:
    """Register a family with some of the user's own teams. At least one, or nobody could see it."""
    with acting(by=by, permission=Permission.EDIT_FAMILIES, at=at) as actor:
        own = actor.team_ids(Role.PRACTITIONER)
        if not teams or any(team.pk not in own or team.closed for team in teams):
            raise PermissionDenied
        family = Family(organisation_id=actor.organisation_id, name=name, registered_at=at)
        family.save()
        for team in teams:
            FamilyTeam(organisation_id=actor.organisation_id, family=family, team=team).save()
        return family


def correct_family(*, family: Family, name: str, version: int, why: str = "", by: User, at: datetime) -> Family:
    with acting(by=by, permission=Permission.EDIT_FAMILIES, at=at) as actor:
        row = locked(family, by=actor)
        same_version(row, version)
        change(row, {"name": name}, why=why, by=actor, at=at)
        return row


def add_team_to_family(*, family: Family, team: Team, by: User, at: datetime) -> None:
    """Let another team of the organisation see the family and work with it."""
    with acting(by=by, permission=Permission.EDIT_FAMILIES, at=at) as actor:
        row = locked(family, by=actor)
        if not open_teams_visible_to(actor).filter(pk=team.pk).exists():
            raise PermissionDenied
        if not row.family_teams.filter(team=team).exists():
            FamilyTeam(organisation_id=row.organisation_id, family=row, team=team).save()


def remove_team_from_family(*, family: Family, team: Team, by: User, at: datetime) -> None:
    """Stop a team seeing the family. The last team cannot be removed."""
    with acting(by=by, permission=Permission.EDIT_FAMILIES, at=at) as actor:
        row = locked(family, by=actor)
        on_it = list(row.family_teams.order_by("pk"))
        leaving = [place for place in on_it if place.team_id == team.pk]
        if len(on_it) == len(leaving) and leaving:
            raise ValidationError({"team": LAST_TEAM})
        for place in leaving:
            place.delete()
