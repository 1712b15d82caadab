"""Where people can be reached safely, kept from whoever reads for an inspection: no page of theirs reveals it."""

from decisions.models import Decision

MASKED = "kept from inspectors"


def without_contacts(decision: Decision) -> Decision:
    """Of a decision read with its parts: that there is such a way is told, and not which. Nothing is saved."""
    for person in decision.people.all():
        person.safe_contact = MASKED if person.safe_contact else ""
    for event in decision.informing_events.all():
        event.safe_contact = MASKED if event.safe_contact else ""
    return decision
