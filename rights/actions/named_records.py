"""Naming the records that a request is about, reading them, and what is left out of their print."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
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
from rights.finding import recorded_under
from rights.models import ItemDecision, NamedRecord, RightsRequest
from rights.presenters import clock_of
from rights.queries import named_in
from rights.whole_record import WholeRecord, whole_record
from rules.rights.codes import PrintGround, RequestKind
from rules.rights.suggest import ItemChoice

BY_THE_PERSON = "Somebody who asks what you hold gets every record that they are on. None is named"
NOT_FOUND = "No recorded decision has this reference, and no family with one. Check it, then try again"
NAMED_ALREADY = "The request names this already"
NOT_AS_SHOWN = "What is on this page changed since you opened it. Read it again, then choose"
LEFT_OUT_BEFORE = "Something you left out is not on the record as it was. Check it before you print"


def name_records(
    *, request: RightsRequest, reference: str, why: str, submission_id: UUID, by: User, at: datetime
) -> list[NamedRecord]:
    """Name a recorded decision, or all those of a family, by reference. Each is an entry about that decision.

    Raises ValidationError for a request that is answered, and where nothing new is found. Sent twice, it names once.
    """
    with acting(by=by, permission=Permission.ANSWER_REQUESTS, at=at) as officer:
        locked = _still_open(request, officer)
        if locked.kind == RequestKind.ACCESS:
            raise ValidationError(BY_THE_PERSON)
        found = [
            row
            for row in recorded_under(officer.organisation_id, reference)
            if row.pk not in officer.decisions_closed_on_duty
        ]
        if not found:
            raise ValidationError({"reference": NOT_FOUND})
        sent = {uuid5(submission_id, str(decision.public_id)): decision for decision in found}
        existing = list(NamedRecord.objects.of(locked).filter(public_id__in=sent))
        if existing:
            return existing
        named = set(NamedRecord.objects.of(locked).values_list("decision", flat=True))
        new = {public_id: decision for public_id, decision in sent.items() if decision.pk not in named}
        if not new:
            raise ValidationError({"reference": NAMED_ALREADY})
        return [_name(locked, decision, why, public_id, officer, at) for public_id, decision in new.items()]


def open_named(*, request: RightsRequest, decision: Decision, printing: bool, by: User, at: datetime) -> WholeRecord:
    """The record, after the entry that it was opened or printed for this request. Http404 once that is answered.

    Raises ValidationError for a print in which a line would stand again that was left out when it read differently.
    """
    require(by, Permission.ANSWER_REQUESTS)
    found = _read(request, decision, by)
    event = "rights.record_printed" if printing else "rights.record_opened"
    details: dict[str, Any] = {"request": request.pk, "reference": request.reference}
    record = whole_record(found, request)
    if printing and record.changed:
        raise ValidationError(LEFT_OUT_BEFORE)
    if printing:
        details["left_out"] = len(record.left_out)
    with ledger.recording(actor=by, at=at):
        ledger.append(event, organisation=request.organisation_id, obj=found, details=details)
    return record


def leave_out(
    *, request: RightsRequest, decision: Decision, keys: Collection[str], choice: str, ground: str = "",
    reason: str = "", submission_id: UUID, by: User, at: datetime,
) -> list[ItemDecision]:  # fmt: skip
    """Leave these lines out of the print, for a reason, or put them back. The latest about a line counts; all stay.

    All or none: raises ValidationError where one of them is not on the record as it was shown.
    """
    with acting(by=by, permission=Permission.ANSWER_REQUESTS, at=at) as officer:
        locked = _still_open(request, officer)
        ids = {uuid5(submission_id, key): key for key in keys}
        existing = list(ItemDecision.objects.of(locked).filter(public_id__in=ids))
        if existing:
            return existing
        found = _read(locked, decision, officer)
        record = whole_record(found, locked)
        on_record = {line.key for line in record.lines}
        if choice == ItemChoice.GIVE:
            on_record |= {row.key for row in record.changed}
        if not keys or set(keys) - on_record:
            raise ValidationError(NOT_AS_SHOWN)
        why = {"ground": ground, "ground_citation": PrintGround(ground).label, "reason": reason} if ground else {}
        rows = [
            ItemDecision(
                public_id=public_id, organisation_id=locked.organisation_id, request=locked, decision=found, key=key,
                choice=choice, written_by=officer, written_at=at, **why,
            )
            for public_id, key in ids.items()
        ]  # fmt: skip
        for row in rows:
            row.save()
        details = {"items": [row.pk for row in rows], "choice": choice, "ground": ground, "decision": found.pk}
        event = "rights.left_out" if choice == ItemChoice.LEAVE_OUT else "rights.put_back"
        ledger.append(event, organisation=locked.organisation_id, obj=locked, details=details)
        return rows


def _still_open(request: RightsRequest, officer: User) -> RightsRequest:
    locked = locked_request(request, officer)
    if clock_of(locked).is_closed:
        raise ValidationError(CLOSED_ALREADY)
    return locked


def _name(
    request: RightsRequest, decision: Decision, why: str, public_id: UUID, officer: User, at: datetime
) -> NamedRecord:
    row = NamedRecord(
        public_id=public_id, organisation_id=request.organisation_id, request=request, decision=decision, why=why,
        written_by=officer, written_at=at,
    )  # fmt: skip
    row.save()
    details = {"request": request.pk, "reference": request.reference}
    ledger.append("rights.record_named", organisation=request.organisation_id, obj=decision, details=details)
    return row


def _read(request: RightsRequest, decision: Decision, officer: User) -> Decision:
    """The record with its parts, if the request names it and is not answered."""
    rows: QuerySet[Decision] = named_in(request, officer)
    found = rows.filter(pk=decision.pk).first()
    if found is None:
        raise Http404
    read_parts([found], PARTS)
    return found
