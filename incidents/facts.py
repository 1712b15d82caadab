"""An incident as the rules read it."""

from accounts.roles import Permission
from audit.parts import read_parts
from decisions.models import Decision
from incidents.models import Incident
from letters.household import household_of_person
from rules.incidents.addresses import reads_like_an_address
from rules.incidents.to_do import IncidentFacts


def facts_of(incident: Incident) -> IncidentFacts:
    """Of an incident read with its organisation, writer, items and events."""
    return IncidentFacts(
        kind=incident.kind,
        aware_at=incident.noticed_at,
        danger=incident.danger,
        address_at_risk=incident.address_at_risk,
        address_found=_has_address(incident) and any(map(is_at_risk, _decisions(incident))),
        officer_knows=incident.written_by.has(Permission.FOLLOW_INCIDENTS),
        organisation_kind=incident.organisation.kind,
        events=tuple(event.happened for event in incident.events.all()),
    )


def _decisions(incident: Incident) -> list[Decision]:
    further = [row.decision for row in incident.further.all()]
    return [incident.decision, *further] if incident.decision else further


def is_at_risk(decision: Decision) -> bool:
    """Whether somebody in a family of the decision is known to be at risk."""
    read_parts([decision], ("people__person",))
    one_of_each = {row.person.family_id: row.person_id for row in decision.people.all()}
    return any(household_of_person(key).risk for key in one_of_each.values())


def _has_address(incident: Incident) -> bool:
    texts = [incident.what_other, *(row.item.text for row in incident.items.all())]
    return any(map(reads_like_an_address, texts))
