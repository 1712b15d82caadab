"""Whether somebody has a choice is asked before their views; where the law leaves none, the page says so instead."""

import pytest

from decisions.models import Decision
from drafting.pages.consent import NO_CHOICE, ConsentPage
from tests.decisions.cases import plain
from tests.drafting import scenario_scenes
from tests.drafting.scenario_scenes import Scene
from tests.drafting.scenario_walk import Walk
from tests.drafting.test_pages_rows import rows_of

# The order of the questions is the same on every engine.
pytestmark = pytest.mark.sqlite

cast, now, s01 = scenario_scenes.cast, scenario_scenes.now, scenario_scenes.s01


def changed(scene: Scene, **columns: str) -> Walk:
    walk = scene.at("consent")
    plain(Decision).filter(pk=walk.decision.pk).update(**columns)
    return walk


@pytest.mark.parametrize("outcome", ["SHARED_ALL_NECESSARY", "SHARED_PART", "NOT_SHARED", "DEFERRED"])
def test_the_choice_is_asked_of_each_recipient_before_anybodys_views(s01: Scene, outcome: str) -> None:
    page = ConsentPage(changed(s01, outcome=outcome).draft)
    assert [group.name for group in page.groups] == ["choices", "before", "consent"]
    assert len(rows_of(page, "choices")) == len(page.draft.recipients) == 1


def test_it_is_the_first_that_an_error_names(s01: Scene) -> None:
    page = ConsentPage(s01.at("consent").draft)
    assert page.forms[0] is rows_of(page, "choices")[0]


@pytest.mark.parametrize("trigger", ["COURT_ORDER", "MANDATORY"])
def test_where_the_law_leaves_no_choice_the_page_says_so(s01: Scene, trigger: str) -> None:
    walk = changed(s01, trigger=trigger)
    page = ConsentPage(walk.draft)
    assert rows_of(page, "choices") == []
    text = walk.client.get(walk.path("consent")).content.decode()
    assert text.index(NO_CHOICE) < text.index("Each person&#x27;s views and consent")
    assert "Do they have a real choice about this?" not in text
    assert "Nobody yet" not in text


@pytest.mark.parametrize(("outcome", "trigger"), [("PASSED_UP", ""), ("STOPPED", ""), ("NOT_SHARED", "COURT_ORDER")])
def test_no_choice_is_spoken_of_where_there_is_nothing_to_choose(s01: Scene, outcome: str, trigger: str) -> None:
    page = ConsentPage(changed(s01, outcome=outcome, trigger=trigger).draft)
    assert [group.name for group in page.groups] == ["before", "consent"]
