"""What is done about an incident. Every row is new; none is changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404

from accounts.access import require
from accounts.actions.acting import acting
from accounts.models import User
from accounts.roles import Permission
from audit import ledger
from incidents.models import Incident, IncidentEvent
from incidents.queries import may_add_events
from rules.incidents.clock import Happened, clock, is_closed
from rules.incidents.codes import IncidentEventKind

NOT_YET = "The time must be after it was noticed"
CLOSED_ALREADY = "It is closed. Ask your data protection officer to open it again"
NOT_CLOSED = "It is open already"
WHY_LATE = "Enter why it was not reported within {hours} hours"
BY_AN_OFFICER = frozenset({IncidentEventKind.CLOSED, IncidentEventKind.REOPENED})


def add_incident_event(
    *, incident: Incident, kind: str, answers: Mapping[str, Any], submission_id: UUID, by: User, at: datetime
) -> IncidentEvent:
    """Record what was done. Raises ValidationError where it cannot have been so. Sent twice, it adds one.

    Only a data protection officer closes an incident or opens it again.
    """
    with acting(by=by, permission=Permission.REPORT_INCIDENTS, at=at) as user:
        locked = _locked(incident, user)
        if kind in BY_AN_OFFICER:
            require(user, Permission.FOLLOW_INCIDENTS)
        existing: IncidentEvent | None = IncidentEvent.objects.of(locked).filter(public_id=submission_id).first()
        if existing:
            return existing
        _check(locked, kind, answers)
        row = IncidentEvent(
            public_id=submission_id, organisation_id=locked.organisation_id, incident=locked, kind=kind,
            written_by=user, written_at=at, **answers,
        )  # fmt: skip
        row.save()
        details = {"event": row.pk, "kind": row.kind}
        ledger.append("incident.event_added", organisation=locked.organisation_id, obj=locked, details=details)
        return row


def _locked(incident: Incident, user: User) -> Incident:
    rows = Incident.objects.visible_to(user).select_related("organisation").select_for_update(of=("self",))
    locked: Incident | None = rows.filter(pk=incident.pk).first()
    if locked is None or not may_add_events(locked, user):
        raise Http404
    return locked


def _check(incident: Incident, kind: str, answers: Mapping[str, Any]) -> None:
    happened = [event.happened for event in incident.events.all()]
    if is_closed(happened) != (kind == IncidentEventKind.REOPENED):
        raise ValidationError(CLOSED_ALREADY if is_closed(happened) else NOT_CLOSED)
    if answers["at"] < incident.noticed_at:
        raise ValidationError({"at": NOT_YET})
    if kind == IncidentEventKind.REGULATOR_NOTIFIED and not answers.get("why_late"):
        reported = Happened(kind, answers["at"])
        found = clock(incident.noticed_at, [*happened, reported], incident.organisation.kind)
        if found.is_late(answers["at"]):
            raise ValidationError({"why_late": WHY_LATE.format(hours=found.limit.hours)})
