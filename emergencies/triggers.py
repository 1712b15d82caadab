"""What the database refuses about records opened in an emergency."""

from audit.triggers import Trigger, append_only, refusing
from emergencies.models import EmergencyOpening, OpeningClosed, OpeningNotice, OpeningReview

Checks = list[tuple[str, str]]
ONE = "a row belongs to one organisation"
WRITER = "SELECT 1 FROM accounts_user u WHERE u.id = NEW.written_by_id AND u.organisation_id = NEW.organisation_id"
FAMILY = "SELECT 1 FROM families_family f WHERE f.id = NEW.family_id AND f.organisation_id = NEW.organisation_id"
OPENING = (
    "SELECT 1 FROM emergencies_emergencyopening o WHERE o.id = NEW.opening_id "
    "AND o.organisation_id = NEW.organisation_id"
)
KNOWS = (
    "SELECT 1 FROM families_declaredconflict c WHERE c.family_id = NEW.family_id AND c.user_id = NEW.written_by_id "
    "AND NOT EXISTS (SELECT 1 FROM families_conflictended e WHERE e.conflict_id = c.id)"
)
NOT_NAMED = (
    "SELECT 1 FROM decisions_restriction r WHERE r.family_id = NEW.family_id AND NOT EXISTS "
    "(SELECT 1 FROM decisions_restrictionlifted l WHERE l.restriction_id = r.id) AND NOT EXISTS "
    "(SELECT 1 FROM decisions_namedreader n WHERE n.restriction_id = r.id AND n.user_id = NEW.written_by_id "
    "AND NOT EXISTS (SELECT 1 FROM decisions_readerremoved m WHERE m.reader_id = n.id))"
)
ALL: Checks = [
    (f"NOT EXISTS ({WRITER}) OR NOT EXISTS ({FAMILY})", ONE),
    ("TRIM(NEW.written_by_name) = ''", "who opened it is kept by name"),
    (f"NOT EXISTS ({WRITER} AND u.has_emergencies)", "whoever opens a record is marked so first"),
    (f"EXISTS ({KNOWS})", "whoever knows a family opens nothing of it"),
    (f"EXISTS ({NOT_NAMED})", "a restricted family opens for nobody else"),
]
HOUR = "a record is open for 60 minutes"
# SQLite keeps moments as text. What is compared are milliseconds.
HOUR_SQLITE = "ABS((julianday(NEW.closes_at) - julianday(NEW.written_at)) * 86400000.0 - 3600000.0) > 1"
HOUR_POSTGRES = "NEW.closes_at <> NEW.written_at + INTERVAL '60 minutes'"
NOTICE: Checks = [
    (f"NOT EXISTS ({OPENING})", ONE),
    (f"EXISTS ({OPENING} AND o.written_by_id = NEW.person_id)", "somebody else is told"),
]
CLOSED: Checks = [
    (f"NOT EXISTS ({OPENING}) OR NOT EXISTS ({WRITER})", ONE),
    (f"NOT EXISTS ({OPENING} AND o.written_by_id = NEW.written_by_id)", "whoever opened it closes it"),
]
REVIEWED: Checks = [
    (f"NOT EXISTS ({OPENING}) OR NOT EXISTS ({WRITER})", ONE),
    (f"EXISTS ({OPENING} AND o.written_by_id = NEW.written_by_id)", "somebody else checks it"),
]
GONE = "EXISTS (SELECT 1 FROM retention_tombstone t WHERE t.kind = 'family' AND t.row = {family})"
OF_OPENING = "(SELECT o.family_id FROM emergencies_emergencyopening o WHERE o.id = OLD.opening_id)"
MARKED = (
    "OLD.has_emergencies AND NOT NEW.has_emergencies AND "
    "EXISTS (SELECT 1 FROM emergencies_emergencyopening o WHERE o.written_by_id = OLD.id)"
)


def all_triggers() -> list[Trigger]:
    opening, users = EmergencyOpening._meta.db_table, "accounts_user"
    sqlite, postgres = [*ALL, (HOUR_SQLITE, HOUR)], [*ALL, (HOUR_POSTGRES, HOUR)]
    marked = [(MARKED, "the mark stays while there is a record opened in an emergency")]
    found = [
        refusing(f"{opening}_fair", opening, "INSERT", sqlite=sqlite, postgres=postgres),
        refusing(f"{users}_marked_opening", users, "UPDATE OF has_emergencies", sqlite=marked, postgres=marked),
        *append_only(EmergencyOpening, may_go=GONE.format(family="OLD.family_id")),
    ]
    for model, checks in ((OpeningNotice, NOTICE), (OpeningClosed, CLOSED), (OpeningReview, REVIEWED)):
        table = model._meta.db_table
        found.append(refusing(f"{table}_fair", table, "INSERT", sqlite=checks, postgres=checks))
        found += append_only(model, may_go=GONE.format(family=OF_OPENING))
    return found
