"""What no row about an incident may be, enforced by database triggers."""

from django.db.models import Model

from audit.triggers import Trigger, append_only, refusing
from decisions.database.disposal import has_tombstone, of_disposed
from incidents.models import Incident, IncidentDecision, IncidentEvent, IncidentItem, IncidentRecipient

Checks = tuple[tuple[str, str], ...]
INCIDENT = "SELECT 1 FROM incidents_incident i WHERE i.id = NEW.incident_id"
WRITER = "SELECT 1 FROM accounts_user u WHERE u.id = NEW.written_by_id"
DECISION = "SELECT 1 FROM decisions_decision d WHERE d.id = NEW.decision_id"
# The latest of closing and opening again.
ENDED = (
    "COALESCE((SELECT e.kind FROM incidents_incidentevent e WHERE e.incident_id = NEW.incident_id "
    "AND e.kind IN ('CLOSED', 'REOPENED') ORDER BY e.id DESC LIMIT 1), '')"
)
WRITTEN: Checks = (
    (f"NOT EXISTS ({WRITER} AND u.organisation_id = NEW.organisation_id)", "a row belongs to one organisation"),
    ("TRIM(NEW.written_by_name) = ''", "who wrote it is kept by name"),
)
ON_INCIDENT: Checks = (
    (
        (
            "NEW.team_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM accounts_team t WHERE t.id = NEW.team_id "
            "AND t.organisation_id = NEW.organisation_id)"
        ),
        "a row belongs to one organisation",
    ),
    (
        (
            f"NEW.decision_id IS NOT NULL AND NOT EXISTS ({DECISION} AND d.state = 'recorded' "
            "AND d.organisation_id = NEW.organisation_id AND d.team_id = NEW.team_id)"
        ),
        "an incident is about a recorded decision of its team",
    ),
    (
        (
            "NEW.urgent_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM decisions_urgentrecord r "
            "WHERE r.id = NEW.urgent_id AND r.organisation_id = NEW.organisation_id AND r.team_id = NEW.team_id)"
        ),
        "an incident is about an urgent record of its team",
    ),
)
PART: Checks = (
    (f"NOT EXISTS ({INCIDENT} AND i.organisation_id = NEW.organisation_id)", "a row belongs to one organisation"),
)
AT_ONCE: Checks = (
    (f"NOT EXISTS ({INCIDENT} AND i.written_at = NEW.written_at)", "what went out is recorded with the incident"),
)
ON_FURTHER: Checks = (
    *PART,
    *AT_ONCE,
    (
        f"NOT EXISTS ({DECISION} AND d.state = 'recorded' AND d.organisation_id = NEW.organisation_id)",
        "an incident is about recorded decisions of its organisation",
    ),
    (f"EXISTS ({INCIDENT} AND i.decision_id = NEW.decision_id)", "each decision of an incident is named once"),
)
ON_EVENT: Checks = (
    *PART,
    (f"NEW.kind <> 'REOPENED' AND {ENDED} = 'CLOSED'", "an incident that is closed stays as it is"),
    (f"NEW.kind = 'REOPENED' AND {ENDED} <> 'CLOSED'", "only what is closed is opened again"),
    (
        (
            "NEW.kind IN ('CLOSED', 'REOPENED') AND NOT EXISTS "
            f"({WRITER} AND u.organisation_role = 'data_protection_officer')"
        ),
        "a data protection officer closes an incident",
    ),
    (f"NOT EXISTS ({INCIDENT} AND i.noticed_at <= NEW.at)", "nothing is done before it was noticed"),
)


def _of_decision(table: str, key: str) -> Checks:
    rows = f"SELECT 1 FROM {table} p JOIN incidents_incident i ON i.decision_id = p.decision_id"
    elsewhere = f"NOT EXISTS ({rows} WHERE p.id = NEW.{key} AND i.id = NEW.incident_id)"
    return (*PART, *AT_ONCE, (elsewhere, "what went out is of the decision of the incident"))


BY_MODEL: tuple[tuple[type[Model], Checks], ...] = (
    (Incident, ON_INCIDENT),
    (IncidentDecision, ON_FURTHER),
    (IncidentItem, _of_decision("decisions_decisionitem", "item_id")),
    (IncidentRecipient, _of_decision("decisions_decisionrecipient", "recipient_id")),
    (IncidentEvent, ON_EVENT),
)


# By disposal: of the decision or urgent record, or of an incident that is about none.
OF_INCIDENT = (
    f"({of_disposed()} OR {has_tombstone('urgent', 'OLD.urgent_id')} OR {has_tombstone('incident', 'OLD.id')})"
)
OF_PART = (
    "EXISTS (SELECT 1 FROM incidents_incident i WHERE i.id = OLD.incident_id "
    f"AND {OF_INCIDENT.replace('OLD.', 'i.')})"
)  # fmt: skip


MAY_GO: dict[type[Model], str] = {Incident: OF_INCIDENT, IncidentDecision: f"({of_disposed()} OR {OF_PART})"}


def all_triggers() -> list[Trigger]:
    found: list[Trigger] = []
    for model, checks in BY_MODEL:
        table, both = model._meta.db_table, [*checks, *WRITTEN]
        found.append(refusing(f"{table}_fair", table, "INSERT", sqlite=both, postgres=both))
        found += append_only(model, may_go=MAY_GO.get(model, OF_PART))
    return found
