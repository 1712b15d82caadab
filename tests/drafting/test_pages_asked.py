"""The form asks at most three questions of a block unless somebody opens more, and none that cannot apply."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from decisions.models import DecisionPerson
from drafting import actions
from drafting.pages.base import Page
from drafting.pages.consent import ConsentPage
from drafting.pages.outcome import OutcomePage
from drafting.pages.people import PeoplePage
from drafting.pages.person_identifier import identifier_fields
from drafting.pages.request import RequestPage
from drafting.pages.sending import SendingPage
from drafting.steps import next_key
from families.forms.asked_of import does_not_apply
from families.models import Person
from rules.codes import Level
from safeguarding.demo import stories
from tests.decisions.cases import plain
from tests.drafting import scenario_scenes
from tests.drafting.scenario_scenes import Scene
from tests.drafting.scenario_walk import Walk
from tests.drafting.test_pages_consent import aged
from tests.drafting.test_pages_rows import errors_of, post, row_named

# What the pages ask is the same on every engine.
pytestmark = pytest.mark.sqlite
cast, now, s01 = scenario_scenes.cast, scenario_scenes.now, scenario_scenes.s01
CHILD, MOTHER, _ = (person.name for person in stories.BRUISE_PEOPLE)
NOT_ASKED = {"remove", "pk"}


def blank(page: Page, group: str) -> Any:
    """The page with one more row of a kind."""
    data = post(page)
    count = int(str(data[f"{group}-rows"]))
    data[f"{group}-rows"] = str(count + 1)
    rows = next(one for one in type(page)(page.draft, data).groups if one.name == group).rows
    return rows[count]


def at_risk(walk: Walk) -> Any:
    walk.decision.level = Level.ADULT_AT_RISK
    draft = walk.draft
    draft.decision.level = Level.ADULT_AT_RISK
    return row_named(ConsentPage(draft), MOTHER)


BLOCKS: dict[str, tuple[str, Callable[[Walk], Any]]] = {
    "new person": ("people", lambda walk: blank(PeoplePage(walk.draft), "new")),
    "other recipient": ("request", lambda walk: blank(RequestPage(walk.draft), "other")),
    "sending": ("sending", lambda walk: blank(SendingPage(walk.draft), "sending")),
    "adult at risk": ("consent", at_risk),
}


@pytest.mark.parametrize("block", BLOCKS)
def test_three_questions_stand_open(s01: Scene, block: str) -> None:
    at, row_of = BLOCKS[block]
    row = row_of(s01.at(at))
    shown = [bound.name for bound in row.top_fields if bound.name not in {*row.folded_fields, *NOT_ASKED}]
    folded = [bound.name for bound in row.top_fields if bound.name in row.folded_fields]
    assert 1 < len(shown) <= 3, shown
    assert folded
    assert not row.is_unfolded
    assert row.folded_title.startswith("More about")


@pytest.mark.parametrize(("block", "answer"), [
    ("new person", "communication_need"), ("other recipient", "route"), ("sending", "received_by"),
    ("sending", "said_differently"),
])  # fmt: skip
def test_an_answer_under_more_keeps_it_open(s01: Scene, block: str, answer: str) -> None:
    at, row_of = BLOCKS[block]
    row = row_of(s01.at(at))
    row.data = row.data.copy()
    row.data[row.add_prefix(answer)] = "Something"
    assert row.is_unfolded


class TestNewPerson:
    def added(self, walk: Walk, **answers: str) -> PeoplePage:
        new = {"name": "Ned", "role": "child", "age_kind": "age", "age": "6", **answers}
        page = PeoplePage(walk.draft)
        data = post(page, **{f"new-0-{name}": value for name, value in new.items()})
        data["new-rows"] = "1"
        return PeoplePage(walk.draft, data)

    def test_a_child_of_six_is_three_answers(self, s01: Scene) -> None:
        walk = s01.at("people")
        page = self.added(walk)
        assert errors_of(page) == []
        actions.save_page(page=page, version=walk.draft.version(page.key), by=walk.user, at=timezone.now())
        ned = Person.objects.get(name="Ned")
        assert (ned.age, ned.age_on, ned.parental_responsibility) == (6, timezone.localdate(), "unknown")

    @pytest.mark.parametrize("answers", [
        {"parental_responsibility": "yes"},
        {"age": "1", "communication_need": "Makaton"},
        {"age": "0", "source_of_harm": "on"},
        {"role": "unborn", "age_kind": "not_known", "source_of_harm": "on"},
    ])  # fmt: skip
    def test_what_cannot_apply_is_not_taken(self, s01: Scene, answers: dict[str, str]) -> None:
        assert errors_of(self.added(s01.at("people"), **answers)) == [does_not_apply([*answers][-1])]


@pytest.mark.parametrize(("age", "asked"), [(0, False), (1, False), (2, True), (13, True)])
def test_harm_is_not_suspected_of_a_baby(s01: Scene, age: int, *, asked: bool) -> None:
    walk = s01.at("people")
    aged(walk, CHILD, age)
    row = row_named(PeoplePage(walk.draft), CHILD)
    assert ("source_of_harm" in row.fields) is asked


def test_a_child_without_a_school_has_no_pupil_number() -> None:
    kinds = [[code for code, _ in identifier_fields(has_upn=has)["identifier_kind"].choices] for has in (True, False)]  # type: ignore[attr-defined]
    assert set(kinds[0]) - set(kinds[1]) == {"upn"}
    assert "upn" not in identifier_fields(has_upn=False)


class TestViews:
    @pytest.mark.parametrize(("age", "spoken", "why"), [
        (0, ["cannot", "anon"], ["NOT_COMPETENT"]),
        (1, ["cannot", "anon"], ["NOT_COMPETENT"]),
        (5, ["yes", "no", "cannot", "anon"], ["NOT_COMPETENT"]),
        (11, ["yes", "no", "cannot", "anon"], ["NOT_COMPETENT"]),
        (12, ["yes", "no", "cannot", "anon"], ["NOT_COMPETENT", "LACKS_CAPACITY"]),
        (17, ["yes", "no", "cannot", "anon"], ["LACKS_CAPACITY"]),
    ])  # fmt: skip
    def test_what_is_offered(self, s01: Scene, age: int, spoken: list[str], why: list[str]) -> None:
        walk = s01.at("consent")
        aged(walk, CHILD, age)
        row = row_named(ConsentPage(walk.draft), CHILD)
        assert [code for code, _ in row.fields["spoken"].choices] == spoken
        assert [code for code, _ in row.fields["cannot"].choices] == why
        assert row["cannot"].is_hidden is (len(why) == 1)
        assert ("best_interests" in row.fields) is ("LACKS_CAPACITY" in why)
        assert ("child_views" in row.fields) is (age >= 2)

    @pytest.mark.parametrize(("age", "state"), [(1, "NOT_COMPETENT"), (7, "NOT_COMPETENT"), (17, "LACKS_CAPACITY")])
    def test_the_only_reason_is_taken(self, s01: Scene, age: int, state: str) -> None:
        walk = s01.at("consent")
        aged(walk, CHILD, age)
        prefix = row_named(ConsentPage(walk.draft), CHILD).prefix
        sent = post(ConsentPage(walk.draft), **{f"{prefix}-spoken": "cannot", f"{prefix}-cannot": "made up"})
        row = row_named(ConsentPage(walk.draft, sent), CHILD)
        assert row.is_valid(), row.errors
        assert row.state == state

    def test_an_earlier_answer_stays_to_be_seen(self, s01: Scene) -> None:
        walk = s01.at("consent")
        aged(walk, CHILD, 5)
        plain(DecisionPerson).filter(name=CHILD).update(consent_state="LACKS_CAPACITY")
        row = row_named(ConsentPage(walk.draft), CHILD)
        assert [code for code, _ in row.fields["cannot"].choices] == ["NOT_COMPETENT", "LACKS_CAPACITY"]


class TestLate:
    """Why it is written late is asked where the times make it late."""

    def sent(self, walk: Walk, when: datetime, **answers: str) -> OutcomePage:
        local = timezone.localtime(when)
        parts = {"day": local.day, "month": local.month, "year": local.year, "time": f"{local:%H:%M}"}
        typed = {f"outcome-decided_at_{part}": str(value) for part, value in parts.items()}
        typed |= {"outcome-outcome": "SHARED_PART", "outcome-why_now": "He is safe tonight only."}
        return OutcomePage(walk.draft, post(OutcomePage(walk.draft), **typed, **answers))

    @staticmethod
    def asks(page: OutcomePage) -> bool:
        return "late_reason" in [bound.name for bound in page.main.top_fields]

    def test_nobody_in_time_is_asked(self, s01: Scene) -> None:
        walk = s01.at("outcome")
        assert not self.asks(OutcomePage(walk.draft))
        in_time = self.sent(walk, timezone.now() - timedelta(hours=20))
        assert errors_of(in_time) == []
        assert not self.asks(in_time)

    @pytest.mark.parametrize("late", [timedelta(hours=25), timedelta(days=3), timedelta(days=90)])
    def test_the_page_answers_with_the_question(self, s01: Scene, late: timedelta) -> None:
        page = self.sent(s01.at("outcome"), timezone.now() - late)
        assert errors_of(page) == ["Enter why it was not recorded sooner"]
        assert self.asks(page)
        assert page.main["why_now"].value() == "He is safe tonight only."

    def test_its_answer_is_saved(self, s01: Scene) -> None:
        walk = s01.at("outcome")
        why = {"outcome-late_reason": "The phones were down."}
        page = self.sent(walk, timezone.now() - timedelta(days=3), **why)
        assert errors_of(page) == []
        actions.save_page(page=page, version=walk.draft.version(page.key), by=walk.user, at=timezone.now())
        assert self.asks(OutcomePage(walk.draft))

    def test_whoever_leaves_it_open_is_asked_again_at_check(self, s01: Scene) -> None:
        assert (
            errors_of(self.sent(s01.at("outcome"), timezone.now() - timedelta(days=3), **{"outcome-late_reason": ""}))
            == []
        )

    def test_a_draft_that_has_become_late_asks(self, s01: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
        walk = s01.at("consent")
        assert not self.asks(OutcomePage(walk.draft))
        later = timezone.now() + timedelta(days=2)
        monkeypatch.setattr(timezone, "now", lambda: later)
        page = OutcomePage(walk.draft)
        assert self.asks(page)
        assert page.accepts_saved_answers(page.draft)
        assert next_key(walk.draft) == "consent"


class TestInformedAtTheTime:
    """When somebody was told "at the time" is the time it was sent."""

    @staticmethod
    def saved(walk: Walk, now: datetime, state: str, *, times: int = 1) -> DecisionPerson:
        data = post(SendingPage(walk.draft))
        prefix = next(row.prefix for row in SendingPage(walk.draft).groups[1].rows if row.legend == CHILD)
        data["sending-rows"] = str(times)
        for at in range(times):
            when = timezone.localtime(now - timedelta(hours=at))
            parts = {"day": when.day, "month": when.month, "year": when.year, "time": f"{when:%H:%M}"}
            sent = {f"sent_at_{part}": str(value) for part, value in parts.items()}
            known = {"recipient": str(walk.draft.recipients[0].pk), "how": "By phone"}
            data.update({f"sending-{at}-{name}": value for name, value in {**sent, **known}.items()})
        told = {"informed": "yes", "informed_state": state, "informed_safely": "yes"}
        data.update({f"{prefix}-{name}": value for name, value in told.items()})
        for row in SendingPage(walk.draft).groups[1].rows:
            if row.legend != CHILD:
                data[f"{row.prefix}-informed"] = "none"
        page = SendingPage(walk.draft, data)
        assert errors_of(page) == []
        actions.save_page(page=page, version=walk.draft.version(page.key), by=walk.user, at=timezone.now())
        return DecisionPerson.objects.get(name=CHILD)

    def test_a_date_is_offered_until_something_is_answered_and_kept_only_with_no(
        self, s01: Scene, now: datetime
    ) -> None:
        """7 days, as on the pages after recording."""
        walk, week = s01.at("sending"), timezone.localdate() + timedelta(days=7)
        asked = {row.legend: row["informing_review_on"].value() for row in SendingPage(walk.draft).groups[1].rows}
        assert (len(asked), set(asked.values())) == (3, {week})
        assert self.saved(walk, now, "TOLD_AFTER").informing_review_on is None
        asked = {row.legend: row["informing_review_on"].value() for row in SendingPage(walk.draft).groups[1].rows}
        assert set(asked.values()) == {None}

    @pytest.mark.parametrize(("day", "stays"), [("offered", False), ("another", True)])
    def test_an_offered_date_is_no_answer_of_somebody_who_says_how_it_ends(
        self, s01: Scene, day: str, *, stays: bool
    ) -> None:
        walk = s01.at("sending")
        [row] = [row for row in SendingPage(walk.draft).groups[1].rows if row.legend == CHILD]
        review_on = row.offered_review_on + timedelta(days=day == "another")
        form = type(row)(instance=row.instance)
        form.offered_review_on = row.offered_review_on
        form.cleaned_data = {
            "not_informed_state": "NOT_TELLING", "informing_closing": "HANDED_OVER", "informing_review_on": review_on,
        }  # fmt: skip
        assert form.columns()["informing_review_on"] == (review_on if stays else None)
        del form.cleaned_data["informing_closing"]
        assert form.columns()["informing_review_on"] == review_on

    @pytest.mark.parametrize(("state", "times", "known"), [
        ("TOLD_AT_TIME", 1, True), ("TOLD_AT_TIME", 2, False), ("TOLD_AFTER", 1, False), ("TOLD_BEFORE", 1, False),
    ])  # fmt: skip
    def test_it_is_known_where_it_was_sent_once(
        self, s01: Scene, now: datetime, state: str, times: int, *, known: bool
    ) -> None:
        child = self.saved(s01.at("sending"), now, state, times=times)
        assert child.informing_state == state
        assert (child.informed_at == now.replace(second=0, microsecond=0)) is known
        assert known or child.informed_at is None
