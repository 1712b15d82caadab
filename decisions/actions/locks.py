from uuid import UUID, uuid4

from django.http import Http404

from accounts.access import require
from accounts.models import User
from accounts.roles import Permission
from decisions.models import Decision, UrgentRecord
from decisions.models.events import DecisionEvent


def locked_draft(decision: Decision, by: User) -> Decision:
    """The author's own draft, locked until the transaction ends; Http404 for anything else."""
    require(by, Permission.RECORD_DECISIONS)
    draft: Decision | None = Decision.objects.drafts_of(by).select_for_update().filter(pk=decision.pk).first()
    if draft is None:
        raise Http404
    return draft


def unused_id(model: type[Decision | DecisionEvent | UrgentRecord], submission_id: UUID | None) -> UUID:
    """The submitted id, or a new one if a row already has it: a form may be submitted again with other answers."""
    taken = submission_id is not None and model._default_manager.filter(public_id=submission_id).exists()
    return uuid4() if submission_id is None or taken else submission_id
