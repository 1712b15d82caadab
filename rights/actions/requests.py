"""Opening requests, passing one on, and what happens with them. Every row is new; none is changed."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404

from accounts.access import require
from accounts.actions.acting import acting
from accounts.models import User
from accounts.roles import Permission
from audit import ledger
from families.models import Person
from rights.finding import matching
from rights.models import RequestEvent, RightsRequest
from rules.rights.clock import WAITS, clock, why_no_extension
from rules.rights.codes import OUTCOMES_OF, Asker, RequestEventKind

NOT_YET = "The day must be on or after the day the request was received"
NOT_WAITING = "We are not waiting for anything from them"
ALREADY_WAITING = "We are waiting for a reply already. Record the reply first"
CLOSED_ALREADY = "The request is answered. Nothing can be added to it"
NOT_AN_OUTCOME = "Choose how it ended"


def find_person(*, name: str, born: date | None, reference: str, by: User, at: datetime) -> Person | None:
    """The one person who is called exactly so and has this date of birth, family or decision. Each try is an entry.

    None where nobody is, and where more than one is: then a reference tells them apart.
    """
    with acting(by=by, permission=Permission.ANSWER_REQUESTS, at=at) as officer:
        found = matching(officer.organisation_id, name, born, reference)
        found = [person for person in found if person.family_id not in officer.families_closed_on_duty]
        person = found[0] if len(found) == 1 else None
        details = {"found": person.pk if person else 0, "matches": len(found), "by": "birth" if born else "reference"}
        ledger.append("rights.person_searched", organisation=officer.organisation_id, details=details)
        return person


def open_request(
    *, person: Person, answers: Mapping[str, Any], identity: str, submission_id: UUID, by: User, at: datetime
) -> RightsRequest:
    """Open a request for the person. `identity`: how who asks was checked, if it was. Sent twice, it makes one."""
    with acting(by=by, permission=Permission.ANSWER_REQUESTS, at=at) as officer:
        request = _made(person, officer, answers, submission_id, at, "rights.request_opened")
        if identity and not request.events.exists():
            _event(request, officer, at, kind=RequestEventKind.IDENTITY, on_day=answers["received_on"], text=identity)
        return request


def pass_on_request(
    *, person: Person, answers: Mapping[str, Any], submission_id: UUID, by: User, at: datetime
) -> RightsRequest:
    """Pass on to the data protection officer what somebody asked of a practitioner who works with the family."""
    with acting(by=by, permission=Permission.EDIT_FAMILIES, at=at) as practitioner:
        if not Person.objects.editable_by(practitioner).filter(pk=person.pk).exists():
            raise Http404
        return _made(person, practitioner, answers, submission_id, at, "rights.request_passed_on")


def see_request(*, request: RightsRequest, by: User, at: datetime) -> None:
    """Enter in the ledger that a request was opened, before it is shown."""
    require(by, Permission.ANSWER_REQUESTS)
    with ledger.recording(actor=by, at=at):
        ledger.append("rights.request_seen", organisation=request.organisation_id, obj=request)


def add_event(
    *, request: RightsRequest, kind: str, answers: Mapping[str, Any], submission_id: UUID, by: User, at: datetime
) -> RequestEvent:
    """Record what happened with a request. Raises ValidationError where it cannot have happened so."""
    with acting(by=by, permission=Permission.ANSWER_REQUESTS, at=at) as officer:
        locked = locked_request(request, officer)
        existing: RequestEvent | None = RequestEvent.objects.of(locked).filter(public_id=submission_id).first()
        if existing:
            return existing
        _check(locked, kind, answers)
        return _event(locked, officer, at, public_id=submission_id, kind=kind, **answers)


def locked_request(request: RightsRequest, by: User) -> RightsRequest:
    rows = RightsRequest.objects.visible_to(by).select_for_update()
    locked: RightsRequest | None = rows.filter(pk=request.pk).first()
    if locked is None:
        raise Http404
    return locked


def _check(request: RightsRequest, kind: str, answers: Mapping[str, Any]) -> None:
    happened = [event.happened for event in request.events.all()]
    now = clock(request.kind, request.received_on, happened)
    if now.is_closed:
        raise ValidationError(CLOSED_ALREADY)
    if answers["on_day"] < request.received_on:
        raise ValidationError({"on_day": NOT_YET})
    if kind in WAITS and now.waiting_since:
        raise ValidationError(ALREADY_WAITING)
    if kind == RequestEventKind.REPLIED and (not now.waiting_since or answers["on_day"] < now.waiting_since):
        raise ValidationError(NOT_WAITING)
    if kind == RequestEventKind.EXTENDED:
        refused = why_no_extension(request.kind, request.received_on, happened, answers["on_day"])
        if refused:
            raise ValidationError({"on_day": refused})
    if kind == RequestEventKind.CLOSED and answers["outcome"] not in OUTCOMES_OF[request.kind]:
        raise ValidationError({"outcome": NOT_AN_OUTCOME})


def _made(
    person: Person, by: User, answers: Mapping[str, Any], submission_id: UUID, at: datetime, event: str
) -> RightsRequest:
    if person.organisation_id != by.organisation_id:
        raise Http404
    existing: RightsRequest | None = RightsRequest.objects.filter(
        public_id=submission_id, organisation_id=by.organisation_id
    ).first()
    if existing:
        return existing
    asker = None
    if answers["asker"] not in {Asker.SELF, Asker.BODY}:
        asker = _in_family(person, answers["asked_by_name"])
    request = RightsRequest(
        public_id=submission_id, organisation_id=by.organisation_id, person=person, asked_by_person=asker,
        written_by=by, written_at=at, **answers,
    )  # fmt: skip
    request.save()
    ledger.append(event, organisation=by.organisation_id, obj=request, details={"person": person.pk})
    return request


def _in_family(person: Person, name: str) -> Person | None:
    """The one of the family who has exactly this name."""
    rows = Person.objects.filter(family=person.family_id, name__iexact=name.strip()).exclude(pk=person.pk)
    found = list(rows[:2])
    return found[0] if len(found) == 1 else None


def _event(request: RightsRequest, by: User, at: datetime, **values: Any) -> RequestEvent:
    row = RequestEvent(
        organisation_id=request.organisation_id, request=request, written_by=by, written_at=at, **values
    )  # fmt: skip
    row.save()
    details = {"event": row.pk, "kind": row.kind}
    ledger.append("rights.event_added", organisation=request.organisation_id, obj=request, details=details)
    return row
