"""Working together with a person after recording: each is a new row."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404

from accounts.models import User
from audit import ledger
from decisions.actions.new_rows import added, recorded
from decisions.models import ContactOutcome, ContactPlan, Decision, DecisionPerson


def add_contact_plan(
    *, decision: Decision, person: DecisionPerson, answers: dict[str, Any], submission_id: UUID, by: User, at: datetime
) -> ContactPlan:
    """Record what was done to keep working together with a person, and the next contact that is planned."""
    with ledger.recording(actor=by, at=at):
        locked = recorded(decision, by, person)
        return added(ContactPlan, locked, {"person": person, **answers}, submission_id, by, at)


def add_contact_outcome(
    *, plan: ContactPlan, answers: dict[str, Any], submission_id: UUID, by: User, at: datetime
) -> ContactOutcome:
    """Record that a planned contact took place, or why not. Http404 where no contact was planned."""
    with ledger.recording(actor=by, at=at):
        locked = recorded(plan.decision, by, plan)
        if plan.planned_on is None:
            raise Http404
        return added(ContactOutcome, locked, {"plan": plan, **answers}, submission_id, by, at)
