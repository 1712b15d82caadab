"""The checks a decision must pass to be recorded, as SQL for the triggers.

They are built from the same constants as the rules, and tests/decisions/test_recording_checks*.py compare the two on
random records and texts.
"""

from enum import Enum

from rules.codes import (
    CHILD_UNANSWERED,
    DUTY_TRIGGERS,
    NEEDS_INSTEAD,
    NEEDS_REVIEW_DATE,
    SHARED,
    UNABLE_TO_DECIDE,
    WITHOUT_AGREEMENT,
)
from rules.empty_reasons import NON_REASONS, SQUASHED_CHARACTERS
from rules.included import Includes
from rules.law import MUST_DISCLOSE
from rules.relied_on import NO_POWER


class Dialect(Enum):
    SQLITE = "sqlite"
    POSTGRES = "postgresql"


SQLITE, POSTGRES = Dialect.SQLITE, Dialect.POSTGRES
# SQLite's char() takes 100 arguments at most.
MOST_ARGUMENTS = 50


def quoted(values: list[str]) -> str:
    return ", ".join("'" + value.replace("'", "''") + "'" for value in sorted(values))


def squashed(column: str, dialect: Dialect) -> str:
    """SQL for `rules.empty_reasons.squashed`: lower-case ASCII, without punctuation and spaces."""
    codes = [ord(character) for character in SQUASHED_CHARACTERS]
    if dialect is POSTGRES:
        characters = " || ".join(f"chr({code})" for code in codes)
        return f"translate(lower({column} COLLATE \"C\"), {characters}, '')"
    batches = [codes[start : start + MOST_ARGUMENTS] for start in range(0, len(codes), MOST_ARGUMENTS)]
    characters = " || ".join(f"char({', '.join(map(str, batch))})" for batch in batches)
    # One character in each step: nested calls to replace() overflow the stack of SQLite's parser.
    return (
        f"(WITH RECURSIVE step(i, x, c) AS (SELECT 1, lower({column}), {characters} "
        "UNION ALL SELECT i + 1, replace(x, substr(c, i, 1), ''), c FROM step WHERE i <= length(c)) "
        "SELECT x FROM step ORDER BY i DESC LIMIT 1)"
    )


def empty_reason_sql(column: str, dialect: Dialect) -> str:
    return f"{squashed(column, dialect)} IN ({quoted(list(NON_REASONS))})"


# A person is concerned when a shared item is about them, or about a child who cannot decide for whom they have parental
# responsibility. Where no shared item names anybody, everybody is concerned.
GIVEN_ABOUT = (
    "SELECT 1 FROM decisions_itemabout a JOIN decisions_itemrecipient g ON g.item_id = a.item_id AND g.given "
    "WHERE a.decision_id = NEW.id"
)
NEEDS_A_PARENT = (
    "(k.role = 'unborn' OR k.consent_state = 'NOT_COMPETENT' OR k.role = 'child' "
    f"AND (k.competence IN ({quoted(list(UNABLE_TO_DECIDE))}) "
    f"OR k.consent_state IN ({quoted(list(CHILD_UNANSWERED))})))"
)
FOR_A_CHILD = (
    "p.parental_responsibility = 'yes' AND EXISTS (SELECT 1 FROM decisions_decisionperson k "
    f"WHERE k.decision_id = NEW.id AND {NEEDS_A_PARENT} AND EXISTS ({GIVEN_ABOUT} AND a.person_id = k.id))"
)
CONCERNED = (
    "FROM decisions_decisionperson p WHERE p.decision_id = NEW.id "
    f"AND (EXISTS ({GIVEN_ABOUT} AND a.person_id = p.id) OR NOT EXISTS ({GIVEN_ABOUT}) OR {FOR_A_CHILD})"
)
# Recorded as anonymised although a shared item is about them, or about a child they speak for.
NAMED_AND_UNKNOWN = f"{CONCERNED} AND p.consent_state = 'NOT_NEEDED_ANON' AND EXISTS ({GIVEN_ABOUT})"
WITHOUT = f"{CONCERNED} AND p.consent_state IN ({quoted(list(WITHOUT_AGREEMENT))})"
# Neither their consent nor anything that would stand in for it was recorded.
UNANSWERED = (
    f"{CONCERNED} AND p.consent_state IN ('', 'UNKNOWN') AND p.role <> 'unborn' "
    f"AND p.competence NOT IN ({quoted(list(UNABLE_TO_DECIDE))}) AND p.p18_reason <> 'CANNOT_GIVE'"
)
SHARED_WITHOUT = f"NEW.outcome IN ({quoted(list(SHARED))}) AND EXISTS (SELECT 1 {WITHOUT})"
# A Schedule 1 condition chosen for a person replaces the one chosen for the whole decision.
BASIS = (
    "FROM decisions_decisionprovision b WHERE b.decision_id = NEW.id AND "
    "(b.person_id = p.id OR b.person_id IS NULL AND NOT (substr(b.code, 1, 3) = 'S1_' AND "
    "EXISTS (SELECT 1 FROM decisions_decisionprovision own "
    "WHERE own.person_id = p.id AND substr(own.code, 1, 3) = 'S1_')))"
)
OWN_PARAGRAPH_18 = "EXISTS (SELECT 1 FROM decisions_decisionprovision b WHERE b.person_id = p.id AND b.code = 'S1_P18')"


