"""The supervisor's queue and review."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from accounts.actions import add_membership
from accounts.models import User
from accounts.roles import Role
from audit.models import LedgerEntry
from decisions.models import Decision
from drafting.actions import start
from families.models import Family
from reviews.models import Review, ReviewOutcome
from safeguarding.demo import stories
from tests.cast import Cast
from tests.decisions import closed
from tests.decisions.cases import recorded_twin
from tests.drafting import scenario_cases as cases
from tests.drafting.scenario_walk import Walk
from tests.in_turn import in_turn
from tests.pages import PageClient

# Which page says what is decided in Python: tests/test_access_matrix.py asks every address on each engine.
pytestmark = pytest.mark.sqlite

SignIn = Callable[[User], PageClient]
cast, now, family, decision = closed.cast, closed.now, closed.family, closed.decision


def review_path(decision: Decision) -> str:
    return reverse("reviews:review", args=[decision.public_id])


def on_page(walk: Walk, decision: Decision) -> Walk:
    walk.get(review_path(decision))
    return walk


class TestQueue:
    def test_longest_waiting_first(self, cast: Cast, decision: Decision, now: datetime, as_user: SignIn) -> None:
        made = [decision, *(recorded_twin(decision, at=now - timedelta(hours=hours)) for hours in (9, 5))]
        page = as_user(cast.supervisor).get(reverse("reviews:queue")).content.decode()
        places = [page.index(one.reference) for one in made]
        assert places[1] < places[2] < places[0]

    def test_holds_only_the_teams_one_supervises(self, cast: Cast, decision: Decision, as_user: SignIn) -> None:
        page = as_user(cast.stranger.supervisor).get(reverse("reviews:queue")).content.decode()
        assert decision.reference not in page
        assert "You have no decisions to review" in page

    @pytest.mark.usefixtures("decision")
    def test_holds_no_drafts_and_no_case_text(self, cast: Cast, family: Family, now: datetime, as_user: SignIn) -> None:
        draft = start(entry_route="DECIDING", team=cast.team, family=family, by=cast.practitioner, at=now)
        page = as_user(cast.supervisor).get(reverse("reviews:queue")).content.decode()
        assert draft.reference not in page
        typed = set(cases.words(stories.refused_and_shared(now))) | {person.name for person in stories.BRUISE_PEOPLE}
        assert [text for text in typed if text in page] == []

    def test_does_not_hold_ones_own(self, cast: Cast, decision: Decision, now: datetime, as_user: SignIn) -> None:
        """Somebody who both records and supervises cannot review themselves."""
        add_membership(user=cast.supervisor, team=cast.team, role=Role.PRACTITIONER, by=cast.administrator, at=now)
        both = User.objects.get(pk=cast.supervisor.pk)
        own = recorded_twin(decision, at=now, by=both)
        client = as_user(both)
        assert own.reference not in client.get(reverse("reviews:queue")).content.decode()
        for answer in (client.get(review_path(own)), client.post(review_path(own), {"outcome": "AGREED"})):
            assert answer.status_code == 403
        assert not Review.objects.exists()
        assert review_path(own) not in client.get(reverse("decisions:detail", args=[own.public_id])).content.decode()


class TestReview:
    @pytest.mark.in_turn(2)
    @pytest.mark.parametrize("outcome", ReviewOutcome.values)
    def test_stands_beside_the_decision(self, cast: Cast, decision: Decision, as_user: SignIn, outcome: str) -> None:
        walk = on_page(Walk(cast.supervisor, decision, signed_in=True), decision)
        said = {"outcome": outcome, "comment": "You showed your reasons well."}
        walk.send(review_path(decision), said, then_at=walk.detail_path)
        review = Review.objects.get()
        assert (review.outcome, review.reviewer, review.decision) == (outcome, cast.supervisor, decision)
        page = as_user(cast.practitioner).get(walk.detail_path).content.decode()
        assert "You showed your reasons well." in page
        assert ReviewOutcome(outcome).label in page
        entry = LedgerEntry.objects.get(event="decision.reviewed")
        assert (entry.object_repr, entry.additional_data) == (decision.reference, {"outcome": outcome, "round": 1})

    def test_what_needs_words_or_a_choice_is_refused_and_shown_again(self, cast: Cast, decision: Decision) -> None:
        walk = on_page(Walk(cast.supervisor, decision, signed_in=True), decision)
        others = [one for one in ReviewOutcome.values if one != "AGREED"]
        wordless = [{"outcome": outcome, "comment": comment} for comment in ("", "   ") for outcome in others]
        unchosen = [{}, {"outcome": "FORGED"}, {"comment": "Only words"}]
        for sent in (*in_turn(wordless), *unchosen):
            walk.send(review_path(decision), sent, status=422)
            assert walk.errors
            if sent in wordless:
                assert walk.shown()["outcome"] == [sent["outcome"]]
            else:
                assert walk.shown().get("comment", [""]) == [sent.get("comment", "")]
        assert not Review.objects.exists()
        walk.send(review_path(decision), {"outcome": "AGREED", "comment": "x" * 2001}, status=422)
        assert walk.shown()["comment"] == ["x" * 2001]
        assert "2,000" in " ".join(walk.errors)

    def test_a_second_one_is_told_that_there_is_one(self, cast: Cast, decision: Decision) -> None:
        """Two supervisors at once, or a double click: the first stands, and the second's words are not lost."""
        first = on_page(Walk(cast.supervisor, decision, signed_in=True), decision)
        second = on_page(Walk(cast.supervisor, decision, signed_in=True), decision)
        first.send(review_path(decision), {"outcome": "AGREED"})
        second.send(review_path(decision), {"outcome": "DISAGREED", "comment": "Why not wait?"}, status=409)
        assert second.shown()["comment"] == ["Why not wait?"]
        assert "has already reviewed this decision" in second.text
        assert Review.objects.get().outcome == "AGREED"

    def test_pressed_twice_is_one_review_and_changes_nothing_in_the_decision(
        self, cast: Cast, decision: Decision
    ) -> None:
        """The second press of one's own is not somebody else's review."""
        before = Decision.objects.filter(pk=decision.pk).values().get()
        first = on_page(Walk(cast.supervisor, decision, signed_in=True), decision)
        second = on_page(Walk(cast.supervisor, decision, signed_in=True), decision)
        said = {"outcome": "DISAGREED", "comment": "Why not wait?"}
        for walk in (first, second):
            walk.send(review_path(decision), said, then_at=walk.detail_path)
        assert Review.objects.get().comment == "Why not wait?"
        assert LedgerEntry.objects.filter(event="decision.reviewed").count() == 1
        assert Decision.objects.filter(pk=decision.pk).values().get() == before

    def test_agreeing_needs_no_words_and_opened_again_it_leads_to_the_one_that_stands(
        self, cast: Cast, decision: Decision
    ) -> None:
        walk = on_page(Walk(cast.supervisor, decision, signed_in=True), decision)
        walk.send(review_path(decision), {"outcome": "AGREED"}, then_at=walk.detail_path)
        answer = walk.client.get(review_path(decision))
        assert (answer.status_code, answer.headers["Location"]) == (302, walk.detail_path)

    def test_what_to_look_at_first_comes_before_the_record(self, cast: Cast, now: datetime) -> None:
        """A finding that does not stand in the way of recording is what the supervisor sees first."""
        story = cases.s03(now)
        mother = stories.FEAR_PEOPLE[1].name
        chosen = {"l2": ["ART9_G"], "schedule1": ["S1_P18"], "p18_reason": "CANNOT_GIVE", "p18_text": "Frightened."}
        basis = {**story["legal_basis"], "sensitive": {**story["legal_basis"]["sensitive"], mother: chosen}}
        made = cases.begin_at("check", cases.S03, {**story, "legal_basis": basis}, cast, now).record()
        walk = on_page(Walk(cast.supervisor, made, signed_in=True), made)
        first = walk.text.index("Check this first")
        assert first < walk.text.index("paragraph 18 is for sharing without consent") < walk.text.index("Your review")
