"""What protects the child, earlier referrals, and a plan there is already: asked of whoever opens "More about this"."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from decisions.facts.decision import facts_of
from decisions.models import Decision
from drafting import actions
from drafting.draft import Draft
from drafting.pages.concern import BACKGROUND, ConcernPage
from rules.assess import assess
from tests.decisions.cases import plain, refused
from tests.drafting import scenario_scenes
from tests.drafting.scenario_scenes import Scene
from tests.drafting.scenario_walk import Walk
from tests.drafting.test_pages_request import shown
from tests.drafting.test_pages_rows import errors_of, post
from ui import rendering

# What a page asks and keeps is decided in Python. The scenarios and the tests of actions save on every engine.
pytestmark = pytest.mark.sqlite

Fill = Callable[..., ConcernPage]
PLAN = {"plan_reference": "Safety plan with Ms Adeyemi", "plan_on_day": "5", "plan_on_month": "1",
        "plan_on_year": "2026", "plan_in_line": "no"}  # fmt: skip


cast, now, s01 = scenario_scenes.cast, scenario_scenes.now, scenario_scenes.s01


@pytest.fixture
def walk(s01: Scene) -> Walk:
    return s01.at("concern")


@pytest.fixture
def fill(walk: Walk) -> Fill:
    def filled(**answers: Any) -> ConcernPage:
        typed = {"facts": "A bruise on her arm.", "level": "s47", **answers}
        return ConcernPage(
            walk.draft, post(ConcernPage(walk.draft), **{f"concern-{name}": text for name, text in typed.items()})
        )

    return filled


def saved(walk: Walk, page: ConcernPage) -> Draft:
    assert page.is_valid(), errors_of(page)
    draft = actions.save_page(
        page=page, version=walk.draft.version(page.key), by=walk.user, at=timezone.now(), judge=False
    )
    assert ConcernPage.accepts_saved_answers(draft)
    return draft


def warned(draft: Draft) -> set[str]:
    return {finding.code for finding in assess(draft.facts, draft.law).on_page("concern")}


class TestFolded:
    def test_none_of_it_is_asked_of_whoever_does_not_open_it(self, walk: Walk, fill: Fill) -> None:
        html = str(rendering.fields_of(ConcernPage(walk.draft).main))
        before, folded = html.split('<details class="govuk-details">')
        assert [name for name in BACKGROUND if f'name="concern-{name}' in before] == []
        assert [name for name in BACKGROUND if f'name="concern-{name}' not in folded] == []
        assert not warned(saved(walk, fill())) & {"PLAN_DEPARTURE", "PLAN_WHICH"}

    @pytest.mark.parametrize(
        "typed", [{"protective_factors": "Her gran"}, {"plan_on_month": "13"}, {"plan_in_line": "unknown"}], ids=str
    )
    def test_what_is_typed_there_is_seen(self, fill: Fill, typed: dict[str, str]) -> None:
        assert '<details class="govuk-details" open>' in str(rendering.fields_of(fill(**typed).main))


class TestKept:
    def test_all_of_it_is_on_the_record(self, walk: Walk, fill: Fill) -> None:
        page = fill(
            **PLAN, plan_departure="He came back.", protective_factors="Her gran.", previous_referrals="2024: no help."
        )
        found = shown(saved(walk, page), "concern")
        assert found["Protective factors"] == "Her gran."
        assert found["Earlier referrals, and their outcome"] == "2024: no help."
        assert found["Risk assessment or safety plan"] == "Safety plan with Ms Adeyemi, 5 January 2026"
        assert found["In line with that plan"] == "No"
        assert found["Why it is not in line with that plan"] == "He came back."

    def test_a_rule_reads_the_plan(self, walk: Walk, fill: Fill) -> None:
        draft = saved(walk, fill(**PLAN))
        assert "PLAN_DEPARTURE" in warned(draft)
        plan = facts_of(draft.decision).plan
        assert (plan.reference, plan.made_on, plan.in_line) == (PLAN["plan_reference"], date(2026, 1, 5), "no")
        assert "PLAN_DEPARTURE" not in warned(saved(walk, fill(**PLAN, plan_departure="He came back.")))

    def test_in_line_after_all_no_departure_is_left(self, walk: Walk, fill: Fill) -> None:
        saved(walk, fill(**PLAN, plan_departure="He came back."))
        draft = saved(walk, fill(**{**PLAN, "plan_in_line": "yes", "plan_departure": ""}))
        assert facts_of(draft.decision).plan.departure == ""

    def test_a_plan_of_tomorrow_is_not_there_already(self, fill: Fill) -> None:
        day = timezone.localdate() + timedelta(days=1)
        page = fill(plan_on_day=str(day.day), plan_on_month=str(day.month), plan_on_year=str(day.year))
        assert errors_of(page) == ["The date must be today or in the past"]


def test_an_answer_nobody_knows_is_refused_by_the_database(s01: Scene) -> None:
    with refused("decision_plan_in_line_known"):
        plain(Decision).filter(pk=s01.decision.pk).update(plan_in_line="perhaps")
