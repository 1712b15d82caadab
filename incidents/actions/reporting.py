"""Reporting that something went wrong, and opening what was reported."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404

from accounts.access import require
from accounts.actions.acting import acting
from accounts.models import Team, User
from accounts.roles import Permission
from audit import ledger
from decisions.models import Decision, DecisionItem, DecisionRecipient, UrgentRecord
from incidents.models import Incident, IncidentDecision, IncidentItem, IncidentRecipient
from incidents.queries import may_report, may_report_urgent

NOT_THEIRS = "Choose what went out from this decision"


def report_incident(
    *,
    decision: Decision | None,
    team: Team | None,
    answers: Mapping[str, Any],
    urgent: UrgentRecord | None = None,
    further: Collection[Decision] = (),
    items: Collection[DecisionItem] = (),
    recipients: Collection[DecisionRecipient] = (),
    submission_id: UUID,
    by: User,
    at: datetime,
) -> Incident:
    """Report what went wrong with a decision, an urgent record, or neither. Sent twice, it makes one.

    With a record it is of the record's team; without one, of a team of whoever reports it. Http404 otherwise. `further`
    decisions are those that it is about too: each one that they could report by itself.
    """
    with acting(by=by, permission=Permission.REPORT_INCIDENTS, at=at) as reporter:
        existing: Incident | None = Incident.objects.filter(
            public_id=submission_id, organisation_id=reporter.organisation_id, written_by=reporter
        ).first()
        if existing:
            return existing
        team_id = _team_of_urgent(urgent, reporter) if urgent else _team_of(decision, team, reporter)
        for each in further:
            _team_of(each, None, reporter)
        chosen = {item.decision_id for item in items} | {recipient.decision_id for recipient in recipients}
        if chosen - {decision.pk if decision else 0}:
            raise ValidationError(NOT_THEIRS)
        known = {"organisation_id": reporter.organisation_id, "written_by": reporter, "written_at": at}
        incident = Incident(
            public_id=submission_id, team_id=team_id, decision=decision, urgent=urgent, **known, **answers
        )
        incident.save()
        for each in further:
            IncidentDecision(incident=incident, decision=each, **known).save()
        for item in items:
            IncidentItem(incident=incident, item=item, **known).save()
        for recipient in recipients:
            IncidentRecipient(incident=incident, recipient=recipient, **known).save()
        details = {
            "kind": incident.kind,
            "decision": decision.pk if decision else 0,
            "urgent": urgent.pk if urgent else 0,
            "further": len(further),
        }
        ledger.append("incident.reported", organisation=incident.organisation_id, obj=incident, details=details)
        return incident


def see_incident(*, incident: Incident, by: User, at: datetime) -> None:
    """Enter in the ledger that an incident was opened, before it is shown; and what it shows of a decision, as read."""
    require(by, Permission.REPORT_INCIDENTS)
    with ledger.recording(actor=by, at=at):
        ledger.append("incident.seen", organisation=incident.organisation_id, obj=incident)
        if incident.decision is not None:
            ledger.append("decision.incident_read", organisation=incident.organisation_id, obj=incident.decision)


def _team_of_urgent(urgent: UrgentRecord, reporter: User) -> int:
    found: UrgentRecord | None = UrgentRecord.objects.visible_to(reporter).filter(pk=urgent.pk).first()
    if found is None or not may_report_urgent(found, reporter):
        raise Http404
    return found.team_id


def _team_of(decision: Decision | None, team: Team | None, reporter: User) -> int | None:
    if decision is not None:
        found: Decision | None = Decision.objects.each_visible_to(reporter).filter(pk=decision.pk).first()
        if found is None or not may_report(found, reporter):
            raise Http404
        return found.team_id
    if team is not None and team.pk in reporter.team_ids():
        return team.pk
    if team is None and reporter.has(Permission.FOLLOW_INCIDENTS):
        return None
    raise Http404
