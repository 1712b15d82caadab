"""What is typed on a page of the guided form is kept while it is typed: valid or not, once, and never over another."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from accounts.models import AutosavedText, User
from audit.models import LedgerEntry
from drafting import form_data
from drafting.actions import autosave
from drafting.steps import is_done, path, step_on_path
from tests.cast import Cast
from tests.drafting import scenario_cases as cases
from tests.drafting import scenario_scenes
from tests.drafting.scenario_cases import SHARE_ROUTE
from tests.drafting.scenario_scenes import Scene
from tests.drafting.scenario_walk import FORM, Walk
from tests.in_turn import in_turn
from tests.pages import PageClient

# What a form takes, keeps and says is decided in Python; what it writes on each engine is asked of the actions.
pytestmark = pytest.mark.sqlite

SignIn = Callable[[User], PageClient]


cast, now, s01 = scenario_scenes.cast, scenario_scenes.now, scenario_scenes.s01


def keep_path(walk: Walk, key: str) -> str:
    return reverse("drafting:autosave", args=[walk.decision.public_id, key])


def as_it_stands(walk: Walk) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in walk.shown().items():
        data.setlist(name, values)
    data["opened"] = walk.hidden("opened")
    return data


def keep(walk: Walk, key: str, data: QueryDict, status: int = 200) -> dict[str, object]:
    answer = walk.client.post(keep_path(walk, key), data.urlencode(), content_type=FORM)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/json"
    found: dict[str, object] = answer.json()
    return found


def entries(event: str) -> int:
    count: int = LedgerEntry.objects.filter(event=event).count()
    return count


class TestAutosave:
    def test_what_is_typed_is_there_when_the_page_is_opened_again(self, s01: Scene) -> None:
        walk = s01.at("outcome")
        walk.open("outcome")
        data = as_it_stands(walk)
        data["outcome-why_now"], data["outcome-decided_at_day"] = "A bruise on his left arm", "99"
        assert keep(walk, "outcome", data)["version"] == 1
        walk.open("outcome")
        assert walk.shown()["outcome-why_now"] == ["A bruise on his left arm"]
        assert walk.shown()["outcome-decided_at_day"] == ["99"]

    def test_nothing_is_said_about_boxes_not_reached_yet(self, s01: Scene) -> None:
        walk = s01.at("concern")
        walk.open("concern")
        data = as_it_stands(walk)
        data["concern-facts"] = "Half a sent"
        keep(walk, "concern", data)
        walk.open("concern")
        assert not walk.errors
        assert not walk.page.classed("govuk-error-summary")

    def test_what_was_sent_and_refused_says_so_again(self, s01: Scene) -> None:
        walk = s01.at("concern")
        walk.open("concern")
        data = as_it_stands(walk)
        data["concern-facts"] = "Half a sent"
        walk.send(walk.path("concern"), data, status=422)
        walk.open("concern")
        assert walk.errors

    def test_nothing_is_said_after_buttons_that_only_keep(self, s01: Scene) -> None:
        walk = s01.at("request")
        walk.open("request")
        for then in ("later", "add:other"):
            walk.send(walk.path("request"), _with(walk, then))
            walk.open("request")
            assert not walk.errors, then

    def test_each_keep_counts_the_version_on(self, s01: Scene) -> None:
        walk = s01.at("concern")
        walk.open("concern")
        data = as_it_stands(walk)
        for number in (1, 2, 3):
            data["concern-facts"] = "A bruise"[: number + 1]
            kept = keep(walk, "concern", data)
            assert kept["version"] == number
            data["version"] = str(kept["version"])

    def test_a_page_kept_is_not_done(self, s01: Scene) -> None:
        walk = s01.at("check")
        walk.open("outcome")
        data = as_it_stands(walk)
        data["outcome-why_now"] = ""
        keep(walk, "outcome", data)
        step = step_on_path(walk.draft, "outcome")
        assert step
        assert not is_done(walk.draft, step)

    def test_a_done_page_typed_back_to_what_was_saved_stays_done(self, s01: Scene) -> None:
        walk = s01.at("check")
        for key in SHARE_ROUTE:
            walk.open(key)
            keep(walk, key, as_it_stands(walk))
            assert walk.draft.pages[key].form_data == {}, key
        draft = walk.draft
        assert [step.key for step in path(draft) if not is_done(draft, step)] == []

    def test_words_that_cannot_be_stored_are_kept_with_a_sign(self, s01: Scene) -> None:
        walk = s01.at("concern")
        walk.open("concern")
        data = as_it_stands(walk)
        data["concern-facts"] = "before\x00after"
        keep(walk, "concern", data)
        walk.open("concern")
        assert walk.shown()["concern-facts"] == ["before\ufffdafter"]

    def test_a_page_of_the_other_route_keeps_its_own(self, s01: Scene) -> None:
        """The outcome was changed in another tab while the page of reasons not to share was open."""
        walk = s01.at("check")
        walk.open("legal_basis")
        data = as_it_stands(walk)
        data["page"], data["version"], data["legal_basis-main_reason"] = (
            "reasons_not_to_share",
            "0",
            "Nothing allows it",
        )
        keep(walk, "legal_basis", data)
        assert walk.draft.pages["reasons_not_to_share"].form_data["legal_basis-main_reason"] == ["Nothing allows it"]
        assert walk.draft.pages["legal_basis"].form_data == {}


def _with(walk: Walk, then: str) -> QueryDict:
    data = as_it_stands(walk)
    data["then"] = then
    return data


class TestTwoTabs:
    def test_the_second_is_told_and_overwrites_nothing(self, s01: Scene, cast: Cast) -> None:
        first = s01.at("concern")
        second = Walk(cast.practitioner, first.decision)
        second.client = first.client
        first.open("concern")
        second.open("concern")
        one, two = as_it_stands(first), as_it_stands(second)
        one["concern-facts"], two["concern-facts"] = "From the first tab", "From the second tab"
        keep(first, "concern", one)
        assert keep(second, "concern", two, 409) == {"stale": True}
        first.open("concern")
        assert first.shown()["concern-facts"] == ["From the first tab"]

    def test_an_answer_that_got_lost_makes_no_tab_stale(self, s01: Scene, now: datetime) -> None:
        """The server kept the words, the connection broke, the page sends again with its old version."""
        walk = s01.at("concern")
        walk.open("concern")
        data = as_it_stands(walk)
        data["concern-facts"] = "A bruise"
        assert keep(walk, "concern", data)["version"] == 1
        assert keep(walk, "concern", data)["version"] == 1
        data["concern-facts"] = "A bruise, and a burn"
        assert keep(walk, "concern", data)["version"] == 2
        story = cases.s01(now)["concern"]
        full = walk.filled("concern", story)
        full["version"], full["opened"] = "0", walk.hidden("opened")
        walk.send(walk.path("concern"), full, then_at=walk.path("request"))

    def test_what_arrives_after_the_page_was_saved_changes_nothing(self, s01: Scene, now: datetime) -> None:
        walk = s01.at("concern")
        walk.open("concern")
        late = as_it_stands(walk)
        late["concern-facts"] = "Half a"
        full = walk.filled("concern", cases.s01(now)["concern"])
        full["opened"] = walk.hidden("opened")
        walk.send(walk.path("concern"), full, then_at=walk.path("request"))
        keep(walk, "concern", late, 409)
        assert walk.draft.pages["concern"].form_data == {}

    def test_nobody_can_name_the_opening_of_another_tab_by_leaving_it_out(self, s01: Scene) -> None:
        walk = s01.at("concern")
        walk.open("concern")
        data = as_it_stands(walk)
        data["concern-facts"] = "One"
        del data["opened"]
        keep(walk, "concern", data)
        data["concern-facts"] = "Two"
        keep(walk, "concern", data, 409)


class TestLedger:
    def test_one_entry_for_a_sitting(self, s01: Scene) -> None:
        walk = s01.at("concern")
        walk.open("concern")
        data = as_it_stands(walk)
        before = LedgerEntry.objects.count()
        for number in range(5):
            data["concern-facts"] = "A bruise" + "." * number
            data["version"] = str(keep(walk, "concern", data)["version"])
        assert LedgerEntry.objects.count() == before + 1
        assert entries("decision.page_autosaved") == 1

    @pytest.mark.parametrize(("minutes", "more"), [(14, 0), (16, 1)])
    def test_another_after_a_quarter_of_an_hour(
        self, s01: Scene, cast: Cast, now: datetime, minutes: int, more: int
    ) -> None:
        walk = s01.at("concern")
        walk.open("concern")
        data = as_it_stands(walk)
        data["concern-facts"] = "A bruise"
        for number, at in enumerate((now, now + timedelta(minutes=minutes))):
            data["concern-facts"] = "A bruise" + "!" * (number + 1)
            data["version"] = str(number)
            step = step_on_path(walk.draft, "concern")
            assert step
            autosave(page=step.page(walk.draft, data), version=number, by=cast.practitioner, at=at)
        assert entries("decision.page_autosaved") == 1 + more

    def test_no_word_of_it(self, s01: Scene) -> None:
        walk = s01.at("concern")
        walk.open("concern")
        data = as_it_stands(walk)
        data["concern-facts"] = "zq00001qz"
        keep(walk, "concern", data)
        for entry in LedgerEntry.objects.all():
            assert "zq00001qz" not in f"{entry.changes} {entry.additional_data} {entry.object_repr}"


class TestRefusals:
    def test_signed_out_is_401_and_never_a_page(self, s01: Scene) -> None:
        walk = s01.at("concern")
        for address in (keep_path(walk, "concern"), keep_path(walk, "nonsense")):
            answer = Client().post(address, {"concern-facts": "x"})
            assert answer.status_code == 401
            assert answer.headers["Content-Type"] == "application/json"

    def test_others_drafts_are_not_there(self, s01: Scene, cast: Cast, as_user: SignIn) -> None:
        walk = s01.at("concern")
        data = {"version": "0", "concern-facts": "x"}
        for user in (cast.teammate, cast.other_team, cast.stranger.practitioner):
            assert as_user(user).post(keep_path(walk, "concern"), data).status_code == 404
        for user in (cast.administrator, cast.officer):
            assert as_user(user).post(keep_path(walk, "concern"), data).status_code == 403
        assert "concern" not in walk.draft.pages

    def test_only_sent_never_opened(self, s01: Scene, cast: Cast, as_user: SignIn) -> None:
        walk = s01.at("concern")
        assert as_user(cast.practitioner).get(keep_path(walk, "concern")).status_code == 405

    def test_no_such_page_or_draft(self, s01: Scene, cast: Cast, as_user: SignIn) -> None:
        walk = s01.at("concern")
        client = as_user(cast.practitioner)
        assert client.post(keep_path(walk, "check"), {}).status_code == 404
        assert client.post(keep_path(walk, "nonsense"), {}).status_code == 404
        assert client.post(reverse("drafting:autosave", args=[uuid4(), "concern"]), {}).status_code == 404

    def test_a_recorded_decision_takes_no_more(self, s01: Scene, cast: Cast, as_user: SignIn) -> None:
        walk = s01.at("check")
        walk.record_directly()
        assert as_user(cast.practitioner).post(keep_path(walk, "concern"), {"version": "1"}).status_code == 404

    def test_nonsense_for_a_version_is_none(self, s01: Scene, cast: Cast, as_user: SignIn) -> None:
        client = as_user(cast.practitioner)
        for version in in_turn(("", "x", "-1", "9" * 30, "\x00")):
            walk = s01.at("concern")
            answer = client.post(keep_path(walk, "concern"), {"version": version, "": "x", "opened": "\x00"})
            assert answer.status_code == 200, version
            assert walk.draft.version("concern") == 1, version

    def test_without_its_token_nothing_is_kept(self, s01: Scene, cast: Cast) -> None:
        walk = s01.at("concern")
        client = Client(enforce_csrf_checks=True)
        client.force_login(cast.practitioner)
        assert client.post(keep_path(walk, "concern"), {"version": "0"}).status_code == 403


class TestSessionOver:
    """What was sent without a session waits beside the draft, and is on its page when the same person is back."""

    def sent_signed_out(self, walk: Walk, key: str, **changed: str) -> None:
        walk.open(key)
        data = as_it_stands(walk)
        data["autosave"] = walk.hidden("autosave")
        data["csrfmiddlewaretoken"] = walk.hidden("csrfmiddlewaretoken")
        data.update(changed)
        Session.objects.all().delete()
        answer = walk.client.post(walk.path(key), data.urlencode(), content_type=FORM)
        assert answer.headers["Location"] == f"/sign-in/?next={walk.path(key)}"
        walk.client.force_login(walk.user)

    def test_the_page_is_back_with_its_text_and_no_message(self, s01: Scene) -> None:
        walk = s01.at("concern")
        self.sent_signed_out(walk, "concern", **{"concern-facts": "A bruise"})
        assert "concern" not in walk.draft.pages
        walk.open("concern")
        assert walk.shown()["concern-facts"] == ["A bruise"]
        assert "What you typed here was saved on" in walk.html
        assert not walk.errors

    def test_sent_again_it_is_saved_and_nothing_waits_any_more(self, s01: Scene, now: datetime) -> None:
        walk = s01.at("concern")
        self.sent_signed_out(walk, "concern", **{"concern-facts": "A bruise"})
        walk.open("concern")
        full = walk.filled("concern", cases.s01(now)["concern"])
        full["autosave"] = walk.hidden("autosave")
        walk.send(walk.path("concern"), full, then_at=walk.path("request"))
        assert not AutosavedText.objects.exists()

    def test_kept_again_it_waits_in_the_draft(self, s01: Scene) -> None:
        walk = s01.at("concern")
        self.sent_signed_out(walk, "concern", **{"concern-facts": "A bruise"})
        walk.open("concern")
        keep(walk, "concern", as_it_stands(walk))
        assert not AutosavedText.objects.exists()
        assert walk.draft.pages["concern"].form_data["concern-facts"] == ["A bruise"]

    def test_saved_elsewhere_meanwhile_it_says_so(self, s01: Scene, now: datetime) -> None:
        walk = s01.at("concern")
        self.sent_signed_out(walk, "concern", **{"concern-facts": "The older text"})
        walk.skip(cases.s01(now), "concern")
        walk.open("concern")
        assert "saved somewhere else" in walk.text
        assert walk.shown()["concern-facts"] == ["The older text"]

    def test_started_afresh_the_newer_one_is_shown(self, s01: Scene, now: datetime) -> None:
        walk = s01.at("concern")
        self.sent_signed_out(walk, "concern", **{"concern-facts": "The older text"})
        walk.skip(cases.s01(now), "concern")
        walk.open("concern")
        walk.send(reverse("discard_autosave"), {"autosave": walk.hidden("autosave")}, then_at=walk.path("concern"))
        walk.open("concern")
        assert walk.shown()["concern-facts"] == [cases.s01(now)["concern"]["facts"]]

    def test_text_of_the_other_route_is_not_put_on_this_one(self, s01: Scene) -> None:
        walk = s01.at("check")
        self.sent_signed_out(walk, "legal_basis", page="reasons_not_to_share")
        walk.open("legal_basis")
        assert walk.hidden("page") == "legal_basis"
        assert "saved somewhere else" not in walk.text

    @pytest.mark.parametrize("closes", ["record", "delete"])
    def test_a_closed_draft_leaves_nothing_waiting(self, s01: Scene, closes: str) -> None:
        walk = s01.at("check")
        self.sent_signed_out(walk, "concern", **{"concern-facts": "Too late"})
        assert AutosavedText.objects.count() == 1
        walk.get(reverse("home"))
        walk.send(reverse(f"drafting:{closes}", args=[walk.decision.public_id]), {})
        assert not AutosavedText.objects.exists()


class TestSameAnswers:
    def test_empty_boxes_counts_and_line_ends_are_no_difference(self) -> None:
        one = QueryDict("a=x%0D%0Ay&b=&item-rows=3&version=4&opened=z&t=2&t=1")
        assert form_data.same_answers(one, QueryDict("a=x%0Ay&t=1&t=2"))
        assert not form_data.same_answers(one, QueryDict("a=x&t=1&t=2"))
        assert not form_data.same_answers(one, QueryDict("a=x%0Ay&t=1"))
