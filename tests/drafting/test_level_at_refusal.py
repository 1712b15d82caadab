"""The level of concern that is raised after somebody said no, and after nothing else, is questioned on its page."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from decisions.models import Decision, DecisionPerson
from drafting.actions import record, save_page, supersede
from drafting.draft import load
from drafting.raised import findings_raised
from drafting.steps import step_on_path
from rules.codes import REFUSALS
from safeguarding.demo.filling import filled_page
from tests.cast import Cast
from tests.decisions.cases import plain
from tests.drafting import scenario_cases as cases
from tests.drafting import scenario_scenes
from tests.drafting.scenario_scenes import Scene

cast, now, s01 = scenario_scenes.cast, scenario_scenes.now, scenario_scenes.s01
RAISED = "LEVEL_AFTER_REFUSAL"
pytestmark = pytest.mark.sqlite


@pytest.fixture(scope="module")
def draft(s01: Scene, now: datetime) -> Decision:
    """S01 with every page filled in: the mother objects. The level is that of a child in need."""
    walk = s01.at("check")
    refused = plain(DecisionPerson).filter(decision=walk.decision, consent_state__in=REFUSALS)
    refused.update(consent_state="AGREED_NOT_BASIS")  # until the page is saved again, nobody has said no
    walk.skip(story(now), "concern", "consent")
    return walk.decision


def story(now: datetime, **concern: Any) -> cases.Story:
    made = cases.s01(now)
    return {**made, "concern": {**made["concern"], "level": "s17", **concern}}


def save(cast: Cast, draft: Decision, key: str, answers: Mapping[str, Any], now: datetime) -> set[str]:
    """Save one page, and what that page says then."""
    loaded = load(Decision.objects.get(pk=draft.pk), cast.practitioner)
    step = step_on_path(loaded, key)
    assert step is not None
    page = step.page(loaded, filled_page(loaded, key, answers))
    assert page.is_valid(), [form.errors for form in page.forms]
    save_page(page=page, version=loaded.version(key), by=cast.practitioner, at=now, judge=False)
    again = load(Decision.objects.get(pk=draft.pk), cast.practitioner)
    return {finding.code for finding in findings_raised(again, step)}


def concern(now: datetime, **changed: Any) -> dict[str, Any]:
    return dict(story(now, **changed)["concern"])


def test_raised_alone_it_is_questioned_until_it_is_put_back(cast: Cast, draft: Decision, now: datetime) -> None:
    assert Decision.objects.get(pk=draft.pk).level_at_refusal == "s17"
    for level in ("s17_high", "s47", "crime"):
        assert RAISED in save(cast, draft, "concern", concern(now, level=level), now)
    assert RAISED not in save(cast, draft, "concern", concern(now), now)


@pytest.mark.parametrize("name", ["facts", "opinion", "child_words", "known_risk"])
def test_with_something_new_it_may_be_raised(cast: Cast, draft: Decision, now: datetime, name: str) -> None:
    new = concern(now, level="s47", **{name: "He came with a second bruise today."})
    assert RAISED not in save(cast, draft, "concern", new, now)


def test_something_new_counts_also_when_the_level_follows_later(cast: Cast, draft: Decision, now: datetime) -> None:
    new = {"opinion": "The two of them together worry me more."}
    save(cast, draft, "concern", concern(now, **new), now)
    assert RAISED not in save(cast, draft, "concern", concern(now, level="s47", **new), now)


def test_a_level_lowered_after_a_refusal_is_nobodys_question(cast: Cast, draft: Decision, now: datetime) -> None:
    assert RAISED not in save(cast, draft, "concern", concern(now, level="none_or_early"), now)


def test_who_agrees_after_all_leaves_no_level_behind(cast: Cast, draft: Decision, now: datetime) -> None:
    consent = cases.s01(now)["consent"]
    agreed = {
        name: {**said, "said": "AGREED_NOT_BASIS"} if said.get("said") else said
        for name, said in consent["consent"].items()
    }
    save(cast, draft, "consent", {**consent, "consent": agreed}, now)
    assert Decision.objects.get(pk=draft.pk).level_at_refusal == ""
    assert RAISED not in save(cast, draft, "concern", concern(now, level="s47"), now)


def test_a_new_decision_after_a_refusal_begins_with_the_level_as_it_was(
    cast: Cast, draft: Decision, now: datetime
) -> None:
    recorded = record(decision=draft, by=cast.practitioner, at=now)
    new = supersede(decision=recorded, by=cast.practitioner, at=now + timedelta(hours=1))
    assert new.level_at_refusal == "s17"
    changed = concern(now, level="s47", what_changed="She still says no.")
    assert RAISED in save(cast, new, "concern", changed, now)
