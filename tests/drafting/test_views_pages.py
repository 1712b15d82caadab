"""How the guided form behaves: nothing typed is lost, and every save leads to where there is something to do."""

from datetime import datetime

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from audit.models import LedgerEntry
from decisions.models import Decision, DraftPage
from safeguarding.demo import stories
from tests.cast import Cast
from tests.drafting import scenario_cases as cases
from tests.drafting import scenario_scenes
from tests.drafting.scenario_cases import SHARE_ROUTE, begin_at
from tests.drafting.scenario_scenes import Scene, recorded
from tests.drafting.scenario_walk import Walk
from tests.in_turn import in_turn

# What a form takes, keeps and says is decided in Python; what it writes on each engine is asked of the actions.
pytestmark = pytest.mark.sqlite

cast, now, s01 = scenario_scenes.cast, scenario_scenes.now, scenario_scenes.s01
SHARED, NOT_SHARED = ({"outcome": {"outcome": outcome}} for outcome in ("SHARED_ALL_NECESSARY", "NOT_SHARED"))


@pytest.fixture(scope="module")
def decision(cast: Cast, now: datetime) -> Decision:
    """The same story in words of its own, so that the draft's are found nowhere else."""
    story = cases.s01(now)
    return recorded(cases.S01, {**story, "concern": {**story["concern"], "facts": "A bruise, recorded."}}, cast, now)


@pytest.fixture
def story(now: datetime) -> cases.Story:
    return cases.s01(now)


@pytest.fixture
def author(cast: Cast, decision: Decision) -> Walk:
    """Who recorded the decision, signed in."""
    return Walk(cast.practitioner, decision, signed_in=True)


def message(walk: Walk) -> str:
    return " ".join(one.text for one in walk.page.classed("govuk-notification-banner"))


class TestAnswersStay:
    def test_when_the_pages_are_opened_again_and_saved_untouched(self, s01: Scene) -> None:
        """Back and refresh: what was saved is what a page would send, however often it is opened."""
        walk = s01.at("check")
        walk.get(walk.check_path)
        before = [row.text for row in walk.page.all("dd")]
        for key in in_turn(SHARE_ROUTE):
            walk.open(key)
            first = walk.shown()
            if key in {"information", "sending"}:  # the pages with rows
                walk.open(key)
                assert without_token(walk.shown()) == without_token(first), key
            walk.send(walk.path(key), _query(first), then_at=walk.check_path)
        walk.get(walk.check_path)
        assert [row.text for row in walk.page.all("dd")] == before

    def test_on_another_device(self, s01: Scene, cast: Cast, story: cases.Story) -> None:
        walk = s01.at("consent")
        walk.skip(story, "consent")
        walk.open("consent")
        elsewhere = Walk(cast.practitioner, walk.decision, signed_in=True)
        elsewhere.open("consent")
        assert without_token(elsewhere.shown()) == without_token(walk.shown())

    def test_through_signing_out(self, s01: Scene) -> None:
        walk = s01.at("concern")
        walk.open("concern")
        sent = walk.filled("concern", {"facts": "Half a sentence"})
        sent["then"] = "later"
        walk.send(walk.path("concern"), sent, then_at=reverse("home"))
        walk.get(reverse("home"))
        walk.send(reverse("account_logout"), {})
        assert walk.client.get(walk.path("concern")).status_code == 302
        walk.sign_in(to=walk.path("concern"))
        walk.open("concern")
        assert walk.lost(sent) == {}

    def test_in_two_tabs_on_two_pages(self, s01: Scene) -> None:
        walk = s01.at("check")
        walk.open("concern")
        concern = walk.filled("concern", {"known_risk": "Written in the first tab"})
        walk.open("outcome")
        walk.send(walk.path("outcome"), walk.filled("outcome", {"why_now": "Written in the second tab"}))
        walk.send(walk.path("concern"), concern)
        decision = walk.draft.decision
        assert decision.known_risk == "Written in the first tab"
        assert decision.why_now == "Written in the second tab"


