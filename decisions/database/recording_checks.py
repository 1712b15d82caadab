"""The short list as SQL: what must hold at the moment a draft becomes recorded.

Written from the same constants as rules, so that the database and `assess` cannot drift apart;
Two tests, test_recording_checks and its texts, hold the two side by side on random records and texts.
"""

from enum import Enum

from rules.codes import (
    CHILD_UNANSWERED,
    NEEDS_INSTEAD,
    NEEDS_REVIEW_DATE,
    SHARED,
    UNABLE_TO_DECIDE,
    WITHOUT_AGREEMENT,
)
from rules.empty_reasons import NON_REASONS, SQUASHED_CHARACTERS


class Dialect(Enum):
    SQLITE = "sqlite"
    POSTGRES = "postgresql"


SQLITE, POSTGRES = Dialect.SQLITE, Dialect.POSTGRES
# SQLite's char() takes 100 arguments at most.
MOST_ARGUMENTS = 50


def quoted(values: list[str]) -> str:
    return ", ".join("'" + value.replace("'", "''") + "'" for value in sorted(values))


def squashed(column: str, dialect: Dialect) -> str:
    """SQL for `rules.empty_reasons.squash`: lower-cased ASCII, punctuation and spaces taken out."""
    codes = [ord(character) for character in SQUASHED_CHARACTERS]
    if dialect is POSTGRES:
        characters = " || ".join(f"chr({code})" for code in codes)
        return f"translate(lower({column} COLLATE \"C\"), {characters}, '')"
    batches = [codes[start : start + MOST_ARGUMENTS] for start in range(0, len(codes), MOST_ARGUMENTS)]
    characters = " || ".join(f"char({', '.join(map(str, batch))})" for batch in batches)
    # One character a step: nested calls to replace() overflow the stack of SQLite's parser.
    return (
        f"(WITH RECURSIVE step(i, x, c) AS (SELECT 1, lower({column}), {characters} "
        "UNION ALL SELECT i + 1, replace(x, substr(c, i, 1), ''), c FROM step WHERE i <= length(c)) "
        "SELECT x FROM step ORDER BY i DESC LIMIT 1)"
    )


def no_reason(column: str, dialect: Dialect) -> str:
    return f"{squashed(column, dialect)} IN ({quoted(list(NON_REASONS))})"


# A person counts when something about them is given, and whoever has parental responsibility when that is a child who
# cannot decide; where no given item names anybody, all do.
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
# Said to be unknown to everybody, and yet a given item is about them, or about a child they speak for.
NAMED_AND_UNKNOWN = f"{CONCERNED} AND p.consent_state = 'NOT_NEEDED_ANON' AND EXISTS ({GIVEN_ABOUT})"
WITHOUT = f"{CONCERNED} AND p.consent_state IN ({quoted(list(WITHOUT_AGREEMENT))})"
# Nobody said whether they were asked, nor anything that would answer for them.
UNANSWERED = (
    f"{CONCERNED} AND p.consent_state IN ('', 'UNKNOWN') AND p.role <> 'unborn' "
    f"AND p.competence NOT IN ({quoted(list(UNABLE_TO_DECIDE))}) AND p.p18_reason <> 'CANNOT_GIVE'"
)
SHARED_WITHOUT = f"NEW.outcome IN ({quoted(list(SHARED))}) AND EXISTS (SELECT 1 {WITHOUT})"
# A Schedule 1 condition chosen for a person stands instead of the decision's.
BASIS = (
    "FROM decisions_decisionprovision b WHERE b.decision_id = NEW.id AND "
    "(b.person_id = p.id OR b.person_id IS NULL AND NOT (substr(b.code, 1, 3) = 'S1_' AND "
    "EXISTS (SELECT 1 FROM decisions_decisionprovision own "
    "WHERE own.person_id = p.id AND substr(own.code, 1, 3) = 'S1_')))"
)
OWN_PARAGRAPH_18 = "EXISTS (SELECT 1 FROM decisions_decisionprovision b WHERE b.person_id = p.id AND b.code = 'S1_P18')"

