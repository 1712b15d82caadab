"""What happens after recording is told in new rows; nothing recorded is touched."""

from datetime import datetime
from typing import Any

from django.http import Http404

from accounts.access import require
from accounts.models import User
from accounts.roles import Permission
from audit import ledger
from decisions.models import Decision, DecisionPerson, DecisionRecipient, Sending, TellingEvent


def add_sending(
    *, decision: Decision, recipient: DecisionRecipient, answers: dict[str, Any], by: User, at: datetime
) -> Sending:
    """One more sending of a recorded, shared decision."""
    with ledger.recording(actor=by, at=at):
        locked = _recorded(decision, by)
        if not locked.is_shared or recipient.decision_id != locked.pk:
            raise Http404
        sending = Sending(
            organisation_id=locked.organisation_id, decision=locked, recipient=recipient, written_at=at,
            written_by=by, **answers,
        )  # fmt: skip
        sending.save()
        ledger.append("decision.sending_added", organisation=locked.organisation_id, obj=locked)
        return sending


def add_telling(
    *, decision: Decision, person: DecisionPerson, answers: dict[str, Any], by: User, at: datetime
) -> TellingEvent:
    """What one person has been told since, or what was decided about telling them."""
    with ledger.recording(actor=by, at=at):
        locked = _recorded(decision, by)
        if person.decision_id != locked.pk:
            raise Http404
        event = TellingEvent(
            organisation_id=locked.organisation_id, decision=locked, person=person, written_at=at, written_by=by,
            **answers,
        )  # fmt: skip
        event.save()
        ledger.append("decision.telling_added", organisation=locked.organisation_id, obj=locked)
        return event


def _recorded(decision: Decision, by: User) -> Decision:
    require(by, Permission.RECORD_DECISIONS)
    visible = Decision.objects.recorded().visible_to(by).filter(pk=decision.pk)
    locked: Decision | None = visible.select_for_update().first()
    if locked is None:
        raise Http404
    return locked
