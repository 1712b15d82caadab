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
from tests.drafting.scenario_cases import SHARE_ROAD, begin_at
from tests.drafting.scenario_walk import Walk


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def story(now: datetime) -> cases.Story:
    return cases.s01(now)


def s01_at(key: str, cast: Cast, story: cases.Story, now: datetime) -> Walk:
    return begin_at(key, cases.S01, story, cast, now)


def message(walk: Walk) -> str:
    return " ".join(one.text for one in walk.page.classed("govuk-notification-banner"))


class TestAnswersStay:
    @pytest.mark.parametrize("key", SHARE_ROAD)
    def test_when_the_page_is_opened_again(self, cast: Cast, now: datetime, story: cases.Story, key: str) -> None:
        """Back and refresh: what was saved is what the page would send, however often it is opened."""
        walk = s01_at("check", cast, story, now)
        walk.open(key)
        first = walk.shown()
        walk.open(key)
        again = walk.shown()
        for page in (first, again):
            del page["csrfmiddlewaretoken"]
        assert first == again
        walk.send(walk.path(key), _query(first), then_at=walk.check_path)

    def test_nothing_changes_when_every_page_is_saved_untouched(
        self, cast: Cast, now: datetime, story: cases.Story
    ) -> None:
        walk = s01_at("check", cast, story, now)
        walk.get(walk.check_path)
        before = [row.text for row in walk.page.all("dd")]
        for key in SHARE_ROAD:
            walk.open(key)
            walk.send(walk.path(key), _query(walk.shown()), then_at=walk.check_path)
        walk.get(walk.check_path)
        assert [row.text for row in walk.page.all("dd")] == before

    def test_on_another_device(self, cast: Cast, now: datetime, story: cases.Story) -> None:
        walk = s01_at("say", cast, story, now)
        walk.fill("say", story["say"])
        walk.open("say")
        elsewhere = Walk(cast.practitioner, walk.decision).sign_in()
        elsewhere.open("say")
        assert without_token(elsewhere.shown()) == without_token(walk.shown())

    def test_through_signing_out(self, cast: Cast, now: datetime, story: cases.Story) -> None:
        walk = s01_at("worry", cast, story, now)
        walk.open("worry")
        sent = walk.filled("worry", {"facts": "Half a sentence"})
        sent["then"] = "later"
        walk.send(walk.path("worry"), sent, then_at=reverse("home"))
        walk.get(reverse("home"))
        walk.send(reverse("account_logout"), {})
        assert walk.client.get(walk.path("worry")).status_code == 302
        walk.sign_in(to=walk.path("worry"))
        walk.open("worry")
        assert walk.lost(sent) == {}

    def test_in_two_tabs_on_two_pages(self, cast: Cast, now: datetime, story: cases.Story) -> None:
        walk = s01_at("check", cast, story, now)
        walk.open("worry")
        worry = walk.filled("worry", {"known_risk": "Written in the first tab"})
        walk.open("minded")
        walk.send(walk.path("minded"), walk.filled("minded", {"why_now": "Written in the second tab"}))
        walk.send(walk.path("worry"), worry)
        decision = walk.draft.decision
        assert decision.known_risk == "Written in the first tab"
        assert decision.why_now == "Written in the second tab"


