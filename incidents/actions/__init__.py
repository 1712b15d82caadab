"""Everything that changes an incident, or shows it: the only place where its rows are made."""

from incidents.actions.events import add_incident_event
from incidents.actions.reporting import report_incident, see_incident

__all__ = ["add_incident_event", "report_incident", "see_incident"]
