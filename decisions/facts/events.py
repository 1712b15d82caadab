"""What happened after a decision was recorded, in order, as facts for the rules."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from decisions.facts.corrections import recipients_to_notify, who_got
from decisions.facts.people import agreed_to, local
from decisions.models import ConsentEvent, Decision
from rules.complaints import ComplaintKind
from rules.facts_after_recording import ComplaintFacts, CorrectionFacts, FollowUpFacts, LaterConsentFacts, ResponseFacts

# Marks an addition about a sending to someone outside the group of a standing decision.
OUTSIDE_THE_GROUP = "Sent to somebody who is not in the group"


def consent_since(decision: Decision) -> list[ConsentEvent]:
    """Consent given or refused after recording, in order.

    The first event of somebody who had answered by then repeats the record, so it is left out.
    """
    repeated = {event.pk for event in recorded_consent(decision).values()}
    events = [event for event in decision.consent_events.all() if event.pk not in repeated]
    return sorted(events, key=lambda event: (event.consent_at or event.written_at, event.pk))


def recorded_consent(decision: Decision) -> dict[int, ConsentEvent]:
    """By person, the event that repeats the record: the first of whoever had answered by then."""
    answered = {person.pk for person in decision.people.all() if person.consent_state}
    first: dict[int, ConsentEvent] = {}
    for event in decision.consent_events.all():
        if event.person_id in answered:
            first.setdefault(event.person_id, event)
    return first


def follow_up_of(decision: Decision) -> FollowUpFacts:
    consent = tuple(
        LaterConsentFacts(
            person_ref=str(event.person_id),
            state=event.consent_state,
            at=timezone.localtime(event.consent_at or event.written_at),
            agreed_to=agreed_to(event),
            until=event.consent_until,
        )
        for event in consent_since(decision)
    )
    responses = tuple(
        ResponseFacts(
            recipient_ref=str(response.recipient_id or ""),
            kind=response.kind,
            escalated_to=response.escalated_to,
            at=local(response.at),
        )
        for response in decision.responses.all()
    )
    outside = any(addition.why == OUTSIDE_THE_GROUP for addition in decision.additions.all())
    waiting = {complaint.kind for complaint in decision.complaints.all() if not complaint.answers.all()}
    return FollowUpFacts(
        consent=consent,
        responses=responses,
        outside_group=outside,
        to_be_corrected=tuple(str(recipient.pk) for _, recipient in recipients_to_notify(decision)),
        complaints_open=ComplaintKind.COMPLAINT in waiting,
        objections_open=ComplaintKind.OBJECTION in waiting,
        corrections=tuple(_corrections(decision)),
        complaints=tuple(_complaints(decision)),
    )


def first_received(decision: Decision) -> dict[int, datetime]:
    """By sending: when the recipient says that it came."""
    receipts = [] if decision.is_draft else sorted(decision.receipts.all(), key=lambda receipt: receipt.received_at)
    return {receipt.sending_id: receipt.received_at for receipt in reversed(receipts)}


def _corrections(decision: Decision) -> Iterator[CorrectionFacts]:
    """Each who got something wrong, told so or not."""
    for wrong in decision.wrong_information.all():
        notified = {row.recipient_id: row.notified_at for row in wrong.corrections.all()}
        for recipient in who_got(decision, wrong):
            yield CorrectionFacts(
                recipient_ref=str(recipient.pk), found_at=local(wrong.found_at),
                notified_at=local(notified.get(recipient.pk)),
            )  # fmt: skip


def _complaints(decision: Decision) -> Iterator[ComplaintFacts]:
    for complaint in decision.complaints.all():
        answered = min((answer.answered_at for answer in complaint.answers.all()), default=None)
        yield ComplaintFacts(received_at=local(complaint.received_at), answered_at=local(answered))