def may_weigh(dialect: Dialect) -> str:
    """SQL for `not rules.duties.nothing_to_weigh`, but that after an order or a duty another power is for the rules."""
    kind = "b.details ->> 'kind'" if dialect is POSTGRES else "json_extract(b.details, '$.kind')"
    power = (
        "EXISTS (SELECT 1 FROM decisions_decisionprovision b WHERE b.decision_id = NEW.id AND b.layer = 'L3' "
        f"AND COALESCE({kind}, '')"
    )
    only_duties = f"{power} = '{MUST_DISCLOSE}') AND NOT {power} NOT IN ({quoted([MUST_DISCLOSE, *NO_POWER])}))"
    return f"NEW.trigger NOT IN ({quoted(list(DUTY_TRIGGERS))}) AND NOT ({only_duties})"


# What the shared information includes is answered, and no shared item is marked with a kind that the answer leaves out.
INCLUDES = tuple(f"includes_{kind}" for kind in Includes)
ITEM_COLUMNS = {kind: "other_special" if kind == Includes.SPECIAL else kind.value for kind in Includes}
MARKED_OTHERWISE = " OR ".join(
    f"i.{ITEM_COLUMNS[kind]} AND NOT NEW.includes_{kind}" for kind in Includes if kind != Includes.NONE
)
GIVEN_ITEM = (
    "FROM decisions_decisionitem i JOIN decisions_itemrecipient g ON g.item_id = i.id AND g.given "
    "WHERE i.decision_id = NEW.id"
)

IS_SHARED = f"NEW.outcome IN ({quoted(list(SHARED))})"
NOT_ANSWERED = f"NOT ({' OR '.join(f'NEW.{name}' for name in INCLUDES)})"
INCLUDES_CHECKS = (
    (
        f"{IS_SHARED} AND EXISTS (SELECT 1 {GIVEN_ITEM}) AND {NOT_ANSWERED}",
        "shared: what the information includes is not answered",
    ),
    (
        f"{IS_SHARED} AND EXISTS (SELECT 1 {GIVEN_ITEM} AND ({MARKED_OTHERWISE}))",
        "shared: the information includes something that was denied",
    ),
)

COMPLETED = (
    "EXISTS (SELECT 1 FROM decisions_decision d WHERE d.urgent_id = NEW.urgent_id "
    "AND d.state = 'recorded' AND d.id <> NEW.id)"
)


