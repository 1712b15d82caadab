"""What an order, a duty or a move to another school asks besides, and what kind of service somebody is."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Recipient
from decisions.facts.decision import facts_of
from decisions.models import Decision, DecisionItem
from decisions.presenters.record import sections
from drafting import actions
from drafting.draft import Draft
from drafting.pages.base import Page
from drafting.pages.information import InformationPage
from drafting.pages.request import RequestPage
from safeguarding.demo import stories
from tests.cast import Cast
from tests.decisions import law_said
from tests.decisions.cases import plain
from tests.drafting import scenario_cases as cases
from tests.drafting import scenario_scenes
from tests.drafting.households import address_book
from tests.drafting.scenario_cases import S02, begin_at
from tests.drafting.scenario_scenes import Scene
from tests.drafting.scenario_walk import Walk
from tests.drafting.test_pages_consent import ending
from tests.drafting.test_pages_rows import errors_of, post
from ui import reveals

# What a page asks and keeps is decided in Python. The scenarios and the tests of actions save on every engine.
pytestmark = pytest.mark.sqlite

FIRST, LAST = date(2026, 1, 5), date(2026, 3, 27)
ORDER = {"court": "Family Court at Ravensmere", "order_scope": "Attendance records", "trigger": "COURT_ORDER",
         **ending("order_made_on", date(2026, 10, 1))}  # fmt: skip
Fill = Callable[..., Page]


cast, now, s01 = scenario_scenes.cast, scenario_scenes.now, scenario_scenes.s01


@pytest.fixture
def walk(s01: Scene) -> Walk:
    return s01.at("request")


@pytest.fixture
def fill(walk: Walk) -> Fill:
    def filled(**answers: Any) -> Page:
        blank = RequestPage(walk.draft)
        book = [option.value for option in blank.main["recipients"].options]
        return RequestPage(
            walk.draft, post(blank, request__recipients=book, **{f"request-{k}": v for k, v in answers.items()})
        )

    return filled


def saved(walk: Walk, page: Page) -> Draft:
    assert page.is_valid(), errors_of(page)
    draft = actions.save_page(
        page=page, version=walk.draft.version(page.key), by=walk.user, at=timezone.now(), judge=False
    )
    assert page.accepts_saved_answers(draft)
    return draft


def asks(page: Page) -> set[str]:
    return set(page.main.fields) - reveals.concealed_names(page.main)


def shown(draft: Draft, section: str = "request") -> dict[str, str]:
    found = next(one for one in sections(draft.decision) if one.key == section)
    return {row.key: " | ".join(row.lines) for row in found.rows}


def commenced(cast: Cast, now: datetime) -> None:
    law_said.commenced(cast.officer, at=now)


class TestOrder:
    def test_its_days_are_asked_with_it_alone(self, fill: Fill) -> None:
        assert asks(fill(trigger="COURT_ORDER")) >= {"order_from", "order_to"}
        assert not asks(fill(trigger="PRO")) & {"order_from", "order_to"}

    def test_its_days_are_kept(self, walk: Walk, fill: Fill) -> None:
        draft = saved(walk, fill(**ORDER, **ending("order_from", FIRST), **ending("order_to", LAST)))
        order = facts_of(draft.decision).order
        assert (order.covers_from, order.covers_to) == (FIRST, LAST)
        assert shown(draft)["Period that the order covers"] == "5 January 2026 to 27 March 2026"

    @pytest.mark.parametrize(("days", "words"), [
        ({}, None), ({"order_from": FIRST}, "From 5 January 2026"), ({"order_to": LAST}, "Until 27 March 2026"),
        ({"order_from": FIRST, "order_to": FIRST}, "5 January 2026"),
    ])  # fmt: skip
    def test_an_order_may_not_say(self, walk: Walk, fill: Fill, days: dict[str, date], words: str | None) -> None:
        typed = {key: value for name, day in days.items() for key, value in ending(name, day).items()}
        assert shown(saved(walk, fill(**ORDER, **typed))).get("Period that the order covers") == words

    def test_its_last_day_is_not_before_its_first(self, fill: Fill) -> None:
        page = fill(**ORDER, **ending("order_from", LAST), **ending("order_to", FIRST))
        assert not page.is_valid()
        assert page.main.errors == {"order_to": ["Enter a day that is not before the first day"]}
        assert page.main["court"].value() == "Family Court at Ravensmere"

    def test_no_order_after_all_leaves_no_days(self, walk: Walk, fill: Fill) -> None:
        saved(walk, fill(**ORDER, **ending("order_from", FIRST)))
        blank = dict.fromkeys((*ORDER, *ending("order_from", FIRST)), "")
        draft = saved(walk, fill(**{**blank, "trigger": "PRO"}))
        assert facts_of(draft.decision).order.covers_from is None


class TestFgm:
    DUTY = {"trigger": "MANDATORY", "duty_code": "FGMA03_5B", "duty": "She is my patient."}
    TURNS_ON = {"how_discovered", "discovered_at"}

    @pytest.mark.parametrize(("code", "opened"), [("FGMA03_5B", TURNS_ON), ("OTHER", set())])
    def test_it_is_asked_of_that_duty_alone(self, fill: Fill, code: str, opened: set[str]) -> None:
        assert asks(fill(**{**self.DUTY, "duty_code": code})) & self.TURNS_ON == opened

    def test_how_and_when_are_kept(self, walk: Walk, fill: Fill, now: datetime) -> None:
        found = timezone.localtime(now) - timedelta(days=1)
        when = {**ending("discovered_at", found.date()), "discovered_at_time": "9:05am"}
        draft = saved(walk, fill(**self.DUTY, how_discovered="GIRL_TOLD", **when))
        facts = facts_of(draft.decision)
        assert facts.how_discovered == "GIRL_TOLD"
        assert facts.discovered_at == found.replace(hour=9, minute=5, second=0, microsecond=0)
        assert shown(draft)["How we found out"] == "She told me"
        assert shown(draft)["When we found out"].endswith("9:05am")

    def test_how_is_needed_and_when_may_be_added_later(self, walk: Walk, fill: Fill) -> None:
        page = fill(**self.DUTY)
        assert not page.is_valid()
        assert page.main.errors == {"how_discovered": ["Choose how you found out"]}
        draft = saved(walk, fill(**self.DUTY, how_discovered="SUSPECTED"))
        assert facts_of(draft.decision).discovered_at is None

    def test_nobody_finds_out_tomorrow(self, fill: Fill, now: datetime) -> None:
        day = timezone.localdate(now) + timedelta(days=1)
        when = {**ending("discovered_at", day), "discovered_at_time": "9am"}
        page = fill(**self.DUTY, how_discovered="GIRL_TOLD", **when)
        assert not page.is_valid()
        assert page.main.errors == {"discovered_at": ["The date and time must be in the past"]}

    def test_another_way_in_leaves_nothing_of_it(self, walk: Walk, fill: Fill) -> None:
        saved(walk, fill(**self.DUTY, how_discovered="GIRL_TOLD"))
        draft = saved(walk, fill(trigger="PRO", duty=""))
        assert (draft.decision.how_discovered, draft.decision.duty_code) == ("", "")


class TestDutyToShare:
    DUTY = {"trigger": "MANDATORY", "duty_code": "CA04_16LA", "duty": "They asked for the same child."}
    YES = {"duty_holds": "yes", "duty_relevant": "yes", "duty_helps": "yes"}

    def test_it_is_not_offered_before_it_is_confirmed(self, fill: Fill) -> None:
        page = fill(trigger="MANDATORY")
        assert "CA04_16LA" not in [option.value for option in page.main["duty_code"].options]
        assert not set(page.main.fields) & set(self.YES)

    def test_its_conditions_are_kept(self, walk: Walk, fill: Fill, cast: Cast, now: datetime) -> None:
        commenced(cast, now)
        page = fill(**self.DUTY, duty_holds="yes", duty_relevant="yes", duty_helps="unknown")
        assert asks(page) >= set(self.YES)
        draft = saved(walk, page)
        duty = facts_of(draft.decision).share_duty
        assert (duty.holds, duty.relevant, duty.helps) == ("yes", "yes", "unknown")
        assert shown(draft)["It may help the recipient in their work"] == "Not known"

    def test_they_may_be_left_open(self, walk: Walk, fill: Fill, cast: Cast, now: datetime) -> None:
        commenced(cast, now)
        assert facts_of(saved(walk, fill(**self.DUTY)).decision).share_duty.holds == ""

    def test_taken_back_it_takes_its_conditions_with_it(
        self, walk: Walk, fill: Fill, cast: Cast, now: datetime
    ) -> None:
        commenced(cast, now)
        saved(walk, fill(**self.DUTY, **self.YES))
        draft = saved(walk, fill(trigger="PRO", duty=""))
        assert draft.decision.duty_holds == draft.decision.duty_helps == ""


class TestRequestOfADuty:
    """Children Act 2004 section 16H and Care Act 2014 section 45 are duties to answer: who asked is asked for too."""

    CODES = ("CA04_16H", "CARE14_45")
    REASONS = {"trigger": "MANDATORY", "duty": "They wrote as partners"}

    @pytest.mark.parametrize("code", CODES)
    def test_it_is_asked_of_that_duty_alone(self, fill: Fill, code: str) -> None:
        mine = {f"asked_by_name_{code}", f"asked_for_{code}"}
        assert mine <= asks(fill(**self.REASONS, duty_code=code))
        assert not mine & asks(fill(**self.REASONS, duty_code="FGMA03_5B"))

    @pytest.mark.parametrize("code", CODES)
    def test_who_asked_is_in_the_facts(self, walk: Walk, fill: Fill, code: str) -> None:
        answers = {f"asked_by_name_{code}": "Partnership manager", f"asked_for_{code}": "Her attendance"}
        draft = saved(walk, fill(**self.REASONS, duty_code=code, **answers))
        asked = facts_of(draft.decision).request
        assert (asked.by_name, asked.what) == ("Partnership manager", "Her attendance")
        assert "Her attendance" in str(shown(draft))
        again = saved(walk, fill(trigger="PRO"))
        assert facts_of(again.decision).request.what == "", "what no duty asks for is not kept"

    def test_it_may_be_left_open_until_check(self, walk: Walk, fill: Fill) -> None:
        draft = saved(walk, fill(**self.REASONS, duty_code="CA04_16H"))
        assert facts_of(draft.decision).request.by_name == ""


class TestPolice:
    ASKED = {"trigger": "REQ", "asked_by_name": "DC Ian Rook", "asked_by_organisation": "Ravensmere CID",
             "asked_for": "Who collects him"}  # fmt: skip
    OFFICER = {"asked_by_police": "on", "authorising_officer": "Inspector Joy Marlow"}

    @pytest.mark.parametrize(("typed", "opened"), [({}, set()), ({"asked_by_police": "on"}, {"authorising_officer"})])
    def test_the_officer_is_asked_of_the_police_alone(
        self, fill: Fill, typed: dict[str, str], opened: set[str]
    ) -> None:
        assert asks(fill(**self.ASKED, **typed)) & {"authorising_officer"} == opened

    def test_nobody_who_was_not_asked_sees_either(self, fill: Fill) -> None:
        assert not asks(fill(trigger="PRO")) & {"asked_by_police", "authorising_officer"}

    def test_the_officer_is_on_the_record_and_in_the_facts(self, walk: Walk, fill: Fill) -> None:
        draft = saved(walk, fill(**self.ASKED, **self.OFFICER))
        assert shown(draft)["Officer who authorised the request"] == "Inspector Joy Marlow"
        assert facts_of(draft.decision).request.authorising_officer == "Inspector Joy Marlow"
        assert [one.kind for one in facts_of(draft.decision).recipients if one.is_asker] == ["police"]
        again = RequestPage(draft).main
        assert again["asked_by_police"].value() is True
        assert again["authorising_officer"].label.endswith("(optional)")

    def test_the_address_book_knows_the_police(self, walk: Walk, fill: Fill, cast: Cast, now: datetime) -> None:
        address_book("Ravensmere CID", by=cast.administrator, at=now)
        plain(Recipient).filter(name="Ravensmere CID").update(kind="police")
        draft = saved(walk, fill(**self.ASKED))
        assert RequestPage(draft).main["asked_by_police"].value() is True

    def test_another_asker_takes_the_officer_away(self, walk: Walk, fill: Fill) -> None:
        saved(walk, fill(**self.ASKED, **self.OFFICER))
        draft = saved(walk, fill(**self.ASKED, asked_by_police="", authorising_officer=""))
        assert draft.decision.authorising_officer == ""
        assert [one.kind for one in facts_of(draft.decision).recipients if one.is_asker] == [""]


class TestTransfer:
    def test_the_first_day_at_the_new_school_is_kept(self, walk: Walk, fill: Fill) -> None:
        draft = saved(walk, fill(trigger="KCSIE_TRANSFER", **ending("starts_on", LAST)))
        assert facts_of(draft.decision).starts_on == LAST
        assert shown(draft)["Starts at the new school on"] == "27 March 2026"

    def test_it_may_not_be_known_yet(self, walk: Walk, fill: Fill) -> None:
        assert facts_of(saved(walk, fill(trigger="KCSIE_TRANSFER")).decision).starts_on is None

    def test_nobody_else_is_asked(self, fill: Fill) -> None:
        assert "starts_on" not in asks(fill(trigger="PRO"))


class TestRecipients:
    def other(self, walk: Walk, **typed: str) -> Page:
        answers = {
            "other-rows": "1",
            "other-0-name": "Ravensmere Police",
            **{f"other-0-{k}": v for k, v in typed.items()},
        }
        return RequestPage(walk.draft, post(RequestPage(walk.draft), **{"request-trigger": "PRO", **answers}))

    def test_what_kind_of_service_it_is(self, walk: Walk) -> None:
        draft = saved(walk, self.other(walk, kind="police"))
        assert [one.kind for one in facts_of(draft.decision).recipients] == ["police"]
        assert shown(draft)["Ravensmere Police"] == "Recipient | Police"

    def test_it_may_be_left_open(self, walk: Walk) -> None:
        assert [one.kind for one in facts_of(saved(walk, self.other(walk)).decision).recipients] == [""]

    def test_a_kind_that_is_not_on_the_list(self, walk: Walk) -> None:
        page = self.other(walk, kind="pigeon")
        assert not page.is_valid()
        assert list(page.groups[0].rows[0].errors) == ["kind"]
        assert page.groups[0].rows[0]["name"].value() == "Ravensmere Police"

    def test_the_address_book_says_who_is_within_the_duty(self, walk: Walk, fill: Fill, cast: Cast) -> None:
        plain(Recipient).filter(organisation=cast.organisation).update(in_scope_16la=True)
        draft = saved(walk, fill(trigger="PRO"))
        assert [one.in_scope_16la for one in facts_of(draft.decision).recipients] == [True]
        assert "Within section 16LA of the Children Act 2004" in shown(draft)[stories.SOCIAL_CARE]


class TestIdentity:
    def test_a_request_is_written_down_without_knowing_who_it_is(self, cast: Cast, now: datetime) -> None:
        """Declining needs no proof; the check page asks for it before anything is shared."""
        story = cases.s02(now)
        del story["request"]["identity_check"]
        decision = begin_at("check", S02, story, cast.stranger, now).record_directly()
        assert (decision.identity_check, decision.outcome) == ("", "NOT_SHARED")


class TestItems:
    @pytest.fixture
    def walk(self, s01: Scene) -> Walk:
        walk = s01.at("information")
        plain(Decision).filter(pk=walk.decision.pk).update(trigger="COURT_ORDER", order_from=FIRST)
        return walk

    def give(self, walk: Walk, **days: date) -> Page:
        blank = InformationPage(walk.draft)
        typed = {f"item-0-{key}": text for name, day in days.items() for key, text in ending(name, day).items()}
        who = {"information-about": [str(walk.draft.people[0].pk)], "includes-includes": ["none"]}
        return InformationPage(walk.draft, post(blank, **{"item-0-gets": "share", **who, **typed}))

    def test_the_days_of_an_item_are_kept(self, walk: Walk) -> None:
        draft = saved(walk, self.give(walk, dated_from=FIRST, dated_to=LAST))
        (item,) = facts_of(draft.decision).items
        assert (item.dated_from, item.dated_to) == (FIRST, LAST)
        assert "Period that it covers: 5 January 2026 to 27 March 2026" in shown(draft, "information")["Item 1"]

    def test_the_last_is_not_before_the_first(self, walk: Walk) -> None:
        page = self.give(walk, dated_from=LAST, dated_to=FIRST)
        assert errors_of(page) == ["Enter a day that is not before the first day"]

    @pytest.mark.parametrize("changed", [{"trigger": "PRO"}, {"order_from": None}])
    def test_they_are_asked_only_where_the_order_says_days(self, walk: Walk, changed: dict[str, Any]) -> None:
        plain(Decision).filter(pk=walk.decision.pk).update(**changed)
        assert not {"dated_from", "dated_to"} & set(InformationPage(walk.draft).groups[0].rows[0].fields)

    def test_an_order_without_days_leaves_none(self, walk: Walk, now: datetime) -> None:
        saved(walk, self.give(walk, dated_from=FIRST, dated_to=LAST))
        plain(Decision).filter(pk=walk.decision.pk).update(trigger="PRO", order_from=None)
        story = cases.s01(now)
        del story["legal_basis"]["sensitive"]
        walk.skip(story, "legal_basis", "sending")
        decision = walk.record_directly()
        item = DecisionItem.objects.get(decision=decision)
        assert (item.dated_from, item.dated_to) == (None, None)