COMPLETED = (
    "EXISTS (SELECT 1 FROM decisions_decision d WHERE d.urgent_id = NEW.urgent_id "
    "AND d.state = 'recorded' AND d.id <> NEW.id)"
)


OF_OTHER_DECISIONS = (
    ("NEW.outcome = 'PASSED_UP' AND NEW.passed_to_id IS NULL", "passed up: to whom is missing"),
    (COMPLETED, "what was written at once is completed already"),
    ("NEW.outcome = 'STOPPED' AND NEW.supersedes_id IS NULL", "stopped: what is stopped is missing"),
)


def _of_sharing(dialect: Dialect) -> list[tuple[str, str]]:
    without = SHARED_WITHOUT
    unanswered = f"b.refused_ok = 'if' AND {no_reason('b.answer', dialect)}"
    return [
        (
            f"NEW.outcome IN ({quoted(list(SHARED))}) AND EXISTS (SELECT 1 {UNANSWERED})",
            "shared: whether somebody agrees is not answered",
        ),
        (
            f"NEW.outcome IN ({quoted(list(SHARED))}) AND EXISTS (SELECT 1 {NAMED_AND_UNKNOWN})",
            "shared: somebody it is about is said not to be known",
        ),
        (f"{without} AND {no_reason('NEW.why_now', dialect)}", "shared without agreement: reasons are missing"),
        (f"{without} AND {no_reason('NEW.risk_if_not', dialect)}", "shared without agreement: necessity is missing"),
        (
            f"{without} AND {no_reason('NEW.why_no_more', dialect)}",
            "shared without agreement: proportionality is missing",
        ),
        (
            f"{without} AND {no_reason('NEW.why_outweighs', dialect)}",
            "shared without agreement: the objection is not weighed",
        ),
        (
            f"{without} AND EXISTS (SELECT 1 {WITHOUT} AND NOT EXISTS (SELECT 1 {BASIS} AND b.layer = 'L1'))",
            "shared without agreement: there is no basis",
        ),
        (
            f"{without} AND EXISTS (SELECT 1 {WITHOUT} AND EXISTS (SELECT 1 {BASIS} AND b.refused_ok = 'no'))",
            "shared without agreement: a basis falls on refusal",
        ),
        (
            f"{without} AND EXISTS (SELECT 1 {WITHOUT} AND EXISTS (SELECT 1 {BASIS} AND {unanswered}))",
            "shared without agreement: the test of a basis is not answered",
        ),
        (
            f"{without} AND EXISTS (SELECT 1 {WITHOUT} AND {no_reason('p.p18_text', dialect)} AND {OWN_PARAGRAPH_18})",
            "shared without agreement: why without consent is not answered",
        ),
    ]


def _of_not_sharing(dialect: Dialect) -> list[tuple[str, str]]:
    not_shared = f"NEW.outcome IN ({quoted(list(NEEDS_INSTEAD))})"
    to_look_again = f"NEW.outcome IN ({quoted(list(NEEDS_REVIEW_DATE))})"
    return [
        (f"{not_shared} AND {no_reason('NEW.why_now', dialect)}", "not shared: reasons are missing"),
        (f"{not_shared} AND {no_reason('NEW.instead', dialect)}", "not shared: what was done instead is missing"),
        (f"{to_look_again} AND NEW.look_again_on IS NULL", "not shared: the day to look again is missing"),
        (
            f"{not_shared} AND EXISTS (SELECT 1 FROM decisions_sending s WHERE s.decision_id = NEW.id)",
            "not shared: something was sent",
        ),
    ]


def refusals(dialect: Dialect) -> list[tuple[str, str]]:
    """(condition, message) pairs, each about a row going from draft to recorded."""
    becoming = "OLD.state = 'draft' AND NEW.state = 'recorded'"
    pairs = [*_of_sharing(dialect), *_of_not_sharing(dialect), *OF_OTHER_DECISIONS]
    return [(f"{becoming} AND {condition}", message) for condition, message in pairs]
