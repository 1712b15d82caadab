"""Whose a reflection is, kept by the database: it never passes to somebody else, not by SQL either."""

from audit.triggers import Trigger, no_truncate, refusing, same_key
from reflections.models import Reflection, ReflectionReader

TABLE = Reflection._meta.db_table
OURS = "a reflection belongs to one organisation"
KEPT = "a reflection stays its author''s"
OTHER_AUTHOR = (
    "NOT EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = NEW.author_id AND u.organisation_id = NEW.organisation_id)"
)
OTHER_DECISION = (
    "NEW.decision_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM decisions_decision d WHERE d.id = NEW.decision_id "
    "AND d.organisation_id = NEW.organisation_id AND d.state = 'recorded')"
)
MOVED = " OR ".join(f"NEW.{name} <> OLD.{name}" for name in ("id", "public_id", "author_id", "organisation_id"))
# It may lose its decision. It never gets another one.
RELINKED = "NEW.decision_id IS NOT NULL AND (OLD.decision_id IS NULL OR NEW.decision_id <> OLD.decision_id)"


READERS = ReflectionReader._meta.db_table
NOT_THEIRS = (
    f"NOT EXISTS (SELECT 1 FROM {TABLE} r JOIN accounts_user u ON u.id = NEW.reader_id WHERE r.id = NEW.reflection_id "  # noqa: S608 - names of our own
    "AND r.organisation_id = NEW.organisation_id AND u.organisation_id = NEW.organisation_id AND u.id <> r.author_id)"
)
REOPENED = "OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL OR " + " OR ".join(
    f"NEW.{name} <> OLD.{name}" for name in ("id", "public_id", "reflection_id", "reader_id", "organisation_id")
)


def _both(*checks: tuple[str, str]) -> dict[str, list[tuple[str, str]]]:
    return {"sqlite": list(checks), "postgres": list(checks)}


def all_triggers() -> list[Trigger]:
    own = _both(
        (OTHER_AUTHOR, OURS), (OTHER_DECISION, "a reflection is about a recorded decision of its organisation, or none")
    )
    # SQLite's INSERT OR REPLACE deletes a row without an UPDATE or a DELETE.
    own["sqlite"].append((f"EXISTS ({same_key(Reflection)})", KEPT))
    fixed = _both((MOVED, KEPT), (RELINKED, "a reflection stays about one decision"))
    return [
        refusing(f"{TABLE}_own", TABLE, "INSERT", **own),
        refusing(f"{TABLE}_fixed", TABLE, "UPDATE", **fixed),
        no_truncate(TABLE),
        refusing(f"{READERS}_own", READERS, "INSERT", **_both((NOT_THEIRS, "a reader is a colleague of the author"))),
        refusing(f"{READERS}_ended", READERS, "UPDATE", **_both((REOPENED, "reading is only ever ended"))),
        no_truncate(READERS),
    ]
