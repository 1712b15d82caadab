"""What happened after a decision was recorded, in order, as facts for the rules."""

from django.utils import timezone

from decisions.facts.corrections import recipients_to_notify
from decisions.facts.people import agreed_to
from decisions.models import ConsentEvent, Decision
from rules.facts import FollowUpFacts, LaterConsentFacts, ResponseFacts

# Marks an addition about a sending to someone outside the group of a standing decision.
OUTSIDE_THE_GROUP = "Sent to somebody who is not in the group"


def consent_since(decision: Decision) -> list[ConsentEvent]:
    """Consent given or refused after recording, in order.

    The first event of somebody who had answered by then repeats the record, so it is left out.
    """
    events = list(decision.consent_events.all())
    for person in decision.people.all():
        first = next((event for event in events if event.person_id == person.pk), None)
        if first and person.consent_state:
            events.remove(first)
    return sorted(events, key=lambda event: (event.consent_at or event.written_at, event.pk))


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
            recipient_ref=str(response.recipient_id or ""), kind=response.kind, escalated_to=response.escalated_to
        )
        for response in decision.responses.all()
    )
    outside = any(addition.why == OUTSIDE_THE_GROUP for addition in decision.additions.all())
    return FollowUpFacts(
        consent=consent,
        responses=responses,
        outside_group=outside,
        to_be_corrected=tuple(str(recipient.pk) for _, recipient in recipients_to_notify(decision)),
        complaints_open=any(not complaint.answers.all() for complaint in decision.complaints.all()),
    )
