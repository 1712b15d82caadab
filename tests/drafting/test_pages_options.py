"""The guided form offers no answer that cannot be true, and asks nothing that would have to be untrue."""

from datetime import datetime
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone

from decisions.models import Decision, DecisionPerson
from drafting import actions, form_data
from drafting.draft import load
from drafting.pages.consent_person import ConsentForm
from drafting.pages.reasons_not_to_share import ReasonsNotToSharePage
from drafting.steps import Step, step_on_path
from rules.codes import Consent
from safeguarding.demo.filling import filled_page
from tests.cast import Cast
from tests.decisions.cases import CHILD, MOTHER, plain
from tests.drafting import scenario_cases as cases
from tests.drafting import scenario_scenes
from tests.drafting.scenario_scenes import Scene, filled_to
from tests.drafting.scenario_walk import Walk
from tests.drafting.test_pages_consent import aged
from tests.drafting.test_pages_rows import row_named

# What a page asks and keeps is decided in Python. The scenarios and the tests of actions save on every engine.
pytestmark = pytest.mark.sqlite

cast, now = scenario_scenes.cast, scenario_scenes.now
scene = scenario_scenes.s01


@pytest.fixture
def s01(scene: Scene) -> Walk:
    return scene.at("consent")


@pytest.fixture(scope="module")
def deferred(cast: Cast, now: datetime) -> Scene:
    story = cases.s02(now)
    story["outcome"] = {**story["outcome"], "outcome": "DEFERRED"}
    story["legal_basis"] = {name: story["legal_basis"][name] for name in ("risk_if_shared", "risk_if_not")}
    return filled_to("check", cases.S02, story, cast, now)


@pytest.fixture(scope="module")
def s02(cast: Cast, now: datetime) -> Scene:
    return filled_to("check", cases.S02, cases.s02(now), cast.stranger, now)


def says(walk: Walk, name: str, data: QueryDict | None = None) -> ConsentForm:
    step = step_on_path(walk.draft, "consent")
    assert step is not None
    row: ConsentForm = row_named(step.page(walk.draft, data), name)
    return row


def labels(form: Any, name: str) -> dict[str, str]:
    return {value: str(label) for value, label in form.fields[name].choices if value}


def answered(walk: Walk, name: str, **answers: str) -> QueryDict:
    data = form_data.as_saved([says(walk, name)])
    data.update({f"{says(walk, name).prefix}-{field}": value for field, value in answers.items()})
    return data


class TestSay:
    def test_only_a_child_is_too_young(self, s01: Walk) -> None:
        child, mother = says(s01, CHILD), says(s01, MOTHER)
        assert labels(child, "cannot") == {"NOT_COMPETENT": Consent.NOT_COMPETENT.label}
        assert "cannot" not in mother.fields
        assert labels(mother, "spoken")["cannot"] == "They lack capacity to decide this"
        assert "not Gillick competent" in labels(child, "spoken")["cannot"]

    def test_an_adult_who_cannot_decide_lacks_capacity(self, s01: Walk) -> None:
        note = {"competence_note": "Dr Amin looked at it on the ward today."}
        row = says(s01, MOTHER, answered(s01, MOTHER, spoken="cannot", cannot="NOT_COMPETENT", **note))
        assert row.is_valid(), row.errors
        assert row.state == Consent.LACKS_CAPACITY
        assert row.cleaned_data["competence_note"] == note["competence_note"]

    def test_a_child_who_may_lack_capacity_is_still_asked_which(self, s01: Walk) -> None:
        aged(s01, CHILD, 13)
        row = says(s01, CHILD, answered(s01, CHILD, spoken="cannot", cannot="", competence="NOT_COMPETENT"))
        assert "cannot" in row.errors
        row = says(s01, CHILD, answered(s01, CHILD, spoken="cannot", cannot="NOT_COMPETENT"))
        row.is_valid()
        assert row.state == Consent.NOT_COMPETENT

    def test_what_was_once_said_of_an_adult_is_asked_again(self, s01: Walk) -> None:
        mother = plain(DecisionPerson).filter(decision=s01.decision, name=MOTHER)
        mother.update(consent_state="NOT_COMPETENT")
        assert says(s01, MOTHER)["spoken"].value() == ""
        mother.update(consent_state="LACKS_CAPACITY")
        assert says(s01, MOTHER)["spoken"].value() == "cannot"

    @pytest.mark.parametrize(("born", "adult"), [(17, False), (18, True)])
    def test_a_young_mother_is_asked_as_a_young_person(
        self, s01: Walk, now: datetime, born: int, *, adult: bool
    ) -> None:
        mother = plain(DecisionPerson).filter(decision=s01.decision, name=MOTHER)
        mother.update(age=born, age_on=timezone.localdate(now), date_of_birth=None)
        assert ("cannot" not in says(s01, MOTHER).fields) is adult

    def test_yes_to_a_part_says_what_it_leaves_open(self, s01: Walk) -> None:
        s01.open("consent")
        assert "What they did not agree to needs its own lawful basis" in s01.text


class TestDecideLater:
    """Whoever decides later has not said that nothing lets them, nor that they will not."""

    @pytest.fixture
    def later(self, deferred: Scene) -> Walk:
        return deferred.at("check")

    def test_it_is_recorded_without_a_word_on_the_law(self, later: Walk) -> None:
        assert later.draft.decision.outcome == "DEFERRED"
        recorded = later.record_directly()
        assert (recorded.no_basis, recorded.no_basis_reason) == ("", "")
        assert recorded.risk_if_not

    def test_not_sharing_still_has_to_say(self, later: Walk) -> None:
        assert set(ReasonsNotToSharePage(later.draft).main.fields) == {"risk_if_shared", "risk_if_not"}
        plain(Decision).filter(pk=later.decision.pk).update(outcome="NOT_SHARED")
        page = ReasonsNotToSharePage(later.draft)
        assert {"no_basis", "no_basis_reason"} < set(page.main.fields)
        assert not page.accepts_saved_answers(later.draft)


class TestAskedAndShared:
    """S02 answered in part: whoever asked is told why they get no more."""

    @pytest.fixture
    def asked(self, s02: Scene) -> Walk:
        walk = s02.at("check")
        plain(Decision).filter(pk=walk.decision.pk).update(outcome="SHARED_PART", asker_informed="")
        return walk

    def save(self, walk: Walk, answer: str) -> None:
        draft = walk.draft
        step: Step | None = step_on_path(draft, "sending")
        assert step is not None
        page = step.page(draft, filled_page(draft, "sending", {"asker_informed": answer, "sending": []}))
        assert page.is_valid(), [form.errors for form in page.forms]
        actions.save_page(page=page, version=draft.version("sending"), by=walk.user, at=timezone.now())

    @pytest.mark.parametrize("answer", ["You get the dates; the rest is hers to tell.", ""])
    def test_what_they_were_told_is_asked_and_kept(self, asked: Walk, answer: str) -> None:
        self.save(asked, answer)
        assert load(asked.decision, asked.user).decision.asker_informed == answer

    def test_nobody_asked_nothing_to_tell(self, s01: Walk) -> None:
        step = step_on_path(s01.draft, "sending")
        assert step is not None
        assert step.page(s01.draft).main is None
