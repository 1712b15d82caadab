"""Reading the records that a request concerns, and deciding each item of them."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid5

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
from rights.preparing import prepared_of
from rights.presenters import clock_of
from rights.queries import decisions_of
from rules.rights.grounds import access_grounds
from rules.rights.suggest import ItemChoice

NOT_AS_SHOWN = "What is on this page changed since you opened it. Read it again, then choose what to give"


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
        found = _read(locked, decision, officer)
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


def give_items(
    *, request: RightsRequest, decision: Decision, keys: Collection[str], submission_id: UUID, by: User, at: datetime
) -> list[ItemDecision]:
    """Decide that these items, which were shown together, are given as they are. Sent twice, it decides once.

    All or none: raises ValidationError where one of them is not on the record as it was shown, is decided since, or has
    something against giving it, and for a request that is answered.
    """
    with acting(by=by, permission=Permission.ANSWER_REQUESTS, at=at) as officer:
        locked = locked_request(request, officer)
        ids = {uuid5(submission_id, key): key for key in keys}
        existing = list(ItemDecision.objects.of(locked).filter(public_id__in=ids))
        if existing:
            return existing
        if clock_of(locked).is_closed:
            raise ValidationError(CLOSED_ALREADY)
        found = _read(locked, decision, officer)
        [record] = prepared_of(locked, [found])
        if not keys or set(keys) - {entry.key for entry in record.together}:
            raise ValidationError(NOT_AS_SHOWN)
        rows = [
            ItemDecision(
                public_id=public_id, organisation_id=locked.organisation_id, request=locked, decision=found, key=key,
                choice=ItemChoice.GIVE, written_by=officer, written_at=at,
            )
            for public_id, key in ids.items()
        ]  # fmt: skip
        for row in rows:
            row.save()
        details = {"items": [row.pk for row in rows], "decision": found.pk}
        ledger.append("rights.items_given", organisation=locked.organisation_id, obj=locked, details=details)
        return rows


def _read(request: RightsRequest, decision: Decision, officer: User) -> Decision:
    """The record with its parts, if the request concerns it."""
    found: Decision | None = decisions_of(request, officer).filter(pk=decision.pk).first()
    if found is None:
        raise Http404
    read_parts([found], PARTS)
    return found
