"""What no hold, disposal or tombstone may be, enforced by database triggers. A hold beats every rule."""

from django.db.models import Model

from audit.triggers import Trigger, append_only, refusing
from decisions.database.disposal import has_tombstone, of_disposed
from retention.models import Disposal, DisposalAnswer, DisposalRecord, Hold, HoldLifted, RetentionRule, Tombstone

Checks = tuple[tuple[str, str], ...]
OURS = "a row belongs to one organisation"
NOT_OURS = (
    "NOT EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = NEW.written_by_id "
    "AND u.organisation_id = NEW.organisation_id)"
)
WRITTEN: Checks = ((NOT_OURS, OURS), ("TRIM(NEW.written_by_name) = ''", "who wrote it is kept by name"))


def _elsewhere(table: str, column: str) -> tuple[str, str]:
    there = f"SELECT 1 FROM {table} o WHERE o.id = NEW.{column} AND o.organisation_id = NEW.organisation_id"
    return f"NEW.{column} IS NOT NULL AND NOT EXISTS ({there})", OURS


HELD = (
    "SELECT 1 FROM retention_hold h WHERE NOT EXISTS (SELECT 1 FROM retention_holdlifted l WHERE l.hold_id = h.id) AND "
)
FAMILIES_OF_DECISION = "SELECT f.family_id FROM decisions_decisionfamily f WHERE f.decision_id = NEW.row"
FAMILY_OF_REQUEST = (
    "SELECT p.family_id FROM families_person p JOIN rights_rightsrequest r ON r.person_id = p.id WHERE r.id = NEW.row"
)
ON_HOLD = (
    f"NEW.kind = 'decision' AND EXISTS ({HELD} (h.decision_id = NEW.row OR h.family_id IN ({FAMILIES_OF_DECISION}))) "
    f"OR NEW.kind = 'family' AND EXISTS ({HELD} h.family_id = NEW.row) "
    f"OR NEW.kind = 'request' AND EXISTS ({HELD} h.family_id IN ({FAMILY_OF_REQUEST}))"
)
DISPOSAL = "SELECT 1 FROM retention_disposal d WHERE d.id = NEW.disposal_id"
AGREED = "SELECT 1 FROM retention_disposalanswer a WHERE a.disposal_id = NEW.disposal_id AND a.agreed"
ON_TOMBSTONE: Checks = (
    _elsewhere("retention_disposal", "disposal_id"),
    (f"NOT NEW.again AND ({ON_HOLD})", "a hold beats every rule"),
    (f"EXISTS ({DISPOSAL} AND d.needs_second) AND NOT EXISTS ({AGREED})", "a second officer has not agreed"),
    ("NEW.kind = 'decision' AND NEW.decision_id IS NULL OR NEW.decision_id <> NEW.row", "a tombstone is of one record"),
)
ON_ANSWER: Checks = (
    _elsewhere("retention_disposal", "disposal_id"),
    (f"NOT EXISTS ({DISPOSAL} AND d.needs_second AND d.written_by_id <> NEW.written_by_id)", "a second officer agrees"),
)
BY_MODEL: dict[type[Model], Checks] = {
    RetentionRule: WRITTEN,
    Hold: (
        _elsewhere("decisions_decision", "decision_id"),
        _elsewhere("families_family", "family_id"),
        (of_disposed("NEW.decision_id"), "nothing is left to hold"),
        *WRITTEN,
    ),
    HoldLifted: (_elsewhere("retention_hold", "hold_id"), *WRITTEN),
    Disposal: WRITTEN,
    DisposalRecord: (_elsewhere("retention_disposal", "disposal_id"),),
    DisposalAnswer: (*ON_ANSWER, *WRITTEN),
    Tombstone: ON_TOMBSTONE,
}
HOLD_GOES = f"({of_disposed()} OR {has_tombstone('family', 'OLD.family_id')})"
MAY_GO: dict[type[Model], str] = {
    Hold: HOLD_GOES,
    HoldLifted: (
        "EXISTS (SELECT 1 FROM retention_hold h WHERE h.id = OLD.hold_id "
        f"AND {HOLD_GOES.replace('OLD.', 'h.')})"
    ),
}  # fmt: skip


def all_triggers() -> list[Trigger]:
    found: list[Trigger] = []
    for model, checks in BY_MODEL.items():
        table = model._meta.db_table
        found.append(refusing(f"{table}_fair", table, "INSERT", sqlite=list(checks), postgres=list(checks)))
        found += append_only(model, may_go=MAY_GO.get(model, "FALSE"))
    return found
