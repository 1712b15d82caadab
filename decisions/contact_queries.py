"""What is still to be done with and for the people of decisions, as parts of the queries in `queries`.

Each takes the model, because the models themselves import `queries`.
"""

from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet

from accounts.closed import without_closed
from accounts.models import Membership, User
from accounts.roles import Permission, Role
from audit.models import AuditedQuerySet

if TYPE_CHECKING:
    from typing import Self

Row = TypeVar("Row", bound=Model)


class ComplaintQuerySet(AuditedQuerySet[Row]):
    def to_follow_of(self, user: User) -> "Self":
        """Unanswered ones of the organisation, for its data protection officer: reference, kind and day, no text."""
        if not user.has(Permission.FOLLOW_COMPLAINTS):
            return self.none()
        acknowledged = self.model._meta.get_field("acknowledgements").related_model._default_manager  # type: ignore[union-attr]
        rows = self.filter(organisation_id=user.organisation_id, answers=None).annotate(
            reference=F("decision__reference"), acknowledged=Exists(acknowledged.filter(complaint=OuterRef("pk")))
        )
        return without_closed(rows, "decision", user.decisions_closed_on_duty).only("kind", "received_at")


def planned_contacts(decisions: type[Model], today: date) -> QuerySet[Any]:
    """Contacts of a decision that were planned for today or earlier, and of which nobody has said what became."""
    plans = decisions._meta.get_field("contact_plans").related_model.objects  # type: ignore[union-attr]
    return plans.filter(decision=OuterRef("pk"), planned_on__lte=today, outcomes=None)  # type: ignore[no-any-return]


def planned_contacts_for(decisions: type[Model], user: User, today: date) -> QuerySet[Any]:
    """Those of `planned_contacts` that this person sees to: their own; and those of an author who has left the team.

    The supervisors of the team have these on their day, and its practitioners once they are overdue.
    """
    there = Membership.objects.filter(user=OuterRef("decision__author"), team=OuterRef("decision__team"))
    left = ~Exists(there) | Q(decision__author__is_active=False)
    ours = Q(decision__team_id__in=user.team_ids(Role.SUPERVISOR))
    ours |= Q(decision__team_id__in=user.team_ids(Role.PRACTITIONER), planned_on__lt=today)
    return planned_contacts(decisions, today).filter(Q(decision__author=user.pk) | left & ours)


def to_be_passed_on(decisions: type[Model]) -> QuerySet[Any]:
    """Recipients of a decision who have not been given a person's statement that is for them."""
    recipients, statements, passed_on = (
        decisions._meta.get_field(name).related_model.objects  # type: ignore[union-attr]
        for name in ("recipients", "statements_to_recipients", "statements_passed_on")
    )
    settled = passed_on.filter(statement=OuterRef("pk"), recipient=OuterRef(OuterRef("pk")))
    meant = Q(recipient=None) | Q(recipient=OuterRef("pk"))
    waiting = statements.filter(meant, ~Exists(settled), decision=OuterRef("decision"))
    return recipients.filter(Exists(waiting), decision=OuterRef("pk"))  # type: ignore[no-any-return]
