"""Who may review a recorded decision, and in which order, enforced by database triggers.

Rows are append-only. `docs/adr/0016-rounds-of-review.md` has the rules in words.
"""

from django.db import models

from audit.triggers import Trigger, after, append_only
from decisions.database.disposal import of_disposed
from decisions.database.filed_under import INSERT, OF_OWN, of_own_team
from decisions.database.open_matters import Matter, triggers_for
from decisions.database.recording_checks import POSTGRES, SQLITE, Dialect, squashed
from decisions.models import OpenMatter
from reviews.models import Assignment, Reply, Review, SecondLook

Checks = tuple[tuple[str, str], ...]
REVIEW, REPLY = Review._meta.db_table, Reply._meta.db_table

RECORDED = "EXISTS (SELECT 1 FROM decisions_decision d WHERE d.id = NEW.decision_id AND d.state = 'recorded')"
SAME_ORGANISATION = (
    "EXISTS (SELECT 1 FROM decisions_decision d WHERE d.id = NEW.decision_id "
    "AND d.organisation_id = NEW.organisation_id)"
)
EARLIER = f"SELECT 1 FROM {REVIEW} r WHERE r.decision_id = NEW.decision_id"
OTHER_ROUNDS = f"FROM {REVIEW} r WHERE r.decision_id = NEW.decision_id AND r.round <> NEW.round"
DISAGREED_BEFORE = (
    f"EXISTS (SELECT 1 FROM {REVIEW} e WHERE e.decision_id = r.decision_id AND e.outcome = 'DISAGREED' "
    "AND e.round < r.round)"
)
CLOSED = f"(r.outcome IN ('AGREED', 'AGREED_WITH_ADVICE') OR r.outcome = 'DISAGREED' AND {DISAGREED_BEFORE})"
UNANSWERED = f"r.outcome = 'RETURNED' AND NOT EXISTS (SELECT 1 FROM {REPLY} a WHERE a.review_id = r.id)"
GIVEN_BEFORE_A_DISAGREEMENT = (
    f"EXISTS (SELECT 1 FROM {REVIEW} e WHERE e.decision_id = r.decision_id AND e.outcome = 'DISAGREED' "
    "AND e.round >= r.round)"
)


OF_REVIEW = of_disposed(f"(SELECT r.decision_id FROM {REVIEW} r WHERE r.id = OLD.review_id)")


def _of_the_author(column: str) -> str:
    return f"EXISTS (SELECT 1 FROM decisions_decision d WHERE d.id = NEW.decision_id AND d.author_id = NEW.{column})"


def _elsewhere(column: str) -> str:
    return (
        f"NOT EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = NEW.{column} "
        "AND u.organisation_id = NEW.organisation_id)"
    )


ON_REVIEW: Checks = (
    (f"NOT {RECORDED}", "only a recorded decision can be reviewed"),
    (_of_the_author("reviewer_id"), "nobody reviews a decision of their own"),
    (f"NOT {SAME_ORGANISATION} OR {_elsewhere('reviewer_id')}", "a review belongs to one organisation"),
    ("NEW.outcome <> 'AGREED' AND {blank:comment}", "a review needs a reason"),
    (f"EXISTS ({EARLIER} AND {CLOSED})", "the review of this decision is complete"),
    (f"EXISTS ({EARLIER} AND {UNANSWERED})", "a request for clarification has no reply yet"),
    (
        f"EXISTS ({EARLIER} AND r.reviewer_id = NEW.reviewer_id AND {GIVEN_BEFORE_A_DISAGREEMENT})",
        "after a disagreement another supervisor reviews",
    ),
    (f"NEW.round <> 1 + (SELECT COUNT(*) {OTHER_ROUNDS})", "review rounds are numbered in order"),
)
ANSWERED = f"FROM {REVIEW} r JOIN decisions_decision d ON d.id = r.decision_id WHERE r.id = NEW.review_id"
ON_REPLY: Checks = (
    (f"NOT EXISTS (SELECT 1 {ANSWERED} AND d.author_id = NEW.author_id)", "only the author replies"),
    (
        f"NOT EXISTS (SELECT 1 {ANSWERED} AND d.organisation_id = NEW.organisation_id)",
        "a reply belongs to one organisation",
    ),
    (f"EXISTS (SELECT 1 {ANSWERED} AND r.outcome = 'AGREED')", "a review that agrees takes no reply"),
    ("{blank:text}", "a reply needs text"),
)
ON_ASSIGNMENT: Checks = (
    (f"NOT {RECORDED}", "only a recorded decision can be reviewed"),
    (_of_the_author("reviewer_id"), "nobody reviews a decision of their own"),
    (
        f"NOT {SAME_ORGANISATION} OR {_elsewhere('reviewer_id')} OR {_elsewhere('assigned_by_id')}",
        "an assignment belongs to one organisation",
    ),
)
ON_SECOND_LOOK: Checks = (
    (f"NOT {RECORDED}", "only a recorded decision can have a second look"),
    (f"NOT {_of_the_author('author_id')}", "only the author takes a second look"),
    (f"NOT {SAME_ORGANISATION}", "a second look belongs to one organisation"),
    ("{blank:text}", "a second look needs text"),
)


