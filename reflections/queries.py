"""Who may see which reflection: its author, and nobody else. Decisions that a reflection is offered for."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self, TypeVar

from django.apps import apps
from django.db.models import Exists, Model, OuterRef, QuerySet

from accounts.models import User
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
        return self.filter(author_id=user.pk, organisation_id=user.organisation_id)


def _all() -> "QuerySet[Reflection]":
    rows: QuerySet[Reflection] = apps.get_model("reflections", "Reflection").objects.all()
    return rows


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
