"""Additions to a recorded decision. Each is a new row; the record itself never changes.

`submission_id` is the id of the form as it was opened: submitting the same answers twice adds one row, submitting other
answers adds another.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils import timezone

from accounts.models import User
from audit import ledger
from audit.parts import read_parts
from decisions.actions.new_rows import added, recorded
from decisions.facts.sendings import SENDING_PARTS, sendings_of
from decisions.models import (
    Addition,
    Complaint,
    ComplaintAcknowledgement,
    ComplaintAnswer,
    ConsentEvent,
    Correction,
    Decision,
    DecisionItem,
    DecisionPerson,
    DecisionRecipient,
    InformingEvent,
    NotSent,
    Receipt,
    Response,
    Sending,
    WrongInformation,
)
from decisions.models.answers import exemption_by_value
from families.reaching import known_of_way


def add_sending(
    *,
    decision: Decision,
    recipient: DecisionRecipient,
    answers: dict[str, Any],
    submission_id: UUID,
    by: User,
    at: datetime,
) -> Sending:
    """Record one more sending of a decision that was shared."""
    with ledger.recording(actor=by, at=at):
        locked = recorded(decision, by, recipient)
        if not locked.is_shared:
            raise Http404
        return added(Sending, locked, {"recipient": recipient, **answers}, submission_id, by, at)


def add_not_sent(
    *,
    decision: Decision,
    recipient: DecisionRecipient,
    answers: dict[str, Any],
    submission_id: UUID,
    by: User,
    at: datetime,
) -> NotSent:
    """Record why it will not be sent to a recipient who is given something. Http404 once it was sent."""
    with ledger.recording(actor=by, at=at):
        locked = recorded(decision, by, recipient)
        read_parts([locked], SENDING_PARTS)
        state = sendings_of(locked)
        if recipient.pk not in state.open | state.not_to_be_sent:
            raise Http404
        return added(NotSent, locked, {"recipient": recipient, **answers}, submission_id, by, at)


def add_informing(
    *, decision: Decision, person: DecisionPerson, answers: dict[str, Any], submission_id: UUID, by: User, at: datetime
) -> InformingEvent:
    """Record what one person was told since, or what was decided about informing them."""
    with ledger.recording(actor=by, at=at):
        locked = recorded(decision, by, person)
        law = exemption_by_value(answers.get("informing_exemption", ""))
        way = {"way_known": known_of_way(person.person_id, answers.get("informed_how", ""), timezone.localdate(at))}
        return added(InformingEvent, locked, {"person": person, **answers, **law, **way}, submission_id, by, at)


def add_consent(
    *, decision: Decision, person: DecisionPerson, answers: dict[str, Any], submission_id: UUID, by: User, at: datetime
) -> ConsentEvent:
    """Record one person's later views or consent, beside what was recorded before."""
    with ledger.recording(actor=by, at=at):
        return added(ConsentEvent, recorded(decision, by, person), {"person": person, **answers}, submission_id, by, at)


def add_receipt(
    *, decision: Decision, sending: Sending, answers: dict[str, Any], submission_id: UUID, by: User, at: datetime
) -> Receipt:
    """Record that a recipient confirmed receipt."""
    with ledger.recording(actor=by, at=at):
        return added(Receipt, recorded(decision, by, sending), {"sending": sending, **answers}, submission_id, by, at)


def add_response(
    *, decision: Decision, recipient: DecisionRecipient | None, answers: dict[str, Any], submission_id: UUID, by: User,
    at: datetime,
) -> Response:  # fmt: skip
    """Record what a recipient did, that they were chased, or how it ended for the child."""
    with ledger.recording(actor=by, at=at):
        locked = recorded(decision, by, recipient)
        return added(Response, locked, {"recipient": recipient, **answers}, submission_id, by, at)


def add_addition(
    *,
    decision: Decision,
    person: DecisionPerson | None,
    answers: dict[str, Any],
    submission_id: UUID,
    by: User,
    at: datetime,
) -> Addition:
    """Add to a section of the record, which itself does not change."""
    with ledger.recording(actor=by, at=at):
        return added(Addition, recorded(decision, by, person), {"person": person, **answers}, submission_id, by, at)


def add_wrong_information(
    *,
    decision: Decision,
    item: DecisionItem | None,
    answers: dict[str, Any],
    submission_id: UUID,
    by: User,
    at: datetime,
) -> WrongInformation:
    """Record that something on the record turned out to be wrong. Whoever got it is then to be told."""
    with ledger.recording(actor=by, at=at):
        locked = recorded(decision, by, item)
        return added(WrongInformation, locked, {"item": item, **answers}, submission_id, by, at)


def add_correction(
    *,
    wrong: WrongInformation,
    recipient: DecisionRecipient,
    answers: dict[str, Any],
    submission_id: UUID,
    by: User,
    at: datetime,
) -> Correction:
    """Record that a recipient was told that something they got was wrong, or why they were not."""
    with ledger.recording(actor=by, at=at):
        locked = recorded(wrong.decision, by, recipient)
        return added(Correction, locked, {"wrong": wrong, "recipient": recipient, **answers}, submission_id, by, at)


def add_complaint(
    *,
    decision: Decision,
    person: DecisionPerson | None,
    answers: dict[str, Any],
    submission_id: UUID,
    by: User,
    at: datetime,
) -> Complaint:
    """Record a complaint about the decision or about how information was shared, or an objection to it."""
    with ledger.recording(actor=by, at=at):
        locked = recorded(decision, by, person)
        return added(Complaint, locked, {"person": person, **answers}, submission_id, by, at)


def add_complaint_acknowledgement(
    *, complaint: Complaint, answers: dict[str, Any], submission_id: UUID, by: User, at: datetime
) -> ComplaintAcknowledgement:
    """Record that whoever complained or objected was told that it was received."""
    with ledger.recording(actor=by, at=at):
        locked = recorded(complaint.decision, by, complaint)
        return added(ComplaintAcknowledgement, locked, {"complaint": complaint, **answers}, submission_id, by, at)


def add_complaint_answer(
    *, complaint: Complaint, answers: dict[str, Any], submission_id: UUID, by: User, at: datetime
) -> ComplaintAnswer:
    """Record how a complaint or an objection was answered, and how it ended."""
    with ledger.recording(actor=by, at=at):
        locked = recorded(complaint.decision, by, complaint)
        return added(ComplaintAnswer, locked, {"complaint": complaint, **answers}, submission_id, by, at)
