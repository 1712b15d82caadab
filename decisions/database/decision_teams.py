"""Triggers that keep `DecisionTeam`: which teams a recorded decision may concern.

A row is made when a decision is recorded, or when a team begins to work with one of its families, and goes when the
team stops. Nothing else makes or removes one: a row that says what is not so is refused, and so is taking away one that
does. On PostgreSQL the families are locked meanwhile, so that two changes at once cannot miss each other.
"""

from audit.triggers import Trigger, after, no_truncate, refusing
from decisions.database.disposal import of_disposed
from decisions.models import Decision, DecisionFamily, DecisionTeam
from families.models import Family, FamilyTeam

ROWS, DECISION = DecisionTeam._meta.db_table, Decision._meta.db_table
ON, WITH, FAMILY = DecisionFamily._meta.db_table, FamilyTeam._meta.db_table, Family._meta.db_table
COLUMNS = "organisation_id, decision_id, team_id, own, decided_at, author_id, author_name"

COPIED = "d.decided_at, d.author_id, d.author_name"

OWN = f"SELECT d.organisation_id, d.id, d.team_id, TRUE, {COPIED} FROM {DECISION} d WHERE d.state = 'recorded'"
OTHERS = (
    f"SELECT DISTINCT d.organisation_id, d.id, w.team_id, FALSE, {COPIED} FROM {ON} o "
    f"JOIN {WITH} w ON w.family_id = o.family_id JOIN {DECISION} d ON d.id = o.decision_id "
    "WHERE d.state = 'recorded' AND w.team_id <> d.team_id"
)
NEITHER = f"NOT EXISTS (SELECT 1 FROM {ROWS} r WHERE r.decision_id = d.id AND r.team_id = NEW.team_id)"


def _insert(rows: str) -> str:
    return f"INSERT INTO {ROWS} ({COLUMNS}) {rows};"


def _locked(families: str) -> str:
    """PostgreSQL only; on SQLite there is one writer."""
    return f"PERFORM 1 FROM {FAMILY} f WHERE f.id IN ({families}) ORDER BY f.id FOR NO KEY UPDATE;"


# All rows at once, where decisions were written past the triggers.
FILL = (_insert(OWN), _insert(OTHERS))

_WORKS_WITH_ONE = (
    f"EXISTS (SELECT 1 FROM {ON} o JOIN {WITH} w ON w.family_id = o.family_id "
    "WHERE o.decision_id = {row}.decision_id AND w.team_id = {row}.team_id)"
)
_SO = (
    f"EXISTS (SELECT 1 FROM {DECISION} d WHERE d.id = NEW.decision_id AND d.state = 'recorded' "
    "AND d.organisation_id = NEW.organisation_id AND d.decided_at = NEW.decided_at "
    "AND d.author_id = NEW.author_id AND d.author_name = NEW.author_name "
    f"AND (d.team_id = NEW.team_id) = NEW.own AND (NEW.own OR {_WORKS_WITH_ONE.format(row='NEW')}))"
)
_STILL_SO = f"(OLD.own OR {_WORKS_WITH_ONE.format(row='OLD')}) AND NOT {of_disposed()}"
_GONE = (
    f"DELETE FROM {ROWS} WHERE team_id = OLD.team_id AND NOT own AND decision_id IN "
    f"(SELECT o.decision_id FROM {ON} o WHERE o.family_id = OLD.family_id) AND NOT EXISTS "
    f"(SELECT 1 FROM {ON} o JOIN {WITH} w ON w.family_id = o.family_id "
    f"WHERE o.decision_id = {ROWS}.decision_id AND w.team_id = OLD.team_id);"
)


def _both(*checks: tuple[str, str]) -> dict[str, list[tuple[str, str]]]:
    return {"sqlite": list(checks), "postgres": list(checks)}


def all_triggers() -> list[Trigger]:
    recorded = "NEW.state = 'recorded' AND OLD.state <> 'recorded'"
    its_families = f"SELECT o.family_id FROM {ON} o WHERE o.decision_id = NEW.id"
    made = [_insert(f"{OWN} AND d.id = NEW.id"), _insert(f"{OTHERS} AND d.id = NEW.id")]
    added = [_insert(f"{OTHERS} AND w.id = NEW.id AND {NEITHER}")]
    moved = "NEW.family_id <> OLD.family_id OR NEW.team_id <> OLD.team_id OR NEW.id <> OLD.id"
    never = "the teams of a decision are kept by the database"
    return [
        after("decision_teams_made", DECISION, "UPDATE", made, when=recorded, first=_locked(its_families)),
        after("decision_teams_added", WITH, "INSERT", added, first=_locked("NEW.family_id")),
        after("decision_teams_gone", WITH, "DELETE", [_GONE], first=_locked("OLD.family_id")),
        refusing("family_team_stays", WITH, "UPDATE", **_both((moved, "a team is added or taken off, not changed"))),
        refusing("decision_team_so", ROWS, "INSERT", **_both((f"NOT {_SO}", never))),
        refusing("decision_team_stays", ROWS, "UPDATE", **_both(("TRUE", never))),
        refusing("decision_team_gone", ROWS, "DELETE", **_both((_STILL_SO, never))),
        no_truncate(ROWS),
        no_truncate(WITH),
    ]
