"""How a row is added to a recorded decision: the permission, the lock, and the entry in the ledger."""

from datetime import datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.http import Http404

from accounts.models import User
from audit import ledger
from decisions.actions.locks import locked_to_add_to, unused_id
from decisions.indexing import index_added
from decisions.models import (
    Addition,
    Complaint,
    ComplaintAcknowledgement,
    ComplaintAnswer,
    ConsentEvent,
    ContactOutcome,
    ContactPlan,
    Correction,
    Decision,
    InformingEvent,
    NotSent,
    Receipt,
    Response,
    Sending,
    StatementPassedOn,
    StatementToRecipients,
    ViewsReadBack,
    WrongInformation,
)
from decisions.models.events import DecisionEvent

Row = TypeVar("Row", bound=DecisionEvent)
ENTERED: dict[type[DecisionEvent], str] = {
    Sending: "decision.sending_added",
    NotSent: "decision.not_sent_added",
    InformingEvent: "decision.informing_added",
    ConsentEvent: "decision.consent_added",
    Receipt: "decision.receipt_added",
    Response: "decision.response_added",
    Addition: "decision.addition_added",
    WrongInformation: "decision.wrong_information_added",
    Correction: "decision.correction_added",
    Complaint: "decision.complaint_added",
    ComplaintAcknowledgement: "decision.complaint_acknowledged",
    ComplaintAnswer: "decision.complaint_answered",
    ViewsReadBack: "decision.views_read_back",
    StatementToRecipients: "decision.statement_added",
    StatementPassedOn: "decision.statement_passed_on",
    ContactPlan: "decision.contact_planned",
    ContactOutcome: "decision.contact_outcome_added",
}


class Part(Protocol):
    """A row that belongs to a decision."""

    decision_id: int


def added(
    model: type[Row], locked: Decision, answers: dict[str, Any], submission_id: UUID, by: User, at: datetime
) -> Row:
    """The new row; or the first one, where the same page was sent twice."""
    rows: Any = model._default_manager
    existing: Row | None = rows.filter(decision=locked, public_id=submission_id, **answers).first()
    if existing:
        return existing
    values: dict[str, Any] = {"decision": locked, **answers}
    row = model(
        public_id=unused_id(model, submission_id),
        organisation_id=locked.organisation_id,
        written_at=at,
        written_by=by,
        **values,
    )
    row.save()
    index_added(locked, row)
    ledger.append(ENTERED[model], organisation=locked.organisation_id, obj=locked)
    return row


def recorded(decision: Decision, by: User, part: Part | None = None) -> Decision:
    """The decision, locked, if this person may add to it and `part` belongs to it. Http404 otherwise."""
    locked = locked_to_add_to(decision, by)
    if part is not None and part.decision_id != locked.pk:
        raise Http404
    return locked