RELATED_DECISION_CHECKS = (
    ("NEW.outcome = 'PASSED_UP' AND NEW.passed_to_id IS NULL", "passed to a manager: to whom is missing"),
    (COMPLETED, "the urgent record is completed already"),
    ("NEW.outcome = 'STOPPED' AND NEW.supersedes_id IS NULL", "stopped: what is stopped is missing"),
)


def _sharing_checks(dialect: Dialect) -> list[tuple[str, str]]:
    without = SHARED_WITHOUT
    weighed = f"{without} AND {may_weigh(dialect)}"
    without_reason = empty_reason_sql("p.p18_text", dialect)
    unanswered = f"b.refused_ok = 'if' AND {empty_reason_sql('b.answer', dialect)}"
    return [
        (
            f"NEW.outcome IN ({quoted(list(SHARED))}) AND EXISTS (SELECT 1 {UNANSWERED})",
            "shared: whether somebody agrees is not answered",
        ),
        (
            f"NEW.outcome IN ({quoted(list(SHARED))}) AND EXISTS (SELECT 1 {NAMED_AND_UNKNOWN})",
            "shared: somebody it is about is recorded as anonymised",
        ),
        *INCLUDES_CHECKS,
        (f"{without} AND {empty_reason_sql('NEW.why_now', dialect)}", "shared without agreement: reasons are missing"),
        (
            f"{weighed} AND {empty_reason_sql('NEW.risk_if_not', dialect)}",
            "shared without agreement: necessity is missing",
        ),
        (
            f"{without} AND {empty_reason_sql('NEW.why_no_more', dialect)}",
            "shared without agreement: proportionality is missing",
        ),
        (
            f"{weighed} AND {empty_reason_sql('NEW.why_outweighs', dialect)}",
            "shared without agreement: why it outweighs their views is missing",
        ),
        (
            f"{without} AND EXISTS (SELECT 1 {WITHOUT} AND NOT EXISTS (SELECT 1 {BASIS} AND b.layer = 'L1'))",
            "shared without agreement: there is no lawful basis",
        ),
        (
            f"{without} AND EXISTS (SELECT 1 {WITHOUT} AND EXISTS (SELECT 1 {BASIS} AND b.refused_ok = 'no'))",
            "shared without agreement: a provision needs consent",
        ),
        (
            f"{without} AND EXISTS (SELECT 1 {WITHOUT} AND EXISTS (SELECT 1 {BASIS} AND {unanswered}))",
            "shared without agreement: the test of a provision is not answered",
        ),
        (
            f"{without} AND EXISTS (SELECT 1 {WITHOUT} AND {without_reason} AND {OWN_PARAGRAPH_18})",
            "shared without agreement: why without consent is not answered",
        ),
    ]


def _not_sharing_checks(dialect: Dialect) -> list[tuple[str, str]]:
    not_shared = f"NEW.outcome IN ({quoted(list(NEEDS_INSTEAD))})"
    needs_review_date = f"NEW.outcome IN ({quoted(list(NEEDS_REVIEW_DATE))})"
    return [
        (f"{not_shared} AND {empty_reason_sql('NEW.why_now', dialect)}", "not shared: reasons are missing"),
        (
            f"{not_shared} AND {empty_reason_sql('NEW.instead', dialect)}",
            "not shared: what was done instead is missing",
        ),
        (f"{needs_review_date} AND NEW.look_again_on IS NULL", "not shared: the review date is missing"),
        (
            f"{not_shared} AND EXISTS (SELECT 1 FROM decisions_sending s WHERE s.decision_id = NEW.id)",
            "not shared: something was sent",
        ),
    ]


def refusals(dialect: Dialect) -> list[tuple[str, str]]:
    """(condition, message) pairs, each about a row that changes from draft to recorded."""
    becoming = "OLD.state = 'draft' AND NEW.state = 'recorded'"
    pairs = [*_sharing_checks(dialect), *_not_sharing_checks(dialect), *RELATED_DECISION_CHECKS]
    return [(f"{becoming} AND {condition}", message) for condition, message in pairs]