class TestWhereASaveLeads:
    def test_change_leads_back_to_the_check_page(self, cast: Cast, now: datetime, story: cases.Story) -> None:
        walk = s01_at("check", cast, story, now)
        links = [one.attrs["href"] for one in walk.get(walk.check_path).all("a") if one.text.startswith("Change")]
        assert {walk.path(key) for key in SHARE_ROAD} == set(links)
        walk.fill("worry", {"facts": "Said more exactly"})
        assert walk.at == walk.check_path
        walk.get(walk.at)
        assert "Said more exactly" in walk.text

    def test_first_page_not_done_and_not_the_next_one(self, cast: Cast, now: datetime, story: cases.Story) -> None:
        """A recipient more: choice and items are asked again, whatever page was saved last."""
        walk = s01_at("check", cast, story, now)
        others = {"other": [{"name": "Ravensmere hospital", "route_kind": "phone", "route": "01632 960999"}]}
        walk.fill("asked", {**story["asked"], **others})
        assert walk.at == walk.path("say")
        walk.fill("worry", {"facts": "Another change"})
        assert walk.at == walk.path("say")

    def test_somebody_more_is_asked_about_on_each_page(self, cast: Cast, now: datetime, story: cases.Story) -> None:
        child, mother, partner = (person.name for person in stories.BRUISE_PEOPLE)
        without = {**story, "who": {"people": {child: {"on": "on"}, mother: {"on": "on"}}}}
        walk = begin_at("say", cases.S01, without, cast, now)
        walk.fill("who", story["who"])
        assert walk.at == walk.path("say")
        walk.open("say")
        assert partner in walk.text

    def test_nobody_ticked_is_refused(self, cast: Cast, now: datetime, story: cases.Story) -> None:
        walk = s01_at("worry", cast, story, now)
        nobody = {person.name: {"on": False, "source_of_harm": False} for person in stories.BRUISE_PEOPLE}
        walk.fill("who", {"people": nobody}, status=422)
        assert walk.errors

    def test_a_page_that_is_not_open_leads_on_and_says_so(self, cast: Cast, now: datetime, story: cases.Story) -> None:
        walk = s01_at("worry", cast, story, now)
        for key in ("asked", "give", "sent"):
            answer = walk.client.get(walk.path(key))
            assert (answer.status_code, answer.headers["Location"]) == (302, walk.path("worry"))
            walk.open("worry")
            assert "not open yet" in message(walk)

    def test_check_page_of_an_unfinished_draft_says_what_is_next(
        self, cast: Cast, now: datetime, story: cases.Story
    ) -> None:
        walk = s01_at("worry", cast, story, now)
        walk.get(walk.check_path)
        assert walk.path("worry") in [one.attrs.get("href") for one in walk.page.all("a")]


class TestAnswersThatStopApplying:
    def test_come_back_when_the_outcome_does(self, cast: Cast, now: datetime, story: cases.Story) -> None:
        walk = s01_at("check", cast, story, now)
        walk.open("give")
        items = without_token(walk.shown())
        walk.fill("minded", {"outcome": "NOT_SHARED"})
        assert walk.at == walk.path("basis")
        walk.open("basis")
        assert "Why not" in walk.text
        walk.fill("minded", {"outcome": "SHARED_ALL_NECESSARY"})
        assert walk.at == walk.check_path
        walk.open("give")
        assert without_token(walk.shown()) == items

    def test_are_gone_when_it_is_recorded_and_the_ledger_names_them(
        self, cast: Cast, now: datetime, story: cases.Story
    ) -> None:
        walk = s01_at("check", cast, story, now)
        walk.fill("sent", {"sending": [{"remove": "on"}]})
        walk.fill("minded", {"outcome": "NOT_SHARED"})
        other = cases.s02(now)
        walk.fill("basis", other["basis"])
        walk.fill("sent", {"instead": "Rang the health visitor.", "look_again_on": now.date()})
        assert walk.at == walk.check_path
        decision = walk.record()
        assert not decision.items.exists()
        assert not decision.basis_rows.exists()
        assert decision.why_no_more == ""
        entry = LedgerEntry.objects.get(event="decision.recorded")
        dropped = set(entry.additional_data["dropped"].split(", "))
        assert {"items", "basis", "why_no_more"} <= dropped

    def test_a_page_sent_after_it_stopped_applying_is_kept(self, cast: Cast, now: datetime, story: cases.Story) -> None:
        """Two tabs: the outcome changes in one while items are typed in the other."""
        walk = s01_at("give", cast, story, now)
        walk.open("give")
        typed = walk.filled("give", {})
        typed.update({"item-rows": "1", "item-0-text": "Typed in the other tab", "item-0-kind": "fact"})
        walk.fill("minded", {"outcome": "NOT_SHARED"})
        walk.send(walk.path("give"), typed, then_at=walk.path("basis"))
        walk.get(walk.at)
        assert "no longer applies" in message(walk)
        walk.fill("minded", {"outcome": "SHARED_ALL_NECESSARY"})
        walk.open("give")
        assert walk.shown()["item-0-text"] == ["Typed in the other tab"]

    def test_reasons_sent_after_the_outcome_changed_wait_for_it_to_change_back(
        self, cast: Cast, now: datetime, story: cases.Story
    ) -> None:
        """The page at this address is another one by now: neither takes the other's words."""
        walk = s01_at("basis", cast, story, now)
        walk.open("basis")
        typed = walk.filled("basis", {**story["basis"], "why_no_more": "Typed in the other tab"})
        walk.fill("minded", {"outcome": "NOT_SHARED"})
        walk.send(walk.path("basis"), typed, then_at=walk.path("basis"))
        walk.get(walk.at)
        assert "no longer applies" in message(walk)
        assert not walk.errors
        walk.fill("basis", cases.s02(now)["basis"])
        assert walk.at == walk.path("sent")
        walk.fill("minded", {"outcome": "SHARED_ALL_NECESSARY"})
        walk.open("basis")
        assert walk.lost(typed) == {}

    def test_suggestions_are_there_after_the_other_road(self, cast: Cast, now: datetime, story: cases.Story) -> None:
        walk = s01_at("basis", cast, story, now)
        walk.open("basis")
        suggested = without_token(walk.shown())
        assert suggested["basis-l1"]
        walk.fill("minded", {"outcome": "NOT_SHARED"})
        walk.fill("basis", cases.s02(now)["basis"])
        walk.fill("minded", {"outcome": "SHARED_ALL_NECESSARY"})
        walk.open("basis")
        shown = without_token(walk.shown())
        assert {name: shown[name] for name in suggested} == suggested

    def test_a_page_that_is_gone_and_was_saved_elsewhere_is_shown_again(
        self, cast: Cast, now: datetime, story: cases.Story
    ) -> None:
        walk = s01_at("check", cast, story, now)
        walk.open("give")
        typed = _query(walk.shown())
        typed["item-0-text"] = "Typed in the other tab"
        walk.send(walk.path("give"), walk.filled("give", {}))
        walk.fill("minded", {"outcome": "NOT_SHARED"})
        walk.send(walk.path("give"), typed, status=409)
        assert walk.lost(typed) == {}


