"""Reading the records that a request concerns, and deciding each item of them."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404

from accounts.access import require
from accounts.actions.acting import acting
from accounts.models import User
from accounts.roles import Permission
from audit import ledger
from audit.parts import read_parts
from decisions.models import Decision
from decisions.queries import PARTS
from rights.actions.requests import CLOSED_ALREADY, locked_request
from rights.entries import entries_of
from rights.models import ItemDecision, RightsRequest
from rights.presenters import clock_of
from rights.queries import decisions_of
from rules.rights.grounds import access_grounds
from rules.rights.suggest import ItemChoice


def open_record(*, request: RightsRequest, decision: Decision, by: User, at: datetime) -> None:
    """Enter in the ledger that a record was opened for a request, before any of it is shown."""
    require(by, Permission.ANSWER_REQUESTS)
    details = {"request": request.pk, "reference": request.reference}
    with ledger.recording(actor=by, at=at):
        ledger.append("rights.record_opened", organisation=request.organisation_id, obj=decision, details=details)


def decide_item(
    *,
    request: RightsRequest,
    decision: Decision,
    key: str,
    choice: str,
    given: str = "",
    ground: str = "",
    reason: str = "",
    submission_id: UUID,
    by: User,
    at: datetime,
) -> ItemDecision:
    """Decide what is done with one item. A later decision about the same item counts instead; both stay.

    Http404 for an item that the record does not have. Raises ValidationError for a request that is answered.
    """
    with acting(by=by, permission=Permission.ANSWER_REQUESTS, at=at) as officer:
        locked = locked_request(request, officer)
        existing: ItemDecision | None = ItemDecision.objects.of(locked).filter(public_id=submission_id).first()
        if existing:
            return existing
        if clock_of(locked).is_closed:
            raise ValidationError(CLOSED_ALREADY)
        found: Decision | None = decisions_of(locked, officer).filter(pk=decision.pk).first()
        if found is None:
            raise Http404
        read_parts([found], PARTS)
        entry = next((each for each in entries_of(found, locked) if each.key == key), None)
        if entry is None:
            raise Http404
        law = access_grounds().get(ground) if choice != ItemChoice.GIVE else None
        row = ItemDecision(
            public_id=submission_id, organisation_id=locked.organisation_id, request=locked, decision=found, key=key,
            choice=choice, given=given, ground=ground, ground_citation=law.citation if law else "", reason=reason,
            suggested=entry.suggestion.choice if entry.suggestion else "", written_by=officer, written_at=at,
        )  # fmt: skip
        row.save()
        details = {"item": row.pk, "choice": choice, "ground": ground, "decision": found.pk}
        ledger.append("rights.item_decided", organisation=locked.organisation_id, obj=locked, details=details)
        return row
