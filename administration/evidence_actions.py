"""Everything that officers do about evidence: the only place where its rows are made."""

import datetime as dt
from collections.abc import Collection, Mapping
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404

from accounts.access import require
from accounts.actions.acting import acting
from accounts.models import User
from accounts.roles import Permission
from administration.evidence_fields import Field, fields_of, still_in
from administration.evidence_record import LeftOutFields
from administration.evidence_scope import About, enter_made
from administration.evidence_wanted import RESTRICTED, Counts, NotThere, Wanted, wanted_by
from administration.models import MOST_ALONE, EvidenceAnswer, EvidenceRequest, LeftOut
from audit import ledger
from audit.evidence.ordering import EvidenceOrder, Making, start

NOT_THERE = "This record is no longer there. Check its reference"
NOT_YOURS = "Only the officer who asked for it can make it"
ANOTHER = "Another data protection officer must answer this"
TOO_LATE = "This was asked for more than 7 days ago. Ask again"
NOT_AGREED = "A second data protection officer has not agreed yet"
GREW = f"It now holds more than {MOST_ALONE} records, so a second officer must agree. Ask again"


def ask_evidence(
    *, wanted: Wanted, reason: str, their_reference: str, why_addresses: str, submission_id: UUID, by: User,
    at: dt.datetime,
) -> EvidenceRequest:  # fmt: skip
    """Keep what is wanted and why, with how much it is now. Sent twice, it makes one. Nothing leaves yet."""
    with acting(by=by, permission=Permission.TAKE_EVIDENCE, at=at) as officer:
        existing: EvidenceRequest | None = (
            EvidenceRequest.objects.visible_to(officer).filter(public_id=submission_id).first()
        )
        if existing:
            return existing
        if wanted.organisation != officer.organisation_id:
            raise Http404
        counts = _counted(wanted)
        refuse_restricted(wanted, officer)
        request = EvidenceRequest(
            public_id=submission_id, organisation_id=officer.organisation_id, written_by=officer, written_at=at,
            what=wanted.what, record=wanted.record, first_day=wanted.first_day, last_day=wanted.last_day,
            reason=reason, their_reference=their_reference, addresses=bool(why_addresses),
            why_addresses=why_addresses, needs_second=needs_second(wanted, counts, officer), **counts.columns(),
        )  # fmt: skip
        request.save()
        return request


def answer_evidence(
    *, request: EvidenceRequest, agreed: bool, reason: str, by: User, at: dt.datetime
) -> EvidenceAnswer:
    """A second officer agrees that it leaves, or does not."""
    with acting(by=by, permission=Permission.TAKE_EVIDENCE, at=at) as officer:
        locked = _locked(request, officer)
        if not locked.needs_second or locked.answered:
            raise Http404
        if locked.written_by_id == officer.pk:
            raise ValidationError(ANOTHER)
        _refuse_late(locked, at)
        answer = EvidenceAnswer(
            organisation_id=officer.organisation_id, request=locked, agreed=agreed, reason=reason,
            written_by=officer, written_at=at,
        )  # fmt: skip
        answer.save()
        return answer


def take_evidence(*, request: EvidenceRequest, by: User, at: dt.datetime) -> Making:
    """The bundle, as chunks to stream; that it was started is entered before the first.

    No transaction is open while it is read, so call it outside one. Raises ValidationError where it may not be made,
    and what `start` raises where it cannot be signed.
    """
    require(by, Permission.TAKE_EVIDENCE)
    rows = EvidenceRequest.objects.visible_to(by).select_related("answer")
    found: EvidenceRequest | None = rows.filter(pk=request.pk).first()
    if found is None:
        raise Http404
    if found.written_by_id != by.pk:
        raise ValidationError(NOT_YOURS)
    _refuse_late(found, at)
    wanted = wanted_by(found)
    refuse_restricted(wanted, by)
    if not found.is_agreed():
        if found.needs_second:
            raise ValidationError(NOT_AGREED)
        if needs_second(wanted, _counted(wanted), by):
            raise ValidationError(GREW)
    scope = wanted.scope(addresses=found.addresses, left_out=fields_left_out(found))
    if wanted.about:
        enter_made(wanted.about, by=by, at=at)
    order = EvidenceOrder(
        scope, at, actor=by, reason=found.reason, name=f"{by.name_on_record}, {by.email}", more=_for_people(found)
    )
    return start(order)


