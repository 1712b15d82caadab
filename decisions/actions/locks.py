from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.http import Http404

from accounts.access import require
from accounts.models import User
from accounts.roles import Permission
from audit.statements import rows_of
from decisions.models import Decision, UrgentRecord
from decisions.models.events import DecisionEvent
from decisions.queries import is_draft_of, may_add_to


def locked_draft(decision: Decision, by: User) -> Decision:
    """The author's own draft, locked until the transaction ends; Http404 for anything else."""
    require(by, Permission.RECORD_DECISIONS)
    draft = next(iter(rows_of(Decision, _locked, [decision.pk])), None)
    if draft is None or not is_draft_of(draft, by):
        raise Http404
    return draft


def locked_to_add_to(decision: Decision, by: User) -> Decision:
    """The recorded decision, locked, if this person may add to it; Http404 otherwise."""
    require(by, Permission.RECORD_DECISIONS)
    recorded = next(iter(rows_of(Decision, _locked, [decision.pk])), None)
    if recorded is None or not may_add_to(recorded, by):
        raise Http404
    return recorded


def _locked(keys: list[int]) -> QuerySet[Decision]:
    return Decision.objects.filter(pk__in=keys).select_for_update()


def unused_id(model: type[Decision | DecisionEvent | UrgentRecord], submission_id: UUID | None) -> UUID:
    """The submitted id, or a new one if a row already has it: a form may be submitted again with other answers."""
    taken = submission_id is not None and model._default_manager.filter(public_id=submission_id).exists()
    return uuid4() if submission_id is None or taken else submission_id
