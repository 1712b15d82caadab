"""Who may see which reflection: its author, and nobody else. Decisions that a reflection is offered for."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self, TypeVar

from django.apps import apps
from django.db.models import Exists, Model, OuterRef, QuerySet

from accounts.closed import without_closed
from accounts.models import Membership, User
from accounts.roles import Permission, Role
from audit.models import AuditedQuerySet
from decisions.models import Decision, DecisionPerson
from rules.codes import SHARED, WITHOUT_AGREEMENT

if TYPE_CHECKING:
    from reflections.models import Reflection

Row = TypeVar("Row", bound=Model)
# How long the home page offers it. It is no task: nothing is overdue, and afterwards the link is gone.
OFFERED_FOR = timedelta(days=14)
MOST_OFFERED = 3


class ReflectionQuerySet(AuditedQuerySet[Row]):
    def visible_to(self, user: User) -> Self:
        """Their own, whatever their role, and also after they have left a team. No role opens another person's."""
        if not user.is_active:
            return self.none()
        rows = self.filter(author_id=user.pk, organisation_id=user.organisation_id)
        return without_closed(rows, "decision", user.closed_decisions)

    def shown_to(self, user: User) -> Self:
        """Those that another author lets this person read now, while they supervise a team that the author is in."""
        supervised = user.team_ids(Role.SUPERVISOR) if user.has(Permission.REVIEW_DECISIONS) else frozenset()
        if not supervised:
            return self.none()
        readers = self.model._meta.get_field("readers").related_model._default_manager  # type: ignore[union-attr]
        allowed = readers.filter(reflection=OuterRef("pk"), reader_id=user.pk, ended_at__isnull=True)
        members = Membership.objects.filter(user=OuterRef("author"), team_id__in=supervised)
        rows = self.exclude(author_id=user.pk).filter(organisation_id=user.organisation_id, author__is_active=True)
        rows = without_closed(rows, "decision", user.closed_decisions)
        return rows.filter(Exists(allowed), Exists(members))


def _all() -> "QuerySet[Reflection]":
    rows: QuerySet[Reflection] = apps.get_model("reflections", "Reflection").objects.all()
    return rows


def supervisors_of(author: User) -> list[User]:
    """Whom the author may let read a reflection: the active supervisors of the teams they are in."""
    places = Membership.objects.filter(
        organisation_id=author.organisation_id,
        role=Role.SUPERVISOR,
        team_id__in=author.team_ids(),
        user__is_active=True,
    ).exclude(user_id=author.pk)
    return sorted({place.user for place in places.select_related("user")}, key=lambda user: (user.full_name, user.pk))


def reflections_by(email: str) -> "QuerySet[Reflection]":
    """For the server's own command alone: everything that this person wrote, also once they are deactivated."""
    return _all().filter(author__email=email.strip().lower()).select_related("author", "decision")


def reflections_about(reference: str) -> "QuerySet[Reflection]":
    """For the server's own command alone: everything about this decision."""
    return _all().filter(decision__reference=reference.strip().upper()).select_related("author", "decision")


def offered_for(user: User, since: datetime) -> QuerySet[Decision]:
    """Their own decisions to share without agreement, recorded since then, that they have not reflected on."""
    without = DecisionPerson.objects.filter(decision=OuterRef("pk"), consent_state__in=sorted(WITHOUT_AGREEMENT))
    reflected = _all().filter(decision=OuterRef("pk"), author_id=user.pk)
    rows: QuerySet[Decision] = Decision.objects.recorded_by(user).filter(
        Exists(without), ~Exists(reflected), outcome__in=sorted(SHARED), recorded_at__gte=since
    )
    return rows.only("public_id", "reference", "recorded_at").order_by("-recorded_at", "-pk")[:MOST_OFFERED]


def is_without_agreement(decision: Decision) -> bool:
    """`offered_for` of one decision that was read with its people. Costs no query."""
    return decision.is_shared and any(person.consent_state in WITHOUT_AGREEMENT for person in decision.people.all())