def _filled(checks: Checks, dialect: Dialect) -> list[tuple[str, str]]:
    filled = []
    for condition, message in checks:
        for column in ("comment", "text"):
            blank = f"{squashed(f'NEW.{column}', dialect)} = ''"
            condition = condition.replace(f"{{blank:{column}}}", blank)  # noqa: PLW2901 - filled in step by step
        filled.append((condition, message))
    return filled


def _fair(model: type[models.Model], checks: Checks) -> list[Trigger]:
    """A trigger on both engines that refuses a new row when any condition holds."""
    table = model._meta.db_table
    name = f"{table}_fair"
    sqlite = " ".join(
        f"SELECT RAISE(ABORT, '{message}') WHERE {condition};" for condition, message in _filled(checks, SQLITE)
    )
    postgres = " ".join(
        f"IF {condition} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END IF;"
        for condition, message in _filled(checks, POSTGRES)
    )
    fair = Trigger(
        name=name,
        table=table,
        sqlite_sql=f"CREATE TRIGGER {name} BEFORE INSERT ON {table} FOR EACH ROW BEGIN {sqlite} END",
        postgres_sql=(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {postgres} "
            f"RETURN NEW; END $$; "
            f"CREATE TRIGGER {name} BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
        ),
    )
    return [fair, *append_only(model, may_go=OF_REVIEW if model is Reply else of_disposed())]


# Kinds of `OpenMatter`: which decisions wait for a review, as queries.py says it of many and review_state.py of one.
LAST = f"SELECT r.outcome FROM {REVIEW} r WHERE r.decision_id = d.id ORDER BY r.round DESC LIMIT 1"
REPLIED = (
    f"EXISTS (SELECT 1 FROM {REPLY} a JOIN {REVIEW} r ON r.id = a.review_id WHERE r.decision_id = d.id "
    f"AND r.round = (SELECT MAX(m.round) FROM {REVIEW} m WHERE m.decision_id = d.id))"
)
DISAGREEMENTS = f"(SELECT COUNT(*) FROM {REVIEW} r WHERE r.decision_id = d.id AND r.outcome = 'DISAGREED')"
WAITS = (
    f"COALESCE(({LAST}), '') = '' OR ({LAST}) = 'RETURNED' AND {REPLIED} "
    f"OR ({LAST}) = 'DISAGREED' AND {DISAGREEMENTS} = 1"
)
UNREPLIED = (
    f"EXISTS (SELECT 1 FROM {REVIEW} r WHERE r.decision_id = d.id AND r.outcome = 'RETURNED' "
    f"AND NOT EXISTS (SELECT 1 FROM {REPLY} a WHERE a.review_id = r.id))"
)
BY_REPLY: dict[type[models.Model], str] = {Reply: f"(SELECT r.decision_id FROM {REVIEW} r WHERE r.id = NEW.review_id)"}
MATTERS = (
    Matter(OpenMatter.Kind.REVIEW, WAITS, (Review,), BY_REPLY),
    Matter(OpenMatter.Kind.QUESTION, UNREPLIED, (Review,), BY_REPLY),
)


# Every outcome is filed, also one that a later round has overtaken: the log asks for the latest.
SAID = of_own_team("'review:' || NEW.outcome", "NEW.decision_id")
FILL = (
    f"{INSERT} SELECT DISTINCT {OF_OWN}, 'review:' || r.outcome "
    f"FROM {REVIEW} r JOIN decisions_decision d ON d.id = r.decision_id;"
)


def all_triggers() -> list[Trigger]:
    return [
        after("filed_under_review", REVIEW, "INSERT", [SAID]),
        *triggers_for(MATTERS),
        *_fair(Review, ON_REVIEW),
        *_fair(Reply, ON_REPLY),
        *_fair(Assignment, ON_ASSIGNMENT),
        *_fair(SecondLook, ON_SECOND_LOOK),
    ]
