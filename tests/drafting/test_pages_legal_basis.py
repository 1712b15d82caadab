"""Consent where somebody may come to harm is asked about once more; and why sharing would do more harm than not."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone

from decisions.facts.decision import facts_of
from decisions.models import Decision, DecisionRecipient
from decisions.presenters.record import sections
from decisions.presenters.summary import summary
from drafting import actions as drafting_actions
from drafting.draft import Draft
from drafting.pages.base import Page
from drafting.pages.legal_basis import LegalBasisPage
from drafting.pages.reasons_not_to_share import ReasonsNotToSharePage
from drafting.pages.request import RequestPage
from drafting.pages.sending import InsteadPage
from rules.assess import assess
from safeguarding.demo import stories
from safeguarding.demo.filling import filled_page
from tests.cast import Cast
from tests.decisions import law_said
from tests.decisions.cases import plain
from tests.drafting import scenario_cases as cases
from tests.drafting import scenario_scenes
from tests.drafting.scenario_scenes import Scene, filled_to
from tests.drafting.scenario_walk import Walk
from tests.drafting.test_pages_rows import errors_of, post, row_named

# What a page asks and keeps is decided in Python. The scenarios and the tests of actions save on every engine.
pytestmark = pytest.mark.sqlite

CHILD, MOTHER, PARTNER = (person.name for person in stories.BRUISE_PEOPLE)
AGAIN = "Would you share this even if they refused?"
At = Callable[[str], Walk]


cast, now = scenario_scenes.cast, scenario_scenes.now
s01 = scenario_scenes.s01


@pytest.fixture
def walk(s01: Scene) -> Walk:
    return s01.at("legal_basis")


@pytest.fixture
def answers(now: datetime) -> dict[str, Any]:
    basis = cases.s01(now)["legal_basis"]
    return {name: basis[name] for name in ("sensitive", "l3", "l4", "why_no_more", "risk_if_shared", "risk_if_not")}


def shown(decision: Decision, section: str) -> dict[str, str]:
    found = next(one for one in sections(decision) if one.key == section)
    return {row.key: " | ".join(row.lines) for row in found.rows}


class TestAskedAgain:
    def filled(self, walk: Walk, answers: dict[str, Any]) -> QueryDict:
        return filled_page(walk.draft, "legal_basis", answers)

    def opened(self, walk: Walk, answers: dict[str, Any]) -> QueryDict:
        walk.open("legal_basis")
        return walk.filled("legal_basis", answers)

    def test_the_page_comes_back_with_the_question(self, walk: Walk, answers: dict[str, Any]) -> None:
        """Without JavaScript it is simply the page again, with everything that was typed."""
        data = self.opened(walk, {**answers, "l1": "ART6_A"})
        assert AGAIN not in walk.text
        walk.send(walk.path("legal_basis"), data, status=422)
        assert AGAIN in walk.text
        assert "they have no real choice" in walk.text
        assert walk.errors == ["Error: Choose whether you would share this even if they refused"]
        assert walk.lost(data) == {}

    def test_no_is_kept(self, walk: Walk, answers: dict[str, Any]) -> None:
        data = self.filled(walk, {**answers, "l1": "ART6_A"})
        data["legal_basis-share_anyway"] = "no"
        page = LegalBasisPage(walk.draft, data)
        assert page.is_valid(), errors_of(page)
        draft = drafting_actions.save_page(page=page, version=0, by=walk.user, at=timezone.now())
        assert facts_of(draft.decision).share_anyway == "no"
        assert LegalBasisPage(draft).main["share_anyway"].value() == "no"
        assert LegalBasisPage.accepts_saved_answers(draft)
        assert shown(draft.decision, "legal_basis")["Would it be shared even if consent were refused"] == "No"

    def test_yes_says_what_to_choose_instead(self, walk: Walk, answers: dict[str, Any]) -> None:
        data = self.opened(walk, {**answers, "l1": "ART6_A"})
        data["legal_basis-share_anyway"] = "yes"
        walk.send(walk.path("legal_basis"), data, status=422)
        (error,) = walk.errors
        assert "Then consent is not your lawful basis. Choose another: for you it is usually “" in error
        assert walk.lost(data) == {}
        assert plain(Decision).get(pk=walk.decision.pk).share_anyway == ""

    def test_explicit_consent_of_one_person_is_asked_about_too(self, walk: Walk, answers: dict[str, Any]) -> None:
        lets = {**answers["sensitive"], MOTHER: {"l2": ["ART9_A"], "schedule1": []}}
        data = self.filled(walk, {**answers, "l1": "ART6_E", "sensitive": lets})
        page = LegalBasisPage(walk.draft, data)
        assert not page.is_valid()
        assert list(page.main.errors) == ["share_anyway"]
        data["legal_basis-share_anyway"] = "yes"
        page = LegalBasisPage(walk.draft, data)
        assert not page.is_valid()
        assert not page.main.errors
        message = "Then consent is not your condition for using it. Choose another"
        assert row_named(page, MOTHER).errors == {"l2": [message]}

    @pytest.mark.parametrize("level", ["none_or_early", "s17"])
    def test_nobody_at_risk_is_asked_nothing(self, walk: Walk, answers: dict[str, Any], level: str) -> None:
        plain(Decision).filter(pk=walk.decision.pk).update(level=level)
        page = LegalBasisPage(walk.draft, self.filled(walk, {**answers, "l1": "ART6_A"}))
        assert "share_anyway" not in page.main.fields
        assert page.is_valid(), errors_of(page)

    def test_another_basis_is_asked_nothing(self, walk: Walk, answers: dict[str, Any]) -> None:
        assert "share_anyway" not in LegalBasisPage(walk.draft).main.fields
        page = LegalBasisPage(walk.draft, self.filled(walk, {**answers, "l1": "ART6_E"}))
        assert "share_anyway" not in page.main.fields

    def test_another_basis_takes_the_answer_away(self, walk: Walk, answers: dict[str, Any]) -> None:
        plain(Decision).filter(pk=walk.decision.pk).update(share_anyway="no")
        walk.skip({"legal_basis": {**answers, "l1": "ART6_E"}}, "legal_basis")
        assert walk.draft.decision.share_anyway == ""

    def test_less_worry_takes_the_answer_away(self, s01: Scene) -> None:
        """Saved first, and then page 2 says that nobody may come to harm."""
        walk = s01.at("check")
        plain(Decision).filter(pk=walk.decision.pk).update(share_anyway="no", level="s17")
        assert walk.record_directly().share_anyway == ""


def declining(walk: Walk, page: type[Page], prefix: str, **answers: Any) -> Page:
    return page(walk.draft, post(page(walk.draft), **{f"{prefix}-{name}": value for name, value in answers.items()}))


class TestDetriment:
    """The duty to share has begun: only harm to the child is a reason not to, where its conditions are met."""

    WHY = {"no_basis": "basis_but_not", "no_basis_reason": "She would be found.", "risk_if_shared": "She is found.",
           "risk_if_not": "A day is lost."}  # fmt: skip
    HARM = "He has found her twice."
    MET = {"duty_holds": "yes", "duty_relevant": "yes", "duty_helps": "yes"}
    ASKED = {"detriment", *MET}

    @pytest.fixture
    def walk(self, s01: Scene, cast: Cast, now: datetime) -> Walk:
        begun = date(2026, 4, 29)
        law_said.commenced(cast.officer, on_day=begun, at=now)
        walk = s01.at("information")
        plain(Decision).filter(pk=walk.decision.pk).update(outcome="NOT_SHARED")
        plain(DecisionRecipient).filter(decision=walk.decision).update(in_scope_16la=True)
        return walk

    def saved(self, walk: Walk, page: Page) -> Draft:
        assert page.is_valid(), errors_of(page)
        return drafting_actions.save_page(
            page=page, version=walk.draft.version("reasons_not_to_share"), by=walk.user, at=timezone.now()
        )

    def declined(self, walk: Walk, **answers: str) -> Page:
        return declining(walk, ReasonsNotToSharePage, "reasons", **{**self.WHY, **self.MET, **answers})

    def test_it_is_asked_where_the_duty_is_met(self, walk: Walk) -> None:
        draft = self.saved(walk, self.declined(walk, detriment=self.HARM))
        facts = facts_of(draft.decision)
        assert (facts.share_duty.holds, facts.share_duty.detriment) == ("yes", self.HARM)
        assert "DETRIMENT" not in {one.code for one in assess(facts).findings}
        lines = shown(draft.decision, "legal_basis")
        assert lines["Why sharing would be more harmful to the child"] == self.HARM

    @pytest.mark.parametrize("text", ["", "see notes"])
    def test_it_is_a_reason(self, walk: Walk, text: str) -> None:
        page = self.declined(walk, detriment=text)
        assert not page.is_valid()
        assert list(page.main.errors) == ["detriment"]
        assert page.main["no_basis_reason"].value() == "She would be found."

    @pytest.mark.parametrize("open_", [{"duty_helps": "no"}, {"duty_holds": "unknown"}], ids=["no", "unknown"])
    def test_it_is_not_needed_where_a_condition_is_not_met(self, walk: Walk, open_: dict[str, str]) -> None:
        self.saved(walk, self.declined(walk, **open_))
        assert not self.declined(walk, **open_, detriment="see notes").is_valid()

    def test_each_condition_is_answered(self, walk: Walk) -> None:
        page = self.declined(walk, duty_relevant="")
        assert not page.is_valid()
        assert list(page.main.errors) == ["duty_relevant"]

    def test_it_is_not_asked_before_the_duty_began(self, walk: Walk) -> None:
        assert set(ReasonsNotToSharePage(walk.draft).main.fields) >= self.ASKED
        plain(Decision).filter(pk=walk.decision.pk).update(decided_at=walk.decision.started_at.replace(year=2025))
        assert not self.ASKED & set(ReasonsNotToSharePage(walk.draft).main.fields)

    def test_it_is_not_asked_of_an_organisation_the_duty_does_not_bind(self, walk: Walk, cast: Cast) -> None:
        plain(type(cast.organisation)).filter(pk=cast.organisation.pk).update(in_scope_16la=False)
        assert not self.ASKED & set(ReasonsNotToSharePage(walk.draft).main.fields)

    def test_it_is_not_asked_where_the_other_end_is_not_bound(self, walk: Walk) -> None:
        plain(DecisionRecipient).filter(decision=walk.decision).update(in_scope_16la=False)
        assert not self.ASKED & set(ReasonsNotToSharePage(walk.draft).main.fields)

    def test_what_is_asked_no_more_is_not_kept(self, walk: Walk, cast: Cast) -> None:
        self.saved(walk, self.declined(walk, detriment=self.HARM))
        plain(type(cast.organisation)).filter(pk=cast.organisation.pk).update(in_scope_16la=False)
        draft = self.saved(walk, declining(walk, ReasonsNotToSharePage, "reasons", **self.WHY))
        assert draft.decision.detriment == ""

    def test_where_it_began_with_the_duty_only_the_harm_is_asked(self, walk: Walk) -> None:
        began = {"trigger": "MANDATORY", "duty_code": "CA04_16LA", **self.MET}
        plain(Decision).filter(pk=walk.decision.pk).update(**began)
        assert set(ReasonsNotToSharePage(walk.draft).main.fields) & self.ASKED == {"detriment"}
        assert not declining(walk, ReasonsNotToSharePage, "reasons", **self.WHY).is_valid()
        plain(Decision).filter(pk=walk.decision.pk).update(duty_helps="no")
        assert not set(ReasonsNotToSharePage(walk.draft).main.fields) & self.ASKED

    def test_the_page_before_leaves_the_conditions_alone(self, walk: Walk, now: datetime) -> None:
        """They were answered with the decision not to share; page 3 asks them only under the duty."""
        self.saved(walk, self.declined(walk, detriment=self.HARM))
        page = declining(walk, RequestPage, "request", trigger="PRO")
        assert page.is_valid(), errors_of(page)
        draft = drafting_actions.save_page(page=page, version=walk.draft.version("request"), by=walk.user, at=now)
        assert draft.decision.duty_holds == "yes"

    def test_shared_after_all_they_are_dropped(self, walk: Walk) -> None:
        self.saved(walk, self.declined(walk, detriment=self.HARM))
        plain(Decision).filter(pk=walk.decision.pk).update(outcome="SHARED_ALL_NECESSARY")
        made = drafting_actions.prepared(walk.draft)
        assert (made.decision.duty_holds, made.decision.detriment) == ("", "")
        assert made.dropped >= self.ASKED


@pytest.fixture(scope="module")
def s02(cast: Cast, now: datetime) -> Scene:
    return filled_to("sending", cases.S02, cases.s02(now), cast.stranger, now)


class TestNeitherConfirmed:
    """A reply that says neither that anything is held nor that it is not."""

    TICK = "I neither confirmed nor denied that we hold information"

    @pytest.fixture
    def walk(self, s02: Scene) -> Walk:
        return s02.at("sending")

    def test_it_is_kept_and_shown(self, walk: Walk, now: datetime) -> None:
        sent = {**cases.s02(now)["sending"], "neither_confirmed": "on"}
        walk.skip({"sending": sent}, "sending")
        decision = walk.record_directly()
        assert decision.neither_confirmed
        words = "Neither confirmed nor denied that we hold information"
        assert shown(decision, "sending")["Response to the requester"] == words
        assert words in summary(Decision.objects.with_parts().get(pk=decision.pk)).text

    def test_it_may_be_left_unticked(self, walk: Walk, now: datetime) -> None:
        walk.skip(cases.s02(now), "sending")
        decision = walk.record_directly()
        assert not decision.neither_confirmed
        assert "Response to the requester" not in shown(decision, "sending")

    def test_the_page_says_that_a_decline_confirms_nothing(self, walk: Walk) -> None:
        walk.open("sending")
        assert self.TICK in walk.text
        assert "You can decline in writing without saying whether there is anything" in walk.text

    @pytest.mark.parametrize("outcome", ["DEFERRED", "PASSED_UP", "STOPPED"])
    def test_it_is_for_declining_alone(self, walk: Walk, outcome: str) -> None:
        plain(Decision).filter(pk=walk.decision.pk).update(outcome=outcome)
        assert "neither_confirmed" not in InsteadPage(walk.draft).main.fields

    def test_shared_after_all_it_is_not_kept(self, s01: Scene) -> None:
        walk = s01.at("check")
        plain(Decision).filter(pk=walk.decision.pk).update(neither_confirmed=True)
        assert not walk.record_directly().neither_confirmed


class TestNothingToWeigh:
    """A court has ordered it: what could happen may be entered, and is not demanded."""

    @pytest.mark.parametrize(("trigger", "needed"), [("COURT_ORDER", False), ("PRO", True)])
    def test_the_risks_are_asked_for_where_they_are_weighed(self, walk: Walk, trigger: str, *, needed: bool) -> None:
        plain(Decision).filter(pk=walk.decision.pk).update(trigger=trigger)
        form = LegalBasisPage(walk.draft).main
        assert [form.fields[name].required for name in ("risk_if_shared", "risk_if_not")] == [needed, needed]
        assert form.fields["why_no_more"].required