class TestStale:
    """The same page in two tabs."""

    def test_what_was_typed_is_kept_and_nothing_is_overwritten(
        self, cast: Cast, now: datetime, story: cases.Story
    ) -> None:
        walk = s01_at("asked", cast, story, now)
        walk.open("worry")
        second = walk.filled("worry", {"facts": "Typed in the second tab"})
        walk.send(walk.path("worry"), walk.filled("worry", {"facts": "Saved in the first tab"}))
        walk.send(walk.path("worry"), second, status=409)
        assert walk.lost(second) == {}
        assert "saved somewhere else" in walk.text
        assert walk.draft.decision.facts == "Saved in the first tab"

    def test_the_next_press_saves_it(self, cast: Cast, now: datetime, story: cases.Story) -> None:
        walk = s01_at("asked", cast, story, now)
        walk.open("worry")
        second = walk.filled("worry", {"facts": "Typed in the second tab"})
        walk.send(walk.path("worry"), walk.filled("worry", {"facts": "Saved in the first tab"}))
        walk.send(walk.path("worry"), second, status=409)
        walk.send(walk.path("worry"), _query(walk.shown()), then_at=walk.path("asked"))
        assert walk.draft.decision.facts == "Typed in the second tab"

    @pytest.mark.parametrize("then", ["later", "add:other"])
    def test_with_every_button(self, cast: Cast, now: datetime, story: cases.Story, then: str) -> None:
        walk = s01_at("minded", cast, story, now)
        walk.open("asked")
        second = walk.filled("asked", {"trigger": "PRO"})
        walk.send(walk.path("asked"), walk.filled("asked", {}))
        second["then"] = then
        walk.send(walk.path("asked"), second, status=409)
        assert DraftPage.objects.get(decision=walk.decision, page="asked").typed == {}

    @pytest.mark.parametrize("version", ["", "abc", "-1", "9" * 20, "\uff11"])
    def test_a_forged_version_is_stale(self, cast: Cast, now: datetime, story: cases.Story, version: str) -> None:
        walk = s01_at("asked", cast, story, now)
        walk.open("worry")
        sent = walk.filled("worry", {"facts": "Forged"})
        sent["version"] = version
        walk.send(walk.path("worry"), sent, status=409)
        assert walk.draft.decision.facts != "Forged"


