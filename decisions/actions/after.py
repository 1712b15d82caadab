"""What happens after recording is told in new rows; nothing recorded is touched."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404

from accounts.access import require
from accounts.models import User
from accounts.roles import Permission
from audit import ledger
from decisions.actions.locks import free
from decisions.models import Decision, DecisionPerson, DecisionRecipient, Sending, TellingEvent


def add_sending(
    *, decision: Decision, recipient: DecisionRecipient, answers: dict[str, Any], once: UUID, by: User, at: datetime
) -> Sending:
    """One more sending of a recorded, shared decision.

    `once` names the page as it was opened: the same answers sent twice are kept once, other answers are another row.
    """
    with ledger.recording(actor=by, at=at):
        locked = _recorded(decision, by)
        if not locked.is_shared or recipient.decision_id != locked.pk:
            raise Http404
        twice: Sending | None = locked.sendings.filter(public_id=once, recipient=recipient, **answers).first()
        if twice:
            return twice
        sending = Sending(
            public_id=free(Sending, once), organisation_id=locked.organisation_id, decision=locked, recipient=recipient,
            written_at=at, written_by=by, **answers,
        )  # fmt: skip
        sending.save()
        ledger.append("decision.sending_added", organisation=locked.organisation_id, obj=locked)
        return sending


def add_telling(
    *, decision: Decision, person: DecisionPerson, answers: dict[str, Any], once: UUID, by: User, at: datetime
) -> TellingEvent:
    """What one person has been told since, or what was decided about telling them. `once` as for a sending."""
    with ledger.recording(actor=by, at=at):
        locked = _recorded(decision, by)
        if person.decision_id != locked.pk:
            raise Http404
        twice: TellingEvent | None = locked.telling_events.filter(public_id=once, person=person, **answers).first()
        if twice:
            return twice
        event = TellingEvent(
            public_id=free(TellingEvent, once), organisation_id=locked.organisation_id, decision=locked, person=person,
            written_at=at, written_by=by, **answers,
        )  # fmt: skip
        event.save()
        ledger.append("decision.telling_added", organisation=locked.organisation_id, obj=locked)
        return event


def _recorded(decision: Decision, by: User) -> Decision:
    require(by, Permission.RECORD_DECISIONS)
    locked: Decision | None = Decision.objects.added_to_by(by).select_for_update().filter(pk=decision.pk).first()
    if locked is None:
        raise Http404
    return locked