class TestWhereASaveLeads:
    def test_change_leads_back_to_the_check_page(self, s01: Scene) -> None:
        walk = s01.at("check")
        links = [one.attrs["href"] for one in walk.get(walk.check_path).all("a") if one.text.startswith("Change")]
        assert {walk.path(key) for key in SHARE_ROUTE} == set(links)
        walk.fill("concern", {"facts": "Said more exactly"})
        assert walk.at == walk.check_path
        walk.get(walk.at)
        assert "Said more exactly" in walk.text

    def test_first_page_not_done_and_not_the_next_one(self, s01: Scene, story: cases.Story) -> None:
        """A recipient more: choice and items are asked again, whatever page was saved last."""
        walk = s01.at("check")
        others = {"other": [{"name": "Ravensmere hospital", "route_kind": "phone", "route": "01632 960999"}]}
        walk.open("request")
        walk.send(walk.path("request"), walk.filled("request", {**story["request"], **others}))
        assert walk.at == walk.path("consent")
        walk.fill("concern", {"facts": "Another change"})
        assert walk.at == walk.path("consent")

    def test_somebody_more_is_asked_about_on_each_page(self, cast: Cast, now: datetime, story: cases.Story) -> None:
        child, mother, partner = (person.name for person in stories.BRUISE_PEOPLE)
        without = {**story, "people": {"people": {child: {"on": "on"}, mother: {"on": "on"}}}}
        walk = begin_at("consent", cases.S01, without, cast, now)
        walk.fill("people", story["people"])
        assert walk.at == walk.path("consent")
        walk.open("consent")
        assert partner in walk.text

    def test_nobody_ticked_is_refused(self, s01: Scene) -> None:
        walk = s01.at("concern")
        nobody = {person.name: {"on": False, "source_of_harm": False} for person in stories.BRUISE_PEOPLE}
        walk.fill("people", {"people": nobody}, status=422)
        assert walk.errors

    def test_a_page_that_is_not_open_leads_on_and_says_so(self, s01: Scene) -> None:
        walk = s01.at("concern")
        for key in ("request", "information", "sending"):
            answer = walk.client.get(walk.path(key))
            assert (answer.status_code, answer.headers["Location"]) == (302, walk.path("concern"))
            walk.open("concern")
            assert "not open yet" in message(walk)

    def test_check_page_of_an_unfinished_draft_says_what_is_next(self, s01: Scene) -> None:
        walk = s01.at("concern")
        walk.get(walk.check_path)
        assert walk.path("concern") in [one.attrs.get("href") for one in walk.page.all("a")]


