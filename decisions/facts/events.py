"""What has come since a decision was recorded, as the rules read it and in the order in which it happened."""

from django.utils import timezone

from decisions.facts.people import agreed_to
from decisions.models import ConsentEvent, Decision
from rules.facts import FollowUpFacts, LaterConsentFacts, ResponseFacts

# Why a line stands beside a group's decision instead of among its sendings.
OUTSIDE_THE_GROUP = "Sent to somebody who is not in the group"


def consent_since(decision: Decision) -> list[ConsentEvent]:
    """What people said after it was recorded, in the order in which they said it.

    The first event of somebody who had answered by then says the same as the record.
    """
    events = list(decision.consent_events.all())
    for person in decision.people.all():
        first = next((event for event in events if event.person_id == person.pk), None)
        if first and person.consent_state:
            events.remove(first)
    return sorted(events, key=lambda event: (event.at or event.written_at, event.pk))


def follow_up_of(decision: Decision) -> FollowUpFacts:
    said = tuple(
        LaterConsentFacts(
            person_ref=str(one.person_id),
            state=one.state,
            at=timezone.localtime(one.at or one.written_at),
            agreed_to=agreed_to(one),
            until=one.until,
        )
        for one in consent_since(decision)
    )
    responses = tuple(
        ResponseFacts(
            recipient_ref=str(response.recipient_id or ""), kind=response.kind, escalated_to=response.escalated_to
        )
        for response in decision.responses.all()
    )
    outside = any(one.why == OUTSIDE_THE_GROUP for one in decision.additions.all())
    return FollowUpFacts(consent=said, responses=responses, outside_group=outside)
