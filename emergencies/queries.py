"""What is open to somebody in an emergency, and who sees that it was: ADR 52.

Nothing of this is in `visible_to` of families or decisions: lists, searches, files and every page that changes
something stay closed without anybody thinking of it.
"""

from datetime import datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from accounts.actions.notices import supervising
from accounts.closed import without_closed
from accounts.models import User
from accounts.roles import Permission, Role
from audit.models import AuditedQuerySet
from decisions.models import Decision, DecisionFamily, DecisionPerson, UrgentRecord
from families.queries import families_of

if TYPE_CHECKING:
    from emergencies.models import EmergencyOpening

Row = TypeVar("Row", bound=Model)


class OpeningQuerySet(AuditedQuerySet[Row]):
    def visible_to(self, user: User) -> Self:
        """Openings the user made or was notified of, and those about families of teams they supervise.

        A data protection officer sees all of them. Families closed to the user are left out in any case.
        """
        if not user.has(Permission.SEE_EMERGENCIES):
            return self.none()
        rows = without_closed(self.filter(organisation_id=user.organisation_id), "family", user.closed_families)
        if user.organisation_role == Role.DATA_PROTECTION_OFFICER:
            return rows
        notices = self.model._meta.get_field("notices").related_model._default_manager  # type: ignore[union-attr]
        was_notified = Exists(notices.filter(opening=OuterRef("pk"), person=user.pk))
        return rows.filter(Q(written_by_id=user.pk) | was_notified | Q(family__in=families_of(user, Role.SUPERVISOR)))

    def open_to(self, user: User, at: datetime) -> Self:
        """What this person has open at this moment. Time is looked at here and nowhere else: nothing has to run."""
        if not (user.has_emergencies and user.has(Permission.OPEN_IN_EMERGENCY)):
            return self.none()
        rows = self.filter(organisation_id=user.organisation_id, written_by_id=user.pk, closing=None)
        rows = rows.filter(written_at__lte=at, closes_at__gt=at)
        return without_closed(rows, "family", user.closed_families)

    def to_check(self) -> Self:
        return self.filter(review=None)


def decisions_in(opening: "EmergencyOpening", user: User) -> QuerySet[Decision]:
    """Recorded decisions about the family. One that is about another family too shows nothing of that one."""
    known = Q(family=opening.family_id) | Q(family__in=families_of(user, Role.PRACTITIONER))
    other = DecisionFamily.objects.filter(decision=OuterRef("pk")).exclude(known)
    of_person = Q(person__family=opening.family_id) | Q(person__family__in=families_of(user, Role.PRACTITIONER))
    others = DecisionPerson.objects.filter(decision=OuterRef("pk")).exclude(of_person)
    rows: Any = Decision.objects.recorded().filter(organisation_id=opening.organisation_id).open_to(user)
    found: QuerySet[Decision] = rows.filter(
        ~Exists(other), ~Exists(others), decision_families__family=opening.family_id
    ).order_by("-decided_at", "-pk")
    return found


def urgent_in(opening: "EmergencyOpening", user: User) -> QuerySet[UrgentRecord]:
    """Urgent records that these decisions complete: before that, one names no family."""
    rows: QuerySet[UrgentRecord] = UrgentRecord.objects.filter(
        organisation_id=opening.organisation_id, pk__in=decisions_in(opening, user).order_by().values("urgent")
    )
    return rows


def supervisors_of(opening: "EmergencyOpening", at: datetime) -> QuerySet[User]:
    """Who may check it today: the active supervisors of the family's teams, whom nothing keeps from the family."""
    rows: QuerySet[User] = User.objects.filter(organisation_id=opening.organisation_id, is_active=True)
    places = opening.family.family_teams.select_related("team")
    of_teams = reduce(or_, (supervising(place.team, at) for place in places), Q(pk__in=[]))
    return without_those_who_know(rows.filter(of_teams).exclude(pk=opening.written_by_id), opening.family_id)


def without_those_who_know(rows: QuerySet[User], family: int) -> QuerySet[User]:
    """Neither are they told, nor do they check it."""
    conflicts: Any = User._meta.get_field("declared_conflicts").related_model
    return rows.filter(~Exists(conflicts._default_manager.filter(user=OuterRef("pk"), family=family, ended=None)))


def may_check(opening: "EmergencyOpening", user: User, at: datetime) -> bool:
    """Somebody else: a supervisor of the family's teams, and where there is none a data protection officer."""
    if opening.written_by_id == user.pk or opening.family_id in user.closed_families:
        return False
    teams = {place.team_id for place in opening.family.family_teams.all()}
    if user.has(Permission.REVIEW_DECISIONS) and teams & user.team_ids(Role.SUPERVISOR):
        return True
    officer = user.organisation_role == Role.DATA_PROTECTION_OFFICER
    return officer and user.has(Permission.SEE_EMERGENCIES) and not supervisors_of(opening, at).exists()
