"""Incidents that tests report, and what is done about them."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from accounts.models import Team, User
from decisions.models import Decision, UrgentRecord
from incidents import actions
from incidents.models import Incident, IncidentEvent

HOUR = timedelta(hours=1)
NEEDED: dict[str, dict[str, Any]] = {
    "RECALL_ASKED": {"way": "PHONE"}, "RECALL_ANSWERED": {"outcome": "DELETED"}, "RISK_JUDGED": {"risk": "RISK"},
}  # fmt: skip


def wrong(**changed: Any) -> dict[str, Any]:
    answers = {"danger": "no", "address_at_risk": "no", "kind": "WRONG_PLACE",
               "what_happened": "The letter went astray",
               "what_other": "The plan", "went_to": "A neighbour", "who_harmed": "His mother",
               "noticed_at": timezone.now() - HOUR, "noticed_by": "Asha"}  # fmt: skip
    return {**answers, **changed}


def reported(
    by: User, *, decision: Decision | None = None, team: Team | None = None, items: Any = (), recipients: Any = (),
    urgent: UrgentRecord | None = None, further: Any = (), **changed: Any,
) -> Incident:  # fmt: skip
    return actions.report_incident(
        decision=decision, team=team, answers=wrong(**changed), items=items, recipients=recipients,
        urgent=urgent, further=further,
        submission_id=uuid4(), by=by, at=timezone.now(),
    )  # fmt: skip


def done(incident: Incident, kind: str, by: User, at: datetime | None = None, **more: Any) -> IncidentEvent:
    answers = {"text": "By phone, as agreed", "at": at or timezone.now(), **NEEDED.get(kind, {}), **more}
    return actions.add_incident_event(
        incident=incident, kind=kind, answers=answers, submission_id=uuid4(), by=by, at=timezone.now()
    )  # fmt: skip
