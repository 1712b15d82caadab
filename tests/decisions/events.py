"""What may be added to a recorded decision, in the shortest way, for tests."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from accounts.models import User
from decisions import actions
from decisions.models import Addition, ConsentEvent, Receipt, Response, Sending
from tests.decisions.cases import MOTHER, Case


def _asked(case: Case, by: User | None, submission_id: UUID | None, at: datetime | None) -> dict[str, Any]:
    return {
        "decision": case.decision,
        "submission_id": submission_id or uuid4(),
        "by": by or case.cast.practitioner,
        "at": at or case.at,
    }


def sending(
    case: Case, *, by: User | None = None, submission_id: UUID | None = None, at: datetime | None = None, **answers: Any
) -> Sending:
    given = {"sent_at": at or case.at, "how": "By phone", "said_differently": "", "received_by": "", **answers}
    recipient = case.decision.recipients.get()
    return actions.add_sending(recipient=recipient, answers=given, **_asked(case, by, submission_id, at))


def receipt(
    case: Case,
    *,
    by: User | None = None,
    submission_id: UUID | None = None,
    at: datetime | None = None,
    sent: Sending | None = None,
    **answers: Any,
) -> Receipt:
    given = {"received_at": at or case.at, "received_by": "Duty worker", "reference_given": "FD-8", **answers}
    first = sent or Sending.objects.filter(decision=case.decision).first()
    assert first is not None
    return actions.add_receipt(sending=first, answers=given, **_asked(case, by, submission_id, at))


def response(
    case: Case, *, by: User | None = None, submission_id: UUID | None = None, at: datetime | None = None, **answers: Any
) -> Response:
    given = {
        "kind": "ACTING",
        "at": at or case.at,
        "text": "A social worker will visit.",
        "answered": "",
        "escalated_to": "",
        **answers,
    }
    recipient = given.pop("recipient", case.decision.recipients.get())
    return actions.add_response(recipient=recipient, answers=given, **_asked(case, by, submission_id, at))


def addition(
    case: Case, *, by: User | None = None, submission_id: UUID | None = None, at: datetime | None = None, **answers: Any
) -> Addition:
    given = {
        "kind": "AMENDMENT",
        "section": "concern",
        "text": "It was the right cheek.",
        "why": "I mixed them up.",
        **answers,
    }
    person = given.pop("person", None)
    return actions.add_addition(person=person, answers=given, **_asked(case, by, submission_id, at))


def said(
    case: Case,
    *,
    by: User | None = None,
    submission_id: UUID | None = None,
    at: datetime | None = None,
    who: str = MOTHER,
    **answers: Any,
) -> ConsentEvent:
    given = {
        "consent_state": "OBJECTED",
        "consent_at": at or case.at,
        "consent_how": "In writing",
        "views": "Please stop.",
        **answers,
    }
    person = case.decision.people.get(name=who)
    return actions.add_consent(person=person, answers=given, **_asked(case, by, submission_id, at))


ADDED: dict[str, Any] = {
    "decision.sending_added": sending,
    "decision.receipt_added": receipt,
    "decision.response_added": response,
    "decision.addition_added": addition,
    "decision.consent_added": said,
}
