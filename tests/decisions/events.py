"""What may be added to a recorded decision, in the shortest way, for tests."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from accounts.models import User
from decisions import actions
from decisions.models import (
    Addition,
    Complaint,
    ComplaintAcknowledgement,
    ComplaintAnswer,
    ConsentEvent,
    ContactOutcome,
    ContactPlan,
    Correction,
    Receipt,
    Response,
    Sending,
    StatementPassedOn,
    StatementToRecipients,
    ViewsReadBack,
    WrongInformation,
)
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


def wrong(
    case: Case, *, by: User | None = None, submission_id: UUID | None = None, at: datetime | None = None, **answers: Any
) -> WrongInformation:
    given = {"found_at": at or case.at, "what_is_wrong": "It was another child.", "what_is_right": "", **answers}
    item = given.pop("item", None)
    return actions.add_wrong_information(item=item, answers=given, **_asked(case, by, submission_id, at))


def correction(
    case: Case,
    *,
    by: User | None = None,
    submission_id: UUID | None = None,
    at: datetime | None = None,
    of: WrongInformation | None = None,
    **answers: Any,
) -> Correction:
    first = of or WrongInformation.objects.filter(decision=case.decision).first() or wrong(case)
    given = {
        "notified_at": at or case.at,
        "notified_to": "Duty worker",
        "how": "By phone",
        "why_not_notified": "",
        **answers,
    }
    asked = _asked(case, by, submission_id, at)
    del asked["decision"]
    recipient = given.pop("recipient", case.decision.recipients.get())
    return actions.add_correction(wrong=first, recipient=recipient, answers=given, **asked)


def complaint(
    case: Case, *, by: User | None = None, submission_id: UUID | None = None, at: datetime | None = None, **answers: Any
) -> Complaint:
    given = {"made_by_other": "A neighbour", "received_at": at or case.at, "text": "Nobody asked me.", **answers}
    person = given.pop("person", None)
    return actions.add_complaint(person=person, answers=given, **_asked(case, by, submission_id, at))


def complaint_answer(
    case: Case,
    *,
    by: User | None = None,
    submission_id: UUID | None = None,
    at: datetime | None = None,
    of: Complaint | None = None,
    **answers: Any,
) -> ComplaintAnswer:
    first = of or Complaint.objects.filter(decision=case.decision).first() or complaint(case)
    given = {
        "outcome": "PARTLY_UPHELD",
        "answered_at": at or case.at,
        "answered_by": "Head teacher",
        "text": "We should have told you sooner.",
        **answers,
    }
    asked = _asked(case, by, submission_id, at)
    del asked["decision"]
    return actions.add_complaint_answer(complaint=first, answers=given, **asked)


def acknowledgement(
    case: Case,
    *,
    by: User | None = None,
    submission_id: UUID | None = None,
    at: datetime | None = None,
    of: Complaint | None = None,
    **answers: Any,
) -> ComplaintAcknowledgement:
    first = of or Complaint.objects.filter(decision=case.decision).first() or complaint(case)
    given = {"acknowledged_at": at or case.at, "how": "By letter", **answers}
    asked = _asked(case, by, submission_id, at)
    del asked["decision"]
    return actions.add_complaint_acknowledgement(complaint=first, answers=given, **asked)


def read_back(
    case: Case,
    *,
    by: User | None = None,
    submission_id: UUID | None = None,
    at: datetime | None = None,
    of: ConsentEvent | None = None,
    **answers: Any,
) -> ViewsReadBack:
    first = of or ConsentEvent.objects.filter(decision=case.decision).exclude(views="").first() or said(case)
    given = {
        "outcome": "CONFIRMED",
        "corrected_to": "",
        "read_back_at": at or case.at,
        "read_back_by": "A. Verrall",
        **answers,
    }
    asked = _asked(case, by, submission_id, at)
    del asked["decision"]
    return actions.add_views_read_back(consent=first, answers=given, **asked)


def statement(
    case: Case,
    *,
    by: User | None = None,
    submission_id: UUID | None = None,
    at: datetime | None = None,
    who: str = MOTHER,
    **answers: Any,
) -> StatementToRecipients:
    given = {"text": "I want to be there when you talk.", "made_at": at or case.at, **answers}
    recipient = given.pop("recipient", None)
    person = case.decision.people.get(name=who)
    asked = _asked(case, by, submission_id, at)
    return actions.add_statement(person=person, recipient=recipient, answers=given, **asked)


def passed_on(
    case: Case,
    *,
    by: User | None = None,
    submission_id: UUID | None = None,
    at: datetime | None = None,
    of: StatementToRecipients | None = None,
    **answers: Any,
) -> StatementPassedOn:
    first = of or StatementToRecipients.objects.filter(decision=case.decision).first() or statement(case)
    given = {"passed_on_at": at or case.at, "how": "By secure e-mail", "why_not": "", **answers}
    asked = _asked(case, by, submission_id, at)
    del asked["decision"]
    recipient = given.pop("recipient", case.decision.recipients.get())
    return actions.add_statement_passed_on(statement=first, recipient=recipient, answers=given, **asked)


def contact_plan(
    case: Case,
    *,
    by: User | None = None,
    submission_id: UUID | None = None,
    at: datetime | None = None,
    who: str = MOTHER,
    **answers: Any,
) -> ContactPlan:
    given = {
        "kept_working": "We went through it together.",
        "planned_on": case.at.date(),
        "planned_how": "A visit at school",
        "planned_by": "A. Verrall",
        **answers,
    }
    person = case.decision.people.get(name=who)
    return actions.add_contact_plan(person=person, answers=given, **_asked(case, by, submission_id, at))


def contact_outcome(
    case: Case,
    *,
    by: User | None = None,
    submission_id: UUID | None = None,
    at: datetime | None = None,
    of: ContactPlan | None = None,
    **answers: Any,
) -> ContactOutcome:
    first = of or ContactPlan.objects.filter(decision=case.decision).first() or contact_plan(case)
    given = {"had": "HAD", "contact_at": at or case.at, "text": "She came, and we talked.", **answers}
    asked = _asked(case, by, submission_id, at)
    del asked["decision"]
    return actions.add_contact_outcome(plan=first, answers=given, **asked)


ADDED: dict[str, Any] = {
    "decision.sending_added": sending,
    "decision.receipt_added": receipt,
    "decision.response_added": response,
    "decision.addition_added": addition,
    "decision.consent_added": said,
    "decision.wrong_information_added": wrong,
    "decision.correction_added": correction,
    "decision.complaint_added": complaint,
    "decision.complaint_acknowledged": acknowledgement,
    "decision.complaint_answered": complaint_answer,
    "decision.views_read_back": read_back,
    "decision.statement_added": statement,
    "decision.statement_passed_on": passed_on,
    "decision.contact_planned": contact_plan,
    "decision.contact_outcome_added": contact_outcome,
}