class TestAnswersThatStopApplying:
    def test_come_back_when_the_outcome_does(self, s01: Scene) -> None:
        walk = s01.at("check")
        walk.open("information")
        items = without_token(walk.shown())
        walk.fill("outcome", {"outcome": "NOT_SHARED"})
        assert walk.at == walk.path("legal_basis")
        walk.open("legal_basis")
        assert "Reasons for not sharing" in walk.text
        walk.fill("outcome", SHARED["outcome"])
        assert walk.at == walk.check_path
        walk.open("information")
        assert without_token(walk.shown()) == items

    def test_are_gone_when_it_is_recorded_and_the_ledger_names_them(self, s01: Scene, now: datetime) -> None:
        walk = s01.at("check")
        not_sent = {"sending": [{"remove": "on"}]}
        unshared = {"outcome": {"outcome": "NOT_SHARED"}, "legal_basis": cases.s02(now)["legal_basis"],
                    "sending": {"instead": "Rang the health visitor.", "look_again_on": now.date()}}  # fmt: skip
        walk.skip({"sending": not_sent}, "sending")
        walk.skip(unshared, *unshared)
        decision = walk.record_directly()
        assert not decision.items.exists()
        assert not decision.provisions.exists()
        assert decision.why_no_more == ""
        entry = LedgerEntry.objects.get(event="decision.recorded", object_repr=walk.decision.reference)
        dropped = set(entry.additional_data["dropped"].split(", "))
        assert {"items", "legal_basis", "why_no_more"} <= dropped

    def test_a_page_sent_after_it_stopped_applying_is_kept(self, s01: Scene) -> None:
        """Two tabs: the outcome changes in one while items are typed in the other."""
        walk = s01.at("information")
        walk.open("information")
        typed = walk.filled("information", {})
        typed.update({"item-rows": "1", "item-0-text": "Typed in the other tab", "item-0-kind": "fact"})
        walk.skip(NOT_SHARED, "outcome")
        walk.send(walk.path("information"), typed, then_at=walk.path("legal_basis"))
        walk.get(walk.at)
        assert "no longer applies" in message(walk)
        walk.skip(SHARED, "outcome")
        walk.open("information")
        assert walk.shown()["item-0-text"] == ["Typed in the other tab"]

    def test_reasons_sent_after_the_outcome_changed_wait_for_it_to_change_back(
        self, s01: Scene, now: datetime, story: cases.Story
    ) -> None:
        """The page at this address is another one by now: neither takes the other's words."""
        walk = s01.at("legal_basis")
        walk.open("legal_basis")
        typed = walk.filled("legal_basis", {**story["legal_basis"], "why_no_more": "Typed in the other tab"})
        walk.skip(NOT_SHARED, "outcome")
        walk.send(walk.path("legal_basis"), typed, then_at=walk.path("legal_basis"))
        walk.get(walk.at)
        assert "no longer applies" in message(walk)
        assert not walk.errors
        walk.skip({"legal_basis": cases.s02(now)["legal_basis"]}, "legal_basis")
        walk.skip(SHARED, "outcome")
        walk.open("legal_basis")
        assert walk.lost(typed) == {}

    def test_suggestions_are_there_after_the_other_route(self, s01: Scene, now: datetime) -> None:
        walk = s01.at("legal_basis")
        walk.open("legal_basis")
        suggested = without_token(walk.shown())
        assert suggested["legal_basis-l1"]
        other = {**NOT_SHARED, "legal_basis": cases.s02(now)["legal_basis"]}
        walk.skip(other, *other)
        walk.skip(SHARED, "outcome")
        walk.open("legal_basis")
        shown = without_token(walk.shown())
        assert {name: shown[name] for name in suggested} == suggested

    def test_a_page_that_is_gone_and_was_saved_elsewhere_is_shown_again(self, s01: Scene) -> None:
        walk = s01.at("check")
        walk.open("information")
        typed = _query(walk.shown())
        typed["item-0-text"] = "Typed in the other tab"
        walk.send(walk.path("information"), walk.filled("information", {}))
        walk.skip(NOT_SHARED, "outcome")
        walk.send(walk.path("information"), typed, status=409)
        assert walk.lost(typed) == {}


class TestStale:
    """The same page in two tabs."""

    def test_what_was_typed_is_kept_and_the_next_press_saves_it(self, s01: Scene) -> None:
        walk = s01.at("request")
        walk.open("concern")
        second = walk.filled("concern", {"facts": "Typed in the second tab"})
        walk.send(walk.path("concern"), walk.filled("concern", {"facts": "Saved in the first tab"}))
        walk.send(walk.path("concern"), second, status=409)
        assert walk.lost(second) == {}
        assert "saved somewhere else" in walk.text
        assert walk.draft.decision.facts == "Saved in the first tab"
        walk.send(walk.path("concern"), _query(walk.shown()), then_at=walk.path("request"))
        assert walk.draft.decision.facts == "Typed in the second tab"

    def test_with_every_button(self, s01: Scene) -> None:
        walk = s01.at("outcome")
        walk.open("request")
        second = walk.filled("request", {"trigger": "PRO"})
        walk.send(walk.path("request"), walk.filled("request", {}))
        for then in ("later", "add:other"):
            second["then"] = then
            walk.send(walk.path("request"), second, status=409)
            assert DraftPage.objects.get(decision=walk.decision, page="request").form_data == {}, then

    def test_a_forged_version_is_stale(self, s01: Scene) -> None:
        walk = s01.at("request")
        walk.open("concern")
        sent = walk.filled("concern", {"facts": "Forged"})
        for version in in_turn(("", "abc", "-1", "9" * 20, "\uff11")):
            sent["version"] = version
            walk.send(walk.path("concern"), sent, status=409)
            assert walk.draft.decision.facts != "Forged", version