class TestLater:
    def test_keeps_what_could_not_be_accepted(self, cast: Cast, now: datetime, story: cases.Story) -> None:
        walk = s01_at("minded", cast, story, now)
        walk.open("minded")
        sent = walk.filled("minded", {"why_now": "see notes", "outcome": "SHARED_PART"})
        sent["minded-decided_at_day"], sent["minded-decided_at_month"], sent["then"] = "31", "2", "later"
        walk.send(walk.path("minded"), sent, then_at=reverse("home"))
        walk.get(reverse("home"))
        assert "Saved" in message(walk)
        assert walk.decision.reference in walk.text
        walk.open("minded")
        assert walk.lost(sent) == {}
        assert walk.draft.decision.outcome == ""

    def test_saves_what_is_right(self, cast: Cast, now: datetime, story: cases.Story) -> None:
        walk = s01_at("minded", cast, story, now)
        walk.fill("minded", story["minded"], then="later")
        assert walk.at == reverse("home")
        assert walk.draft.decision.outcome == "SHARED_ALL_NECESSARY"

    def test_home_leads_back_to_the_draft(self, cast: Cast, now: datetime, story: cases.Story) -> None:
        walk = s01_at("minded", cast, story, now)
        walk.get(reverse("home"))
        link = next(one for one in walk.page.all("a") if walk.decision.reference in one.text)
        walk.get(link.attrs["href"])
        assert "Minded to" in walk.text


class TestAddAnother:
    @pytest.mark.parametrize(
        ("key", "group", "box"),
        [("asked", "other", "name"), ("give", "item", "text"), ("sent", "sending", "how"), ("sent", "advice", "who")],
    )
    def test_keeps_what_is_typed_and_gives_a_row(
        self, cast: Cast, now: datetime, story: cases.Story, key: str, group: str, box: str
    ) -> None:
        walk = s01_at(key, cast, story, now)
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

    def test_a_row_taken_out_is_gone(self, cast: Cast, now: datetime, story: cases.Story) -> None:
        walk = s01_at("check", cast, story, now)
        walk.open("give")
        sent = _query(walk.shown())
        sent["item-0-remove"] = "on"
        walk.send(walk.path("give"), sent)
        assert len(walk.draft.items) == len(story["give"]["item"]) - 1
        assert "His account" not in " ".join(item.text for item in walk.draft.items)

    def test_an_unknown_group_adds_nothing(self, cast: Cast, now: datetime, story: cases.Story) -> None:
        walk = s01_at("asked", cast, story, now)
        walk.open("asked")
        sent = walk.filled("asked", {})
        sent["then"] = "add:nothing-like-it"
        walk.send(walk.path("asked"), sent)
        assert walk.at.startswith(walk.path("asked"))


class TestForged:
    @pytest.mark.parametrize("key", ["nothing", "check", "basis2", "WHO", "0", "_"])
    def test_a_page_that_does_not_exist(self, cast: Cast, now: datetime, story: cases.Story, key: str) -> None:
        walk = s01_at("worry", cast, story, now)
        assert walk.client.get(walk.path(key)).status_code == 404
        walk.open("worry")
        walk.send(walk.path(key), {"then": ""}, status=404)

    def test_a_page_not_yet_open_can_lose_nothing(self, cast: Cast, now: datetime, story: cases.Story) -> None:
        walk = s01_at("worry", cast, story, now)
        walk.open("worry")
        walk.send(walk.path("minded"), {"minded-why_now": "Sent too early", "version": "0"}, status=422)
        assert walk.draft.pages["minded"].typed["minded-why_now"] == ["Sent too early"]


class TestRecording:
    def test_twice_records_once(self, cast: Cast, now: datetime, story: cases.Story) -> None:
        walk = s01_at("check", cast, story, now)
        walk.get(walk.check_path)
        walk.send(walk.record_path, {}, then_at=walk.detail_path)
        first = walk.recorded.recorded_at
        walk.send(walk.record_path, {}, then_at=walk.detail_path)
        assert walk.recorded.recorded_at == first
        assert LedgerEntry.objects.filter(event="decision.recorded").count() == 1
        assert walk.recorded.telling_events.count() == len(stories.BRUISE_PEOPLE)

    def test_kept_text_is_gone_with_the_draft(self, cast: Cast, now: datetime, story: cases.Story) -> None:
        walk = s01_at("check", cast, story, now)
        walk.record()
        assert not DraftPage.objects.filter(decision=walk.decision).exists()


