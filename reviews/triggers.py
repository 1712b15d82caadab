"""A verdict is about a recorded decision, never one's own, and never changed: the database sees to it."""

from audit.triggers import Trigger, append_only
from decisions.shortlist import POSTGRES, SQLITE, Dialect, squashed
from reviews.models import Review

TABLE = Review._meta.db_table
ELSEWHERE = (
    "NOT EXISTS (SELECT 1 FROM decisions_decision d WHERE d.id = NEW.decision_id "
    "AND d.organisation_id = NEW.organisation_id) OR NOT EXISTS (SELECT 1 FROM accounts_user u "
    "WHERE u.id = NEW.reviewer_id AND u.organisation_id = NEW.organisation_id)"
)
CHECKS = (
    (
        "NOT EXISTS (SELECT 1 FROM decisions_decision d WHERE d.id = NEW.decision_id AND d.state = 'recorded')",
        "only a recorded decision can be reviewed",
    ),
    (
        "EXISTS (SELECT 1 FROM decisions_decision d WHERE d.id = NEW.decision_id AND d.author_id = NEW.reviewer_id)",
        "nobody reviews a decision of their own",
    ),
    (ELSEWHERE, "a verdict belongs to one organisation"),
    ("NEW.verdict <> 'AGREED' AND {blank}", "a verdict says why"),
)


def _checks(dialect: Dialect) -> list[tuple[str, str]]:
    blank = f"{squashed('NEW.comment', dialect)} = ''"
    return [(condition.replace("{blank}", blank), message) for condition, message in CHECKS]


def all_triggers() -> list[Trigger]:
    sqlite = " ".join(f"SELECT RAISE(ABORT, '{message}') WHERE {condition};" for condition, message in _checks(SQLITE))
    postgres = " ".join(
        f"IF {condition} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END IF;"
        for condition, message in _checks(POSTGRES)
    )
    name = f"{TABLE}_fair"
    return [
        Trigger(
            name=name,
            table=TABLE,
            sqlite_sql=f"CREATE TRIGGER {name} BEFORE INSERT ON {TABLE} FOR EACH ROW BEGIN {sqlite} END",
            postgres_sql=(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {postgres} "
                f"RETURN NEW; END $$; "
                f"CREATE TRIGGER {name} BEFORE INSERT ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {name}()"
            ),
        ),
        *append_only(Review),
    ]