def show_fields(*, request: EvidenceRequest, by: User, at: dt.datetime) -> list[Field]:
    """What is still in it, to choose from. Entered on the decision before it is shown."""
    require(by, Permission.TAKE_EVIDENCE)
    about = _own_decision(request, by)
    with ledger.recording(actor=by, at=at):
        ledger.append("decision.evidence_fields_shown", organisation=about.organisation, obj=about.decisions[0])
    return still_in(fields_of(about), fields_left_out(request))


def leave_out_fields(
    *, request: EvidenceRequest, codes: Collection[str], reason: str, by: User, at: dt.datetime
) -> int:
    """From now on these stay out of what is made of this request. Each keeps the reason; none comes back.

    How many of the others say again what is left out: those are for the officer to look at.
    """
    with acting(by=by, permission=Permission.TAKE_EVIDENCE, at=at) as officer:
        locked = _locked(request, officer)
        _refuse_late(locked, at)
        known, out = fields_of(_own_decision(locked, officer)), fields_left_out(locked)
        chosen = [field for field in known if field.code in codes and field.key not in out]
        for field in chosen:
            LeftOut(
                organisation_id=locked.organisation_id, request=locked, subject=field.subject, row=field.row,
                field=field.name, reason=reason,
            ).save()  # fmt: skip
        others = still_in(known, {*out, *(field.key for field in chosen)})
        return len([field for field in others if field.repeats])


def _own_decision(request: EvidenceRequest, officer: User) -> About:
    """Http404 unless it is this officer's own request for a decision that is still there."""
    try:
        about = wanted_by(request).about
    except NotThere:
        about = None
    if about is None or about.family or request.written_by_id != officer.pk:
        raise Http404
    return about


def fields_left_out(request: EvidenceRequest) -> LeftOutFields:
    return {(row.subject, row.row, row.field): row.reason for row in request.left_out.all()}


def _for_people(request: EvidenceRequest) -> Mapping[str, str]:
    answer = request.answered
    texts = {
        "request": request.reference,
        "their_reference": request.their_reference,
        "agreed_by": answer.written_by_name if answer else "",
    }
    return {name: text for name, text in texts.items() if text}


def needs_second(wanted: Wanted, counts: Counts, officer: User) -> bool:
    """Whether a second officer must agree: to many records, and to a log with records closed to this officer."""
    whole_log = wanted.what in {EvidenceRequest.What.PERIOD, EvidenceRequest.What.LOG}
    return counts.needs_second or (whole_log and bool(officer.closed_families or officer.closed_decisions))


def refuse_restricted(wanted: Wanted, officer: User) -> None:
    try:
        closed = wanted.is_closed_to(officer)
    except NotThere:
        raise ValidationError(NOT_THERE) from None
    if closed:
        raise ValidationError(RESTRICTED)


def _counted(wanted: Wanted) -> Counts:
    try:
        return wanted.counts()
    except NotThere:
        raise ValidationError(NOT_THERE) from None


def _locked(request: EvidenceRequest, officer: User) -> EvidenceRequest:
    rows = EvidenceRequest.objects.visible_to(officer).select_for_update(of=("self",))
    locked: EvidenceRequest | None = rows.filter(pk=request.pk).first()
    if locked is None:
        raise Http404
    return locked


def _refuse_late(request: EvidenceRequest, at: dt.datetime) -> None:
    if at >= request.ends_at:
        raise ValidationError(TOO_LATE)