class TestX04:
    """A recorded decision is not edited."""

    @pytest.mark.parametrize("key", SHARE_ROAD)
    def test_its_pages_are_closed(self, cast: Cast, now: datetime, story: cases.Story, key: str) -> None:
        walk = s01_at("check", cast, story, now)
        walk.open("worry")
        sent = walk.filled(key, {})
        decision = walk.record()
        assert walk.client.get(walk.path(key)).status_code == 404
        walk.send(walk.path(key), sent, status=404)
        assert Decision.objects.get(pk=decision.pk).facts == story["worry"]["facts"]

    def test_nor_checked_nor_thrown_away(self, cast: Cast, now: datetime, story: cases.Story) -> None:
        walk = s01_at("check", cast, story, now)
        walk.record()
        walk.get(walk.detail_path)
        discard = reverse("drafting:delete", args=[walk.decision.public_id])
        for path in (walk.check_path, discard):
            assert walk.client.get(path).status_code == 404
        walk.send(discard, {}, status=404)
        walk.get(walk.detail_path)
        assert story["worry"]["facts"] in walk.text

    def test_what_happens_later_is_added_beside_it(self, cast: Cast, now: datetime, story: cases.Story) -> None:
        walk = s01_at("check", cast, story, now)
        decision = walk.record()
        add = reverse("decisions:add_sending", args=[decision.public_id])
        walk.get(add)
        recipient = str(decision.recipients.get().pk)
        local = timezone.localtime(now)
        when = {"sent_at_day": local.day, "sent_at_month": local.month, "sent_at_year": local.year,
                "sent_at_time": local.strftime("%H:%M")}  # fmt: skip
        walk.send(add, {"recipient": recipient, "how": "A second call", **when}, then_at=walk.detail_path)
        walk.get(walk.detail_path)
        assert "A second call" in walk.text
        assert story["sent"]["sending"][0]["how"] in walk.text

    def test_what_somebody_was_told_later_is_added_beside_it(
        self, cast: Cast, now: datetime, story: cases.Story
    ) -> None:
        walk = s01_at("check", cast, story, now)
        decision = walk.record()
        partner = decision.people.get(name=stories.BRUISE_PEOPLE[2].name)
        add = reverse("decisions:add_telling", args=[decision.public_id, partner.pk])
        walk.get(add)
        assert partner.name in walk.text
        assert "Police asked for time" not in str(walk.shown()), "what was answered before stands in its own row"
        walk.send(add, {}, status=422)
        assert walk.errors
        told = {"told": "yes", "told_state": "TOLD_AFTER", "told_how": "With the social worker", "told_safely": "yes"}
        walk.send(add, told, then_at=walk.detail_path)
        states = list(decision.telling_events.filter(person=partner).values_list("state", flat=True))
        assert states == ["DEFERRED", "TOLD_AFTER"]
        walk.get(walk.detail_path)
        assert "With the social worker" in walk.text


class TestThrowingAway:
    def test_asks_once_and_is_gone(self, cast: Cast, now: datetime, story: cases.Story) -> None:
        walk = s01_at("say", cast, story, now)
        discard = reverse("drafting:delete", args=[walk.decision.public_id])
        walk.get(discard)
        assert Decision.objects.filter(pk=walk.decision.pk).exists()
        walk.send(discard, {}, then_at=reverse("home"))
        assert not Decision.objects.filter(pk=walk.decision.pk).exists()
        entry = LedgerEntry.objects.get(event="decision.discarded")
        assert entry.object_repr == walk.decision.reference
        text = str([[row.changes, row.additional_data] for row in LedgerEntry.objects.all()])
        assert story["worry"]["facts"] not in text


def without_token(page: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: values for name, values in page.items() if name not in {"csrfmiddlewaretoken", "version"}}


def _query(page: dict[str, list[str]]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, values in page.items():
        query.setlist(name, values)
    return query
