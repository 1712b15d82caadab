"""A warning is shown on its page as soon as that is saved, or says why not; and nothing is said there too early."""

from collections.abc import Iterator
from dataclasses import fields, replace

import pytest

from rules.assess import assess
from rules.codes import Severity
from rules.facts import Facts
from rules.facts_after_recording import FollowUpFacts
from rules.finding_type import AFTER_RECORDING, LATER_PAGE, REASONS_AT_CHECK
from rules.findings import FINDING_TYPES, PAGES
from tests.in_turn import in_turn
from tests.rules import more_scenarios as more
from tests.rules.cases import at, codes_of, with_person
from tests.rules.pages_in_turn import ASKED_ON, NOT_ASKED, by
from tests.rules.scenarios import early_help, s01, s02, s03, s18_first, s18_second
from tests.rules.test_conditions import CASES
from tests.rules.test_findings import TABLE
from tests.rules.time_cases import TIME_TABLE

WARNINGS = {code: kind for code, kind in FINDING_TYPES.items() if kind.severity == Severity.WARNS}
SHOWN = [code for code, kind in WARNINGS.items() if kind.shown_on_page]
WAITING = [code for code, kind in WARNINGS.items() if kind.only_at_check == LATER_PAGE]
# The row of the table turns on a later page; these turn on the finding's own.
BY_THEN: dict[str, Facts] = {
    "WISH_ALONE": with_person(s01(), "P2", not_asked_reason="COMPETENT_CHILD_WISH"),
    "FGM_LATE": replace(more.s12(), decided_at=at("2026-10-07")),
}  # fmt: skip
# What would be said of them too early: that there is no level, and that a consent is not known.
ANSWERED_LATER = (more.s06(), TABLE["NO_OUTCOME"][0])
SCENARIOS = (
    s01, s02, s03, s18_first, s18_second, early_help, more.s04, more.s05, more.s06, more.s07, more.s08, more.s09,
    more.s10, more.s11, more.s12, more.s19,
)  # fmt: skip


def some_facts() -> Iterator[Facts]:
    """Every scenario and every case of a finding."""
    yield from (scenario() for scenario in SCENARIOS)
    yield from (facts for row in TABLE.values() for facts in row)
    yield from (case.facts for case in CASES)


def said_too_early() -> dict[str, str]:
    """What a page says when it is saved, and nobody says once the others are: finding and page."""
    early: dict[str, str] = {}
    # What waits each day, and of the others some in turn.
    for facts in (*(TABLE[code][0] for code in WAITING), *ANSWERED_LATER, *in_turn(some_facts(), of=24)):
        in_the_end = codes_of(facts)
        for page in PAGES:
            found = {finding.code for finding in assess(by(facts, page)).on_page(page)}
            early |= dict.fromkeys((found & set(WARNINGS)) - in_the_end, page)
    return early


def found_by_then(code: str) -> bool:
    facts = BY_THEN.get(code) or TABLE[code][0]
    return code in codes_of(by(facts, FINDING_TYPES[code].page))


def test_every_fact_has_its_page() -> None:
    assert set(ASKED_ON[Facts]) | NOT_ASKED == {field.name for field in fields(Facts)}
    for part, asked in ASKED_ON.items():
        assert set(asked) <= {field.name for field in fields(part)}
        assert set(asked.values()) <= set(PAGES)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.__name__)
def test_after_the_last_page_all_is_known(scenario: object) -> None:
    facts = scenario()  # type: ignore[operator]  # a scenario of the rules
    assert by(facts, PAGES[-1]) == facts


def test_a_warning_is_shown_on_its_page_or_says_why_not() -> None:
    reasons = {code: kind.only_at_check for code, kind in FINDING_TYPES.items() if kind.only_at_check}
    assert set(reasons.values()) == set(REASONS_AT_CHECK)
    assert not set(reasons) - set(WARNINGS), "what blocks says it with on_page"


def test_what_is_shown_is_known_by_then() -> None:
    """Where the facts are not complete when its page is saved: only_at_check=LATER_PAGE."""
    assert [code for code in sorted(set(SHOWN) - set(TIME_TABLE)) if not found_by_then(code)] == []


def test_nothing_is_shown_too_early_and_nothing_waits_that_need_not() -> None:
    early = said_too_early()
    assert {code: page for code, page in early.items() if code in SHOWN} == {}
    assert [code for code in WAITING if found_by_then(code) and code not in early] == [], "it can be shown on its page"


@pytest.mark.parametrize("code", [c for c, kind in WARNINGS.items() if kind.only_at_check == AFTER_RECORDING])
def test_what_comes_after_recording_is_not_found_before(code: str) -> None:
    assert code in codes_of(TABLE[code][0])
    assert code not in codes_of(replace(TABLE[code][0], follow_up=FollowUpFacts()))