class TestLater:
    def test_keeps_what_could_not_be_accepted(self, s01: Scene) -> None:
        walk = s01.at("outcome")
        walk.open("outcome")
        sent = walk.filled("outcome", {"why_now": "see notes", "outcome": "SHARED_PART"})
        sent["outcome-decided_at_day"], sent["outcome-decided_at_month"], sent["then"] = "31", "2", "later"
        walk.send(walk.path("outcome"), sent, then_at=reverse("home"))
        walk.get(reverse("home"))
        assert "Saved" in message(walk)
        assert walk.decision.reference in walk.text
        walk.open("outcome")
        assert walk.lost(sent) == {}
        assert walk.draft.decision.outcome == ""

    def test_saves_what_is_right(self, s01: Scene, story: cases.Story) -> None:
        walk = s01.at("outcome")
        walk.fill("outcome", story["outcome"], then="later")
        assert walk.at == reverse("home")
        assert walk.draft.decision.outcome == "SHARED_ALL_NECESSARY"

    def test_home_leads_back_to_the_draft(self, s01: Scene) -> None:
        walk = s01.at("outcome")
        walk.get(reverse("home"))
        link = next(one for one in walk.page.all("a") if walk.decision.reference in one.text)
        walk.get(link.attrs["href"], status=302)
        assert walk.answer.headers["Location"] == walk.path("outcome")
        walk.get(walk.answer.headers["Location"])
        assert "Your decision and reasons" in walk.text


class TestAddAnother:
    @pytest.mark.in_turn(2)
    @pytest.mark.parametrize(
        ("key", "group", "box"),
        [
            ("request", "other", "name"),
            ("information", "item", "text"),
            ("sending", "sending", "how"),
            ("sending", "advice", "who"),
        ],
    )
    def test_keeps_what_is_typed_and_gives_a_row(self, s01: Scene, key: str, group: str, box: str) -> None:
        walk = s01.at(key)
        walk.open(key)
        if not int(walk.hidden(f"{group}-rows")):
            walk.send(walk.path(key), _query({**walk.shown(), "then": [f"add:{group}"]}))
            walk.get(walk.at)
        sent = _query(walk.shown())
        rows = int(walk.hidden(f"{group}-rows"))
        sent[f"{group}-{rows - 1}-{box}"] = "Half a row"
        sent["then"] = f"add:{group}"
        walk.send(walk.path(key), sent, then_at=f"{walk.path(key)}#{group}")
        walk.get(walk.at)
        assert int(walk.hidden(f"{group}-rows")) == rows + 1
        assert f"{group}-{rows}-{box}" in walk.names_on_page()
        sent[f"{group}-rows"] = str(rows + 1)
        assert walk.lost(sent) == {}

    def test_a_row_taken_out_is_gone(self, s01: Scene, story: cases.Story) -> None:
        walk = s01.at("check")
        walk.open("information")
        sent = _query(walk.shown())
        sent["item-0-remove"] = "on"
        walk.send(walk.path("information"), sent)
        assert len(walk.draft.items) == len(story["information"]["item"]) - 1
        assert "His account" not in " ".join(item.text for item in walk.draft.items)

    def test_an_unknown_group_adds_nothing(self, s01: Scene) -> None:
        walk = s01.at("request")
        walk.open("request")
        sent = walk.filled("request", {})
        sent["then"] = "add:nothing-like-it"
        walk.send(walk.path("request"), sent)
        assert walk.at.startswith(walk.path("request"))


class TestForged:
    def test_a_page_that_does_not_exist(self, s01: Scene) -> None:
        walk = s01.at("concern")
        walk.open("concern")
        for key in in_turn(("nothing", "check", "basis2", "WHO", "0", "_")):
            assert walk.client.get(walk.path(key)).status_code == 404, key
            walk.send(walk.path(key), {"then": ""}, status=404)

    def test_a_page_not_yet_open_can_lose_nothing(self, s01: Scene) -> None:
        walk = s01.at("concern")
        walk.open("concern")
        walk.send(walk.path("outcome"), {"outcome-why_now": "Sent too early", "version": "0"}, status=422)
        assert walk.draft.pages["outcome"].form_data["outcome-why_now"] == ["Sent too early"]


