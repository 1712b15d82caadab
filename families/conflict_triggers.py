"""What the database refuses about whom a family's records are closed to."""

from accounts.models import User
from audit.triggers import Trigger, append_only, refusing
from families.models import ConflictEnded, DeclaredConflict

USERS = User._meta.db_table
CONFLICTS = DeclaredConflict._meta.db_table
ONE = "a row belongs to one organisation"
WRITER = "SELECT 1 FROM accounts_user u WHERE u.id = NEW.written_by_id AND u.organisation_id = NEW.organisation_id"
WHOSE = "SELECT 1 FROM accounts_user u WHERE u.id = NEW.user_id AND u.organisation_id = NEW.organisation_id"
FAMILY = "SELECT 1 FROM families_family f WHERE f.id = NEW.family_id AND f.organisation_id = NEW.organisation_id"
OF = "SELECT 1 FROM families_declaredconflict c WHERE c.id = NEW.conflict_id"
DECLARED = (
    (f"NOT EXISTS ({WRITER}) OR NOT EXISTS ({WHOSE}) OR NOT EXISTS ({FAMILY})", ONE),
    (f"NOT EXISTS ({WHOSE} AND u.has_conflicts)", "whoever something is closed to is marked so first"),
)
ENDED = (
    (f"NOT EXISTS ({WRITER}) OR NOT EXISTS ({OF} AND c.organisation_id = NEW.organisation_id)", ONE),
    (f"EXISTS ({OF} AND c.user_id = NEW.written_by_id)", "nobody opens the records of a family to themselves"),
)
MARKED = (
    "OLD.has_conflicts AND NOT NEW.has_conflicts AND "
    "EXISTS (SELECT 1 FROM families_declaredconflict c WHERE c.user_id = OLD.id)"
)
GONE = "EXISTS (SELECT 1 FROM retention_tombstone t WHERE t.kind = 'family' AND t.row = {family})"
OF_ENDED = "(SELECT c.family_id FROM families_declaredconflict c WHERE c.id = OLD.conflict_id)"


def conflict_triggers() -> list[Trigger]:
    ended = ConflictEnded._meta.db_table
    marked = [(MARKED, "the mark stays while there is a conflict")]
    return [
        refusing(f"{CONFLICTS}_fair", CONFLICTS, "INSERT", sqlite=list(DECLARED), postgres=list(DECLARED)),
        refusing(f"{ended}_fair", ended, "INSERT", sqlite=list(ENDED), postgres=list(ENDED)),
        refusing(f"{USERS}_marked", USERS, "UPDATE OF has_conflicts", sqlite=marked, postgres=marked),
        *append_only(DeclaredConflict, may_go=GONE.format(family="OLD.family_id")),
        *append_only(ConflictEnded, may_go=GONE.format(family=OF_ENDED)),
    ]
