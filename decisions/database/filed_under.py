"""Triggers that keep `FiledUnder`: what each recorded decision is found by in the log, for each of its teams.

Nothing that is filed for every team ever changes once a decision is recorded: its outcome, what people said, its lawful
basis, its recipients. So those rows come and go with the rows of `DecisionTeam`. What is open comes and goes with
`OpenMatter`, and is filed for the decision's own team alone, which never changes: two changes at once cannot miss each
other. A row may say too much, for the log asks everything again of the rows themselves.
"""

from audit.triggers import Trigger, after, no_truncate, refusing
from decisions.database.recording_checks import quoted
from decisions.models import (
    Decision,
    DecisionPerson,
    DecisionProvision,
    DecisionRecipient,
    DecisionTeam,
    FiledUnder,
    OpenMatter,
)
from decisions.presenters.log import CONSENT_GROUPS

ROWS, DECISION, TEAMS = FiledUnder._meta.db_table, Decision._meta.db_table, DecisionTeam._meta.db_table
PEOPLE, PROVISIONS = DecisionPerson._meta.db_table, DecisionProvision._meta.db_table
RECIPIENTS, OPEN = DecisionRecipient._meta.db_table, OpenMatter._meta.db_table
COLUMNS = "organisation_id, decision_id, team_id, own, author_id, decided_at, under"
INSERT = f"INSERT INTO {ROWS} ({COLUMNS})"
OF_OWN = "d.organisation_id, d.id, d.team_id, TRUE, d.author_id, d.decided_at"
BASIS = "layer = 'L1'"
HAS_BASIS = f"SELECT 1 FROM {PROVISIONS} p WHERE p.decision_id = d.id AND p.{BASIS}"
# By the group in which the log shows it.
GROUPS = [f"WHEN consent_state IN ({quoted(sorted(group.states))}) THEN '{group.key}'" for group in CONSENT_GROUPS]
CONSENT = f"CASE {' '.join(GROUPS)} END"
RECIPIENT = "COALESCE(CAST(recipient_id AS text), 'other')"
# What it is, and SQL of the decisions and their codes.
CLOSED = (
    ("outcome", f"SELECT id AS decision, outcome AS code FROM {DECISION}"),
    ("consent", f"SELECT decision_id AS decision, {CONSENT} AS code FROM {PEOPLE}"),
    ("basis", f"SELECT decision_id AS decision, code FROM {PROVISIONS} WHERE {BASIS}"),
    ("basis", f"SELECT d.id AS decision, 'none' AS code FROM {DECISION} d WHERE NOT EXISTS ({HAS_BASIS})"),
    ("recipient", f"SELECT decision_id AS decision, {RECIPIENT} AS code FROM {RECIPIENTS}"),
)


def _closed(which: str) -> str:
    """Everything that is closed with a decision. `which` is a condition on `decision`, its key."""
    every = (f"SELECT decision, '{what}:' || code AS under FROM ({rows}) AS {what}_rows" for what, rows in CLOSED)
    return " UNION ".join(f"{text} WHERE {which}" for text in every)


def _for_team(row: str) -> str:
    return f"{row}.organisation_id, {row}.decision_id, {row}.team_id, {row}.own, {row}.author_id, {row}.decided_at"


def of_own_team(under: str, decision: str, which: str = "TRUE") -> str:
    """SQL: files a recorded decision under a text, once. `decision` is its key, `which` a condition."""
    return (
        f"{INSERT} SELECT {OF_OWN}, {under} "
        f"FROM {DECISION} d WHERE d.id = {decision} AND {which} AND NOT EXISTS (SELECT 1 FROM {ROWS} f "
        f"WHERE f.decision_id = d.id AND f.team_id = d.team_id AND f.under = {under});"
    )


# All rows at once, where decisions were written past the triggers.
_ALL_CLOSED = f"FROM {TEAMS} t JOIN ({_closed('TRUE')}) AS u ON u.decision = t.decision_id"
_ALL_OPEN = f"FROM {OPEN} m JOIN {DECISION} d ON d.id = m.decision_id"
FILL = (
    f"{INSERT} SELECT {_for_team('t')}, u.under {_ALL_CLOSED};",
    f"{INSERT} SELECT {OF_OWN}, 'open:' || m.kind {_ALL_OPEN};",
)

_OF_DECISION = (
    f"EXISTS (SELECT 1 FROM {DECISION} d WHERE d.id = NEW.decision_id AND d.state = 'recorded' "
    "AND d.organisation_id = NEW.organisation_id AND d.author_id = NEW.author_id AND d.decided_at = NEW.decided_at "
    "AND (d.team_id = NEW.team_id) = NEW.own)"
)
_OF_TEAM = f"EXISTS (SELECT 1 FROM {TEAMS} t WHERE t.decision_id = {{row}}.decision_id AND t.team_id = {{row}}.team_id)"
_IS_OPEN = (
    f"EXISTS (SELECT 1 FROM {OPEN} m WHERE m.decision_id = {{row}}.decision_id AND 'open:' || m.kind = {{row}}.under)"
)
_SO = (
    f"{_OF_DECISION} AND (NEW.own AND (NEW.under LIKE 'review:%' OR {_IS_OPEN.format(row='NEW')}) "
    f"OR {_OF_TEAM.format(row='NEW')} AND NEW.under IN "
    f"(SELECT u.under FROM ({_closed('decision = NEW.decision_id')}) AS u))"
)
_STILL_SO = f"{_OF_TEAM.format(row='OLD')} AND OLD.under NOT LIKE 'open:%' OR {_IS_OPEN.format(row='OLD')}"


def all_triggers() -> list[Trigger]:
    closed = f"{INSERT} SELECT {_for_team('NEW')}, u.under FROM ({_closed('decision = NEW.decision_id')}) AS u;"
    gone = f"DELETE FROM {ROWS} WHERE decision_id = OLD.decision_id AND team_id = OLD.team_id;"
    not_open = f"DELETE FROM {ROWS} WHERE decision_id = OLD.decision_id AND under = 'open:' || OLD.kind;"
    never = "what a decision is filed under is kept by the database"
    checks = {name: [(condition, never)] for name, condition in
              (("INSERT", f"NOT ({_SO})"), ("UPDATE", "TRUE"), ("DELETE", _STILL_SO))}  # fmt: skip
    return [
        after("filed_under_made", TEAMS, "INSERT", [closed]),
        after("filed_under_gone", TEAMS, "DELETE", [gone]),
        after("filed_under_open", OPEN, "INSERT", [of_own_team("'open:' || NEW.kind", "NEW.decision_id")]),
        after("filed_under_not_open", OPEN, "DELETE", [not_open]),
        *(refusing(f"filed_under_{moment.lower()}", ROWS, moment, sqlite=check, postgres=check)
          for moment, check in checks.items()),
        no_truncate(ROWS),
    ]  # fmt: skip
