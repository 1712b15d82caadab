"""What each condition of the rules is for: a case that turns on it (`python -m tests.mutation` takes them out)."""

from dataclasses import replace

import pytest

from rules.assess import assess
from rules.duties import under_share_duty
from rules.facts import Facts
from rules.findings import FINDING_TYPES
from rules.law_files import load
from rules.recording import lateness
from tests.rules.cases import at, basis, with_basis, without_provisions
from tests.rules.condition_cases import Case
from tests.rules.condition_cases_advice import OF_ADVICE
from tests.rules.condition_cases_after_recording import AFTER_RECORDING, OF_AGREEMENT, OF_INFORMING
from tests.rules.condition_cases_basis import OF_BASIS, OF_CONSENT
from tests.rules.condition_cases_capacity import OF_CAPACITY
from tests.rules.condition_cases_duties import OF_DUTIES
from tests.rules.condition_cases_left_empty import OF_LEFT_EMPTY
from tests.rules.condition_cases_not_disclosed import OF_NOT_DISCLOSED
from tests.rules.condition_cases_not_informed import OF_NOT_INFORMED
from tests.rules.condition_cases_openness import OF_OPENNESS, OF_SERIOUS_HARM
from tests.rules.condition_cases_provisions import OF_PROVISIONS
from tests.rules.condition_cases_reader import OF_READER
from tests.rules.condition_cases_recording import OF_FAMILY, OF_NOT_SHARING, OF_OUTCOMES, OF_RECORDING
from tests.rules.condition_cases_requests_and_orders import OF_REQUESTS
from tests.rules.condition_cases_special_category import OF_INCLUDED, OF_SHARING, OF_SPECIAL_CATEGORY
from tests.rules.condition_cases_times import OF_TIMES
from tests.rules.scenarios import early_help, s01

CASES: tuple[Case, ...] = (
    *(
        OF_CAPACITY
        + OF_REQUESTS
        + OF_BASIS
        + OF_CONSENT
        + OF_DUTIES
        + OF_RECORDING
        + OF_NOT_SHARING
        + OF_OUTCOMES
        + OF_READER
        + OF_FAMILY
        + OF_INCLUDED
        + OF_TIMES
    ),
    *(OF_PROVISIONS + OF_SPECIAL_CATEGORY + OF_SHARING + AFTER_RECORDING + OF_INFORMING + OF_AGREEMENT),
    *(OF_OPENNESS + OF_NOT_INFORMED + OF_NOT_DISCLOSED + OF_SERIOUS_HARM + OF_ADVICE + OF_LEFT_EMPTY),
)


def test_it_is_so() -> None:
    assert [f"{case.code}: {case.why}" for case in CASES if case.is_found() is not case.fires] == []


def test_each_case_is_said_once_and_of_a_finding_there_is() -> None:
    assert {case.code for case in CASES} <= set(FINDING_TYPES)
    assert len({(case.code, case.why) for case in CASES}) == len(CASES)


def test_the_law_handed_in_is_the_one_that_counts() -> None:
    """Without rows or usual sets nothing is known, whatever the files say."""
    empty = replace(load(), all_provisions=(), combinations=(), known=frozenset())
    unknown = [finding for finding in assess(s01(), empty).findings if finding.code == "PROVISION_UNKNOWN"]
    assert len(unknown) == len({row.code for row in s01().basis})


@pytest.mark.parametrize(
    "facts",
    [Facts(), Facts(decided_at=at("2026-03-10")), Facts(recorded_at=at("2026-03-10"))],
    ids=["", "drafted", "told"],
)
def test_nothing_is_late_before_both_moments_are_there(facts: Facts) -> None:
    assert lateness(facts) == ""


def test_only_for_a_public_body_is_the_finding_on_interests_enough() -> None:
    """Were a listed interest closed to charities, a charity that chose it would be told so."""
    law = load()
    rows = tuple(replace(row, not_sectors=("charity",)) if row.code == "ART6_EA" else row for row in law.all_provisions)
    facts = with_basis(without_provisions(early_help(), "ART6_A"), *basis("ART6_EA"))
    assert "PROVISION_NOT_YOURS" not in {finding.code for finding in assess(facts, law).findings}
    assert "PROVISION_NOT_YOURS" in {
        finding.code for finding in assess(facts, replace(law, all_provisions=rows)).findings
    }


@pytest.mark.parametrize(
    ("trigger", "duty", "begins"),
    [
        ("MANDATORY", "CA04_16LA", True),
        ("PRO", "CA04_16LA", False),
        ("MANDATORY", "FGMA03_5B", False),
        (None, None, False),
    ],
)
def test_the_duty_to_share_is_what_it_started_with_only_where_it_is_named(
    trigger: str | None, duty: str | None, *, begins: bool
) -> None:
    """A duty left behind on another route does not count, nor does another duty."""
    assert under_share_duty(trigger, duty) is begins
