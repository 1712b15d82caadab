"""An objection or a complaint that a team recorded on a decision and that was passed on as a request too: one thing.

The same kind, from or about the same person, received on the same day. Whoever answers the request sees it once.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from accounts.models import User
from accounts.roles import Permission
from decisions.models import Complaint
from rights.models import RightsRequest


@dataclass(frozen=True)
class OnDecision:
    """Where it is recorded too; that team records there how it was answered."""

    reference: str
    team: str


def without_those_requested(rows: QuerySet[Complaint], user: User) -> QuerySet[Complaint]:
    """Of complaints and objections, those that no unanswered request is about. In the same query."""
    person = OuterRef("person__person")
    same = RightsRequest.objects.visible_to(user).unanswered()
    same = same.filter(
        Q(person=person) | Q(asked_by_person=person),
        kind=OuterRef("kind"),
        received_on=OuterRef("received_on"),
    )
    return rows.annotate(received_on=TruncDate("received_at")).exclude(Exists(same))


def on_decisions(request: RightsRequest, user: User) -> list[OnDecision]:
    """The decisions on which a request is recorded as an objection or a complaint too, and is not answered."""
    if not user.has(Permission.ANSWER_REQUESTS) or user.organisation_id != request.organisation_id:
        return []
    people = [key for key in (request.person_id, request.asked_by_person_id) if key]
    rows = Complaint.objects.filter(
        organisation_id=request.organisation_id, kind=request.kind, person__person__in=people,
        received_at__date=request.received_on, answers=None,
    ).order_by("decision__reference")  # fmt: skip
    found = rows.values_list("decision__reference", "decision__team_name").distinct()
    return [OnDecision(*each) for each in found]
