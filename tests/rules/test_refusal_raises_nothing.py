"""Saying no is a right and no sign of harm: no rule reads a level of concern, or danger, out of a refusal."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import pytest

from rules.assess import assess
from rules.codes import REFUSALS, Consent, Level
from rules.consent import LEVELS
from rules.facts import Facts, PersonFacts
from rules.guidance import shown_on
from rules.law_files import load
from rules.serious_harm import in_serious_danger
from tests.rules import more_scenarios as more
from tests.rules.scenarios import early_help, s01, s02, s03

SCENARIOS = (early_help, s01, s02, s03, more.s04, more.s05, more.s06, more.s07, more.s09, more.s10, more.s11)
EACH = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.__name__)
RAISED = "LEVEL_AFTER_REFUSAL"


def said(facts: Facts, state: str) -> Facts:
    """Everybody gave this answer."""
    people: tuple[PersonFacts, ...] = tuple(replace(person, consent_state=state) for person in facts.people)
    return replace(facts, people=people)


@EACH
@pytest.mark.parametrize("refusal", sorted(REFUSALS))
def test_danger_and_level_are_the_same_whatever_they_answer(scenario: Callable[[], Facts], refusal: str) -> None:
    agreed, refused = (said(scenario(), state) for state in (Consent.GIVEN, refusal))
    assert in_serious_danger(agreed) is in_serious_danger(refused)
    assert (agreed.level, agreed.level_at_refusal) == (refused.level, refused.level_at_refusal)


@EACH
@pytest.mark.parametrize("page", ["concern", "outcome"])
def test_the_guidance_for_the_concern_and_the_decision_is_the_same(scenario: Callable[[], Facts], page: str) -> None:
    law = load()
    shown = [shown_on(page, said(scenario(), state), law) for state in (Consent.GIVEN, *sorted(REFUSALS))]
    assert all(passages == shown[0] for passages in shown)


@pytest.mark.parametrize(("before", "now"), list(product(Level, Level)))
def test_a_level_raised_since_the_refusal_is_shown_and_no_other(before: str, now: str) -> None:
    facts = replace(s01(), level_at_refusal=before, level=now)
    found = {finding.code for finding in assess(facts).findings}
    assert (RAISED in found) is (LEVELS[now] > LEVELS[before])


@pytest.mark.parametrize("level", Level)
def test_without_a_refusal_any_level_may_be_chosen(level: str) -> None:
    assert RAISED not in {finding.code for finding in assess(replace(s01(), level=level)).findings}
