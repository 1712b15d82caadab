"""Who may see requests about rights, and what they concern: the data protection officer, in their organisation."""

from typing import TYPE_CHECKING, Self, TypeVar

from django.db.models import Exists, Model, OuterRef, QuerySet

from accounts.closed import without_closed
from accounts.models import User
from accounts.roles import Permission
from audit.models import AuditedQuerySet
from decisions.models import Decision

if TYPE_CHECKING:
    from rights.models import RightsRequest

Row = TypeVar("Row", bound=Model)


class RequestQuerySet(AuditedQuerySet[Row]):
    def visible_to(self, user: User) -> Self:
        if not user.has(Permission.ANSWER_REQUESTS):
            return self.none()
        rows = self.filter(organisation_id=user.organisation_id)
        return without_closed(rows, "person__family", user.families_closed_on_duty)

    def unanswered(self) -> Self:
        events = self.model._meta.get_field("events").related_model._default_manager  # type: ignore[union-attr]
        return self.filter(~Exists(events.filter(request=OuterRef("pk"), kind="CLOSED")))


class RequestPartQuerySet(AuditedQuerySet[Row]):
    """Rows that belong to a request are seen with it."""

    def of(self, request: "RightsRequest") -> Self:
        return self.filter(request=request, organisation_id=request.organisation_id)


def named_in(request: "RightsRequest", user: User) -> QuerySet[Decision]:
    """Decisions that the request names, for whoever answers it, until it is answered."""
    rows = Decision.objects.recorded().filter(organisation_id=request.organisation_id)
    if not user.has(Permission.ANSWER_REQUESTS) or user.organisation_id != request.organisation_id:
        rows = rows.none()
    asked = type(request).objects.unanswered().filter(pk=request.pk, named_records__decision=OuterRef("pk"))
    return _left(rows.filter(Exists(asked)), user)


def decisions_of(request: "RightsRequest", user: User) -> QuerySet[Decision]:
    """Recorded decisions that concern the person, for whoever answers the request; drafts are nobody's record yet."""
    rows = Decision.objects.recorded().filter(organisation_id=request.organisation_id)
    if not user.has(Permission.ANSWER_REQUESTS) or user.organisation_id != request.organisation_id:
        rows = rows.none()
    return _left(rows.filter(people__person=request.person_id), user)


def _left(rows: QuerySet[Decision], user: User) -> QuerySet[Decision]:
    """Restricted ones are among them: whoever asks about themselves is answered about these too."""
    return without_closed(rows, "pk", user.decisions_closed_on_duty).order_by("decided_at", "pk")