class TestRecording:
    def test_twice_records_once(self, s01: Scene) -> None:
        walk = s01.at("check")
        walk.get(walk.check_path)
        walk.send(walk.record_path, {}, then_at=walk.detail_path)
        first = walk.recorded.recorded_at
        walk.send(walk.record_path, {}, then_at=walk.detail_path)
        assert walk.recorded.recorded_at == first
        done = LedgerEntry.objects.filter(event="decision.recorded", object_repr=walk.decision.reference)
        assert done.count() == 1
        assert walk.recorded.informing_events.count() == len(stories.BRUISE_PEOPLE)

    def test_kept_text_is_gone_with_the_draft(self, s01: Scene) -> None:
        walk = s01.at("check")
        walk.record_directly()
        assert not DraftPage.objects.filter(decision=walk.decision).exists()


class TestX04:
    """A recorded decision is not edited."""

    def test_its_pages_are_closed(self, s01: Scene, story: cases.Story) -> None:
        walk = s01.at("check")
        walk.open("concern")
        sent = {key: walk.filled(key, {}) for key in in_turn(SHARE_ROUTE, of=4)}
        decision = walk.record_directly()
        for key, data in sent.items():
            assert walk.client.get(walk.path(key)).status_code == 404, key
            walk.send(walk.path(key), data, status=404)
        assert Decision.objects.get(pk=decision.pk).facts == story["concern"]["facts"]

    def test_nor_checked_nor_thrown_away(self, author: Walk, decision: Decision) -> None:
        author.get(author.detail_path)
        discard = reverse("drafting:delete", args=[author.decision.public_id])
        for path in (author.check_path, discard):
            assert author.client.get(path).status_code == 404
        author.send(discard, {}, status=404)
        author.get(author.detail_path)
        assert decision.facts in author.text
        assert "Urgent record" not in author.text

    def test_what_happens_later_is_added_beside_it(
        self, author: Walk, decision: Decision, now: datetime, story: cases.Story
    ) -> None:
        add = reverse("decisions:add_sending", args=[decision.public_id])
        author.get(add)
        recipient = str(decision.recipients.get().pk)
        local = timezone.localtime(now)
        when = {"sent_at_day": local.day, "sent_at_month": local.month, "sent_at_year": local.year,
                "sent_at_time": local.strftime("%H:%M")}  # fmt: skip
        author.send(add, {"recipient": recipient, "how": "A second call", **when}, then_at=author.detail_path)
        author.get(author.detail_path)
        assert "A second call" in author.text
        assert story["sending"]["sending"][0]["how"] in author.text

    def test_what_somebody_was_told_later_is_added_beside_it(self, author: Walk, decision: Decision) -> None:
        partner = decision.people.get(name=stories.BRUISE_PEOPLE[2].name)
        add = reverse("decisions:add_informing", args=[decision.public_id, partner.pk])
        author.get(add)
        assert partner.name in author.text
        assert "Police asked for time" not in str(author.shown()), "what was answered before stands in its own row"
        author.send(add, {}, status=422)
        assert author.errors
        told = {
            "safe_now": "yes",
            "informed": "yes",
            "informed_state": "TOLD_AFTER",
            "informed_how": "With the social worker",
            "informed_safely": "yes",
        }
        author.send(add, told, then_at=author.detail_path)
        states = list(decision.informing_events.filter(person=partner).values_list("informing_state", flat=True))
        assert states == ["DEFERRED", "TOLD_AFTER"]
        author.get(author.detail_path)
        assert "With the social worker" in author.text


class TestThrowingAway:
    def test_asks_once_and_is_gone(self, s01: Scene, story: cases.Story) -> None:
        walk = s01.at("consent")
        discard = reverse("drafting:delete", args=[walk.decision.public_id])
        walk.get(discard)
        assert Decision.objects.filter(pk=walk.decision.pk).exists()
        walk.send(discard, {}, then_at=reverse("home"))
        assert not Decision.objects.filter(pk=walk.decision.pk).exists()
        entry = LedgerEntry.objects.get(event="decision.draft_deleted")
        assert entry.object_repr == walk.decision.reference
        text = str([[row.changes, row.additional_data] for row in LedgerEntry.objects.all()])
        assert story["concern"]["facts"] not in text


def without_token(page: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: values for name, values in page.items() if name not in {"csrfmiddlewaretoken", "version"}}


def _query(page: dict[str, list[str]]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, values in page.items():
        query.setlist(name, values)
    return query
