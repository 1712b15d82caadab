"""Advice before somebody is informed of suspected harm: asked once, kept once, and never in the way of the record."""

import pytest
from django.db import IntegrityError, transaction

from decisions.models import Advice, Decision, DecisionPerson
from decisions.presenters.record import sections
from drafting import actions
from drafting.draft import Draft, load
from drafting.pages.advice_first import HEADING
from drafting.pages.base import Page
from drafting.pages.consent import ConsentPage
from drafting.pages.sending import SendingPage
from safeguarding.demo import stories
from tests.cast import Cast
from tests.decisions.cases import plain
from tests.drafting import scenario_scenes
from tests.drafting.scenario_scenes import Scene
from tests.drafting.scenario_walk import Walk
from tests.drafting.test_pages_rows import errors_of, post, rows_of

cast, now, s01 = scenario_scenes.cast, scenario_scenes.now, scenario_scenes.s01
CHILD, MOTHER, PARTNER = (person.name for person in stories.BRUISE_PEOPLE)
# What the page asks is the same on every engine; what the database refuses is not.
on_one_engine = pytest.mark.sqlite


@pytest.fixture
def walk(s01: Scene) -> Walk:
    """S01 with views and consent saved, and no advice yet."""
    return s01.at("information")


def answered(draft: Draft, **said: str) -> Page:
    return ConsentPage(draft, post(ConsentPage(draft), **{f"before-{name}": value for name, value in said.items()}))


def saved(walk: Walk, **said: str) -> Draft:
    draft = walk.draft
    page = answered(draft, **said)
    assert page.is_valid(), errors_of(page)
    at = draft.decision.started_at
    return actions.save_page(page=page, version=draft.version("consent"), by=walk.user, at=at, judge=False)


def shown(draft: Draft) -> dict[str, list[str]]:
    consent = next(section for section in sections(draft.decision) if section.key == "consent")
    return {row.key: list(row.lines) for row in consent.rows}


@on_one_engine
class TestAsked:
    def test_between_the_choice_and_the_views(self, walk: Walk) -> None:
        assert [group.name for group in ConsentPage(walk.draft).groups] == ["choices", "before", "consent"]
        assert HEADING in walk.client.get(walk.path("consent")).content.decode()

    def test_not_where_nobody_is_suspected(self, walk: Walk) -> None:
        assert rows_of(ConsentPage(walk.draft), "before")
        plain(DecisionPerson).filter(decision=walk.decision).update(source_of_harm=False)
        assert not rows_of(ConsentPage(walk.draft), "before")

    def test_it_may_be_passed_over(self, walk: Walk) -> None:
        draft = saved(walk)
        assert (draft.decision.advice_first, draft.advice) == ("", [])

    @pytest.mark.parametrize(
        ("said", "message"),
        [
            ({"had": "yes"}, "Enter who you had it with"),
            ({"had": "not_needed"}, "Enter why it is not needed"),
            ({"had": "not_needed", "advice_not_needed": "n/a"}, "Enter why it is not needed"),
        ],
    )
    def test_an_answer_is_whole(self, walk: Walk, said: dict[str, str], message: str) -> None:
        assert errors_of(answered(walk.draft, **said)) == [message]


@on_one_engine
class TestKept:
    def test_advice_that_was_had_is_one_row_and_is_not_asked_for_again(self, walk: Walk) -> None:
        draft = saved(walk, had="yes", advice_who="Sgt Pryce", advice_role="Police", advice_gist="Do not tell him yet")
        assert [(row.who, row.role, row.gist) for row in draft.advice] == [
            ("Sgt Pryce", "Police", "Do not tell him yet")
        ]
        [row] = rows_of(ConsentPage(draft), "before")
        assert set(row.fields) == {"source_talk"}
        assert "Advice recorded: Sgt Pryce, Police." in walk.client.get(walk.path("consent")).content.decode()
        assert len(saved(walk).advice) == 1

    def test_it_stands_among_the_advice_of_the_last_page(self, walk: Walk) -> None:
        draft = saved(walk, had="yes", advice_who="Dr Amin")
        assert [row["who"].value() for row in rows_of(SendingPage(draft), "advice")] == ["Dr Amin"]

    def test_the_last_page_opened_before_does_not_take_it_away(self, s01: Scene) -> None:
        draft = s01.at("check").draft
        opened_before = post(SendingPage(draft))
        added = Advice(organisation_id=draft.decision.organisation_id, decision=draft.decision, who="Dr Amin", gist="")
        plain(Advice).bulk_create([added])
        page, at = SendingPage(load(draft.decision, draft.user), opened_before), draft.decision.started_at
        assert page.is_valid(), errors_of(page)
        after = actions.save_page(page=page, version=draft.version("sending"), by=draft.user, at=at, judge=False)
        assert [row.who for row in after.advice] == ["Duty manager", "Dr Amin"]

    @pytest.mark.parametrize(
        ("had", "why", "words"), [("no", "", "Not yet"), ("not_needed", "They asked", "Not needed")]
    )
    def test_none_is_shown_with_its_reason(self, walk: Walk, had: str, why: str, words: str) -> None:
        lines = shown(saved(walk, had=had, advice_not_needed=why, source_talk="Ms Roy, on Friday"))
        assert lines["Advice before anyone was told"] == [words]
        assert lines.get("Why advice was not needed", [""]) == [why]
        assert lines["Who speaks to the alleged or suspected source of harm, and when"] == ["Ms Roy, on Friday"]

    def test_of_nobody_suspected_any_more_it_is_dropped(self, s01: Scene) -> None:
        walk = s01.at("check")
        plain(Decision).filter(pk=walk.decision.pk).update(source_talk="Ms Roy", advice_first="no")
        plain(DecisionPerson).filter(decision=walk.decision).update(source_of_harm=False)
        decision = actions.prepared(walk.draft).decision
        assert (decision.source_talk, decision.advice_first) == ("", "")


@on_one_engine
class TestWarned:
    def test_a_talk_that_is_planned_without_advice_is_said_on_the_page_and_holds_nobody_up(self, walk: Walk) -> None:
        saved(walk, source_talk="Ms Roy, on Friday")
        shown = walk.client.get(walk.path("consent")).content.decode()
        assert "You plan a talk with an alleged or suspected source of harm" in shown

    def test_whoever_lives_with_them_and_was_spoken_with(self, walk: Walk) -> None:
        plain(DecisionPerson).filter(name__in=[MOTHER, PARTNER]).update(at_home="yes")
        words = walk.client.get(walk.path("consent")).content.decode()
        assert "may live with an alleged or suspected source of harm" in words


@pytest.mark.parametrize(
    "columns",
    [{"advice_first": "maybe"}, {"advice_not_needed": "Because"}, {"advice_first": "no", "advice_not_needed": "x"}],
)
def test_the_database_refuses_a_reason_without_its_answer(cast: Cast, s01: Scene, columns: dict[str, str]) -> None:
    rows = plain(Decision).filter(pk=s01.decision.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**columns)
