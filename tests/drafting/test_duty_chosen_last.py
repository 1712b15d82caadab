"""Somebody asked, somebody objects, and only the page of the lawful basis says whether the law leaves any choice."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from drafting.pages.legal_basis import LABELS
from rules.codes import Outcome
from rules.findings import FINDING_TYPES
from safeguarding.demo import stories
from tests.drafting import scenario_cases as cases
from tests.drafting import scenario_scenes
from tests.drafting.scenario_scenes import Scene
from tests.drafting.scenario_walk import Walk

# What the form asks follows from the answers, not from what keeps them.
pytestmark = pytest.mark.sqlite

cast, now, s01 = scenario_scenes.cast, scenario_scenes.now, scenario_scenes.s01
begun = scenario_scenes.begun
UNWEIGHED = {"risk_if_shared": "", "risk_if_not": ""}
ASKED = {
    "trigger": "REQ", "asked_by_name": "Ines Marlow", "asked_by_role": "Safeguarding partnership",
    "asked_by_organisation": stories.SOCIAL_CARE, "asked_for": "What the school saw of the boy",
    "asked_why": "A review of local practice", "identity_check": "Called back on the number we hold",
}  # fmt: skip


@pytest.fixture(scope="module")
def story(now: datetime) -> dict[str, Any]:
    """S01 as it would be if a safeguarding partner had asked, and nobody wrote why it outweighs the objection."""
    made = cases.s01(now)
    answers = {**ASKED, "asked_on": timezone.localdate(now) - timedelta(days=1)}
    without = {**made["consent"], "why_outweighs": ""}
    return {**made, "request": {**made["request"], **answers}, "consent": without}


@pytest.fixture(scope="module")
def _asked(s01: Scene, story: dict[str, Any]) -> None:
    s01.at("request").skip(story, "request", "outcome", "consent", "information")


@pytest.fixture
def walk(s01: Scene, _asked: None) -> Walk:
    """As far as the lawful basis."""
    return s01.at("check")


def chosen(story: dict[str, Any], *powers: str) -> dict[str, Any]:
    return {**story["legal_basis"], **UNWEIGHED, "l3": list(powers)}


@pytest.mark.in_turn(2)
@pytest.mark.parametrize("powers", [("CARE14_45",), ("CA04_16H", "CA89_47")], ids=" and ".join)
def test_a_duty_that_is_chosen_last_asks_for_no_balance(
    walk: Walk, story: dict[str, Any], powers: tuple[str, ...]
) -> None:
    """Which laws leave no choice is shown by tests/rules/test_lawful.py."""
    walk.fill("legal_basis", chosen(story, *powers))
    walk.go_on("legal_basis")
    assert walk.at == walk.path("sending")
    walk.skip(story, "sending")
    recorded = walk.record_directly()
    assert recorded.outcome == Outcome.SHARED_ALL_NECESSARY
    assert (recorded.why_outweighs, recorded.risk_if_not) == ("", "")


def test_a_power_asks_for_both_and_leads_back_with_the_question(walk: Walk, story: dict[str, Any]) -> None:
    walk.fill("legal_basis", chosen(story, "CA04_16H", "CDA98_115"), status=422)
    assert {error.rpartition(": ")[2] for error in walk.errors} == {LABELS[name] for name in UNWEIGHED}
    walk.fill("legal_basis", {**story["legal_basis"], "l3": ["CDA98_115"]})
    walk.go_on("legal_basis")
    assert walk.at == walk.path("consent")
    walk.get(walk.at)
    assert FINDING_TYPES["WHY_OUTWEIGHS"].message in walk.text
    assert "You cannot record the decision until this is corrected" in walk.text


def test_before_a_law_is_chosen_the_page_does_not_ask_for_it(walk: Walk, story: dict[str, Any]) -> None:
    walk.open("consent")
    assert FINDING_TYPES["WHY_OUTWEIGHS"].message not in walk.text
    walk.fill("consent", story["consent"])
    walk.go_on("consent")
    assert walk.at != walk.path("consent")
