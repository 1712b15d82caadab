"""Which families a person may see: those with one of their own teams on it."""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db.models import Model, QuerySet

from accounts.closed import without_closed
from accounts.models import Team, User
from accounts.queries import memberships_visible_to, open_teams_visible_to
from accounts.roles import Permission, Role
from accounts.who_looked import may_see_who_looked
from audit.models import AuditedQuerySet
from families.models.membership import FamilyTeam

if TYPE_CHECKING:
    from families.models import Family

Row = TypeVar("Row", bound=Model)


def families_of(user: User, role: Role | None = None) -> QuerySet[Any]:
    """Keys of the families the user's teams work with. A subquery and not a join, so that rows can be locked."""
    return FamilyTeam.objects.filter(organisation_id=user.organisation_id, team_id__in=user.team_ids(role)).values(
        "family"
    )


def is_visible_to(family: "Family", user: User) -> bool:
    """`visible_to` of one family that is read already with its teams. Costs no query."""
    return user.has(Permission.SEE_FAMILIES) and _is_of_teams(family, user, user.team_ids())


def is_editable_by(family: "Family", user: User) -> bool:
    """`editable_by` of one family that is read already with its teams. Costs no query."""
    return user.has(Permission.EDIT_FAMILIES) and _is_of_teams(family, user, user.team_ids(Role.PRACTITIONER))


def may_see_who_looked_at_family(family: "Family", user: User) -> bool:
    """For a family that is read already with its teams. Costs no query."""
    teams = frozenset(place.team_id for place in family.family_teams.all())
    if family.pk in user.families_closed_on_duty:
        return False
    return may_see_who_looked(user, family.organisation_id, teams)


def _is_of_teams(family: "Family", user: User, teams: frozenset[int]) -> bool:
    if family.organisation_id != user.organisation_id or family.pk in user.closed_families:
        return False
    return any(place.team_id in teams for place in family.family_teams.all())


def teams_for_import(user: User) -> QuerySet[Team]:
    """Into which open teams the user may import families: those they supervise, or any for the whole organisation.

    Whoever only covers another team's reviews for some days is not its supervisor here.
    """
    teams = open_teams_visible_to(user)
    if not user.has(Permission.IMPORT_FAMILIES):
        return teams.none()
    if user.organisation_role == Role.DATA_PROTECTION_OFFICER:
        return teams
    own = memberships_visible_to(user).filter(user=user, role=Role.SUPERVISOR).values("team")
    return teams.filter(pk__in=own)


class ConflictQuerySet(AuditedQuerySet[Row]):
    def standing(self) -> Self:
        return self.filter(ended=None)


class FamilyBoundQuerySet(AuditedQuerySet[Row]):
    """Rows that are seen with a family. `family_key` is the lookup from the row to it."""

    family_key = "family_id"

    def visible_to(self, user: User) -> Self:
        if not user.has(Permission.SEE_FAMILIES):
            return self.none()
        return self._in_families(user, None)

    def editable_by(self, user: User) -> Self:
        """Those of the teams the user is a practitioner in: supervisors of a team can see but not edit."""
        if not user.has(Permission.EDIT_FAMILIES):
            return self.none()
        return self._in_families(user, Role.PRACTITIONER)

    def _in_families(self, user: User, role: Role | None) -> Self:
        rows = self.filter(organisation_id=user.organisation_id, **{f"{self.family_key}__in": families_of(user, role)})
        return without_closed(rows, self.family_key, user.closed_families)


class FamilyQuerySet(FamilyBoundQuerySet[Row]):
    family_key = "pk"

    def of_team(self, team_id: int) -> Self:
        """Those this team works with: everybody in the team can read what is recorded for it."""
        return self.filter(pk__in=FamilyTeam.objects.filter(team_id=team_id).values("family"))

    def newest_first(self) -> Self:
        return self.order_by("-registered_at", "-pk")


class FamilyRowQuerySet(FamilyBoundQuerySet[Row]):
    """Rows that belong to one family are seen with it."""


class PersonRowQuerySet(FamilyBoundQuerySet[Row]):
    """Rows that belong to one person are seen with the person's family."""

    family_key = "person__family_id"
