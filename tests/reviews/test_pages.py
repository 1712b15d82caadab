"""The supervisor's room and the author's answers, as pages."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions import add_cover, add_membership, deactivate
from accounts.models import User
from accounts.roles import Role
from decisions.models import Decision
from decisions.presenters.people_on_lists import who
from reviews.actions import assign
from reviews.due_dates import TARGET
from reviews.models import Assignment, Reply, Review, ReviewOutcome, SecondLook
from safeguarding.demo import stories
from tests.cast import Cast
from tests.decisions import closed
from tests.decisions.cases import recorded_twin
from tests.drafting import scenario_cases as cases
from tests.drafting.scenario_walk import Walk
from tests.in_turn import in_turn
from tests.pages import Page, PageClient, parsed
from tests.reviews.people import answer, give, supervisors
from tests.shared import undone

# Which page says what is decided in Python: tests/test_access_matrix.py asks every address on each engine.
pytestmark = pytest.mark.sqlite

SignIn = Callable[[User], PageClient]
QUEUE = reverse("reviews:queue")
cast, now, decision = closed.cast, closed.now, closed.decision
A, W, R, D = ReviewOutcome.AGREED, ReviewOutcome.AGREED_WITH_ADVICE, ReviewOutcome.RETURNED, ReviewOutcome.DISAGREED


def at(name: str, row: Decision | Review) -> str:
    return reverse(f"reviews:{name}", args=[row.public_id])


def detail(decision: Decision) -> str:
    return reverse("decisions:detail", args=[decision.public_id])


def text(client: PageClient, path: str) -> str:
    return parsed(client.get(path).content.decode()).root.text


def lines(client: PageClient) -> str:
    """Of the log, without its filters."""
    [table] = parsed(client.get(reverse("decisions:log")).content.decode()).all("table")
    return table.text


class TestQueue:
    def test_says_how_long_and_what_is_overdue(
        self, cast: Cast, decision: Decision, now: datetime, as_user: SignIn
    ) -> None:
        old, new = recorded_twin(decision, at=now - timedelta(days=21)), decision
        page = text(as_user(cast.supervisor), QUEUE)
        assert page.index(old.reference) < page.index("Overdue") < page.index(new.reference)
        assert page.count("Overdue") == 1
        assert f"Review within {TARGET} working days" in page
        assert "working days" in page[page.index(old.reference) : page.index(new.reference)]
        # How many warnings, who and which team.
        assert f"{decision.author_name}, {decision.team_name}" in page
        assert "Not assigned" in page

    def test_mine_leaves_out_what_is_asked_of_others(
        self, cast: Cast, decision: Decision, now: datetime, as_user: SignIn
    ) -> None:
        [other] = supervisors(cast, 1)
        theirs, mine, nobodys = recorded_twin(decision, at=now), recorded_twin(decision, at=now), decision
        assign(decision=theirs, to=other, reason="", by=cast.supervisor, at=now)
        assign(decision=mine, to=cast.supervisor, reason="", by=cast.supervisor, at=now)
        client = as_user(cast.supervisor)
        page = text(client, f"{QUEUE}?show=mine")
        assert [one.reference in page for one in (theirs, mine, nobodys)] == [False, True, True]
        page = text(client, QUEUE)
        assert other.full_name in page
        assert [one.reference in page for one in (theirs, mine, nobodys)] == [True, True, True]

    @pytest.mark.in_turn(2)
    @pytest.mark.parametrize("show", ["", "nonsense", "\x00", "x" * 4000])
    def test_any_other_filter_shows_all(self, cast: Cast, decision: Decision, as_user: SignIn, show: str) -> None:
        answer = as_user(cast.supervisor).get(QUEUE, {"show": show})
        assert answer.status_code == 200
        assert decision.reference in answer.content.decode()

    def test_a_question_leaves_it_and_its_answer_brings_it_back(
        self, cast: Cast, decision: Decision, now: datetime, as_user: SignIn
    ) -> None:
        client = as_user(cast.supervisor)
        asked = give(decision, cast.supervisor, R, 1, now)
        assert decision.reference not in text(client, QUEUE)
        answer(asked, now)
        page = text(client, QUEUE)
        assert decision.reference in page
        assert "Again" in page

    def test_the_log_says_who_has_to_act_next(
        self, cast: Cast, decision: Decision, now: datetime, as_user: SignIn
    ) -> None:
        client = as_user(cast.supervisor)
        assert "To be reviewed" in lines(client)
        asked = give(decision, cast.supervisor, R, 1, now)
        for page in (lines(client), lines(as_user(cast.practitioner))):
            assert "Sent back for clarification" in page
            assert "To be reviewed" not in page
        answer(asked, now)
        page = lines(client)
        assert "To be reviewed" in page
        assert "Sent back for clarification" not in page

    def test_a_disagreement_leaves_it_for_who_gave_it_only(
        self, cast: Cast, decision: Decision, now: datetime, as_user: SignIn
    ) -> None:
        [other] = supervisors(cast, 1)
        give(decision, cast.supervisor, D, 1, now)
        assert decision.reference not in text(as_user(cast.supervisor), QUEUE)
        assert decision.reference in text(as_user(other), QUEUE)

    def test_cover_shows_another_teams(self, cast: Cast, decision: Decision, now: datetime, as_user: SignIn) -> None:
        [helper] = supervisors(cast, 1, team=cast.other_team_row)
        assert decision.reference not in text(as_user(helper), QUEUE)
        today = timezone.localdate()
        add_cover(
            team=cast.team, user=helper, starts_on=today, ends_on=today, why="away", by=cast.administrator, at=now
        )
        helper = User.objects.get(pk=helper.pk)
        assert decision.reference in text(as_user(helper), QUEUE)
        assert "In short" in text(as_user(helper), at("review", decision))


@pytest.fixture(scope="module")
def review_page(cast: Cast, decision: Decision) -> Page:
    with undone():
        client = PageClient()
        client.force_login(cast.supervisor)
        return parsed(client.get(at("review", decision)).content.decode())


class TestReviewPage:
    def test_first_the_warnings_then_in_short_then_the_form_then_all_of_it(self, review_page: Page) -> None:
        page = review_page.root.text
        places = [page.index(words) for words in ("In short", "Your review", "Record this review", "Full record")]
        assert places == sorted(places)
        assert page.index("Questions to ask yourself") > 0

    def test_in_short_are_the_reasons_and_what_they_said(self, decision: Decision, review_page: Page) -> None:
        page = review_page.root.text
        short = page[page.index("In short") : page.index("Your review")]
        for words in (decision.why_now, decision.why_outweighs, decision.why_no_more):
            assert words
            assert words in short
        for person in decision.people.all():
            assert person.name in short

    def test_everything_stands_folded_below(self, decision: Decision, review_page: Page) -> None:
        folded = [one for one in review_page.all("details") if "Full record" in one.text]
        assert len(folded) == 1
        assert decision.risk_if_not in folded[0].text

    def test_the_next_is_one_press_away(self, cast: Cast, decision: Decision, now: datetime) -> None:
        """Twenty in a row: each press records one review and opens the one that waits longest."""
        made = [*(recorded_twin(decision, at=now - timedelta(hours=hours)) for hours in (3, 2)), decision]
        walk = Walk(cast.supervisor, signed_in=True)
        walk.get(at("review", made[0]))
        assert "2 other decisions to review" in walk.text
        for this, then in ((made[0], at("review", made[1])), (made[1], at("review", made[2]))):
            walk.send(at("review", this), {"outcome": A, "number": "1", "then": "next"}, then_at=then)
            walk.get(walk.at)
            assert f"Your review of {this.reference} has been recorded" in walk.text
        assert "Record it and open the next" not in walk.text
        walk.send(at("review", made[2]), {"outcome": A, "number": "1", "then": "next"}, then_at=QUEUE)
        assert Review.objects.count() == 3

    @pytest.mark.in_turn(3)
    @pytest.mark.parametrize("number", ["", "x", "0", "-1", "7", "9" * 30, "9" * 5000, "\x00", "\uff11"])
    def test_a_forged_round_is_no_server_error(
        self, cast: Cast, decision: Decision, as_user: SignIn, number: str
    ) -> None:
        answer = as_user(cast.supervisor).post(at("review", decision), {"outcome": A, "number": number})
        assert answer.status_code in {302, 404}
        assert Review.objects.count() == (1 if answer.status_code == 302 else 0)

    def test_a_second_round_shows_what_was_said(self, cast: Cast, decision: Decision, now: datetime) -> None:
        answer(give(decision, cast.supervisor, R, 1, now, "Who was with him?"), now, "The class teacher.")
        walk = Walk(cast.supervisor, decision, signed_in=True)
        walk.get(at("review", decision))
        assert walk.text.index("Who was with him?") < walk.text.index("The class teacher.")
        assert walk.text.index("The class teacher.") < walk.text.index("Your review")
        assert walk.hidden("number") == "2"
        walk.send(at("review", decision), {"outcome": A, "number": "2"}, then_at=detail(decision))
        assert [one.outcome for one in Review.objects.order_by("round")] == [R, A]

    def test_after_ones_own_disagreement_it_leads_to_the_decision(
        self, cast: Cast, decision: Decision, now: datetime, as_user: SignIn
    ) -> None:
        give(decision, cast.supervisor, D, 1, now)
        client = as_user(cast.supervisor)
        answer = client.get(at("review", decision))
        assert (answer.status_code, answer.headers["Location"]) == (302, detail(decision))
        assert "another supervisor must review it too" in text(client, detail(decision))
        assert client.post(at("review", decision), {"outcome": A, "number": "2"}).status_code == 403
        assert Review.objects.count() == 1

    @pytest.mark.in_turn(2)
    @pytest.mark.parametrize("outcome", [A, W, R])
    def test_no_review_is_given_when_none_is_waited_for(
        self, cast: Cast, decision: Decision, now: datetime, as_user: SignIn, outcome: str
    ) -> None:
        [other] = supervisors(cast, 1)
        give(decision, cast.supervisor, outcome, 1, now)
        client = as_user(other)
        assert client.get(at("review", decision)).status_code == 302
        assert client.post(at("review", decision), {"outcome": A, "number": "2"}).status_code == 404
        assert Review.objects.count() == 1


class TestOnTheDecision:
    def test_question_and_answer_stand_together(
        self, cast: Cast, decision: Decision, now: datetime, as_user: SignIn
    ) -> None:
        client = as_user(cast.practitioner)
        asked = give(decision, cast.supervisor, R, 1, now, "Who was with him?")
        page = text(client, detail(decision))
        assert "Waiting for the author to reply" in page
        assert "Reply to this request" in page
        answer(asked, now, "The class teacher.")
        page = text(client, detail(decision))
        assert page.index("Who was with him?") < page.index("The class teacher.")
        assert "Reply to this request" not in page
        assert "is waiting for the next review" in page

    def test_only_the_author_is_asked_to_answer(
        self, cast: Cast, decision: Decision, now: datetime, as_user: SignIn
    ) -> None:
        give(decision, cast.supervisor, R, 1, now, "Who was with him?")
        for user in (cast.teammate, cast.supervisor):
            page = text(as_user(user), detail(decision))
            assert "Who was with him?" in page
            assert "Reply to this request" not in page

    def test_agreement_offers_no_reply(self, cast: Cast, decision: Decision, now: datetime, as_user: SignIn) -> None:
        give(decision, cast.supervisor, A, 1, now)
        assert "Reply to this" not in text(as_user(cast.practitioner), detail(decision))

    def test_advice_offers_one(self, cast: Cast, decision: Decision, now: datetime, as_user: SignIn) -> None:
        give(decision, cast.supervisor, W, 1, now)
        assert "Reply to this" in text(as_user(cast.practitioner), detail(decision))

    def test_a_disagreement_does_and_with_nobody_there_says_whom_to_ask(
        self, cast: Cast, decision: Decision, now: datetime, as_user: SignIn
    ) -> None:
        give(decision, cast.supervisor, D, 1, now)
        page = text(as_user(cast.practitioner), detail(decision))
        assert "Reply to this" in page
        assert "An administrator can ask" in page

    def test_supervisors_are_led_to_the_review(self, cast: Cast, decision: Decision, as_user: SignIn) -> None:
        assert "Review this decision" in text(as_user(cast.supervisor), detail(decision))
        assert "Review this decision" not in text(as_user(cast.practitioner), detail(decision))


class TestReply:
    @pytest.fixture
    def asked(self, cast: Cast, decision: Decision, now: datetime) -> Review:
        return give(decision, cast.supervisor, R, 1, now, "Who was with him?")

    def test_stands_beside_the_review(self, cast: Cast, decision: Decision, asked: Review) -> None:
        walk = Walk(cast.practitioner, decision, signed_in=True)
        walk.get(at("reply", asked))
        assert "Who was with him?" in walk.text
        assert who([decision])[decision.pk].words in walk.text
        walk.send(at("reply", asked), {"text": "The class teacher."}, then_at=detail(decision))
        walk.get(walk.at)
        assert "The class teacher." in walk.text
        assert Reply.objects.get().text == "The class teacher."

    def test_what_cannot_be_kept_says_why_and_is_shown(self, cast: Cast, decision: Decision, asked: Review) -> None:
        walk = Walk(cast.practitioner, decision, signed_in=True)
        walk.get(at("reply", asked))
        for words in ("", *in_turn(["   ", "x" * 2001, "a\x00b"])):
            walk.send(at("reply", asked), {"text": words}, status=422)
            assert walk.errors
        assert not Reply.objects.exists()

    def test_a_second_one_is_told_and_keeps_its_text(self, cast: Cast, decision: Decision, asked: Review) -> None:
        first = Walk(cast.practitioner, decision, signed_in=True)
        second = Walk(cast.practitioner, decision, signed_in=True)
        for walk in (first, second):
            walk.get(at("reply", asked))
        first.send(at("reply", asked), {"text": "The class teacher."}, then_at=detail(decision))
        second.send(at("reply", asked), {"text": "The head."}, status=409)
        assert second.shown()["text"] == ["The head."]
        assert "You have already replied in another window" in second.text
        second.send(at("reply", asked), {"text": "The class teacher."}, then_at=detail(decision))

    def test_opened_again_leads_to_the_decision(
        self, cast: Cast, decision: Decision, asked: Review, now: datetime, as_user: SignIn
    ) -> None:
        answer(asked, now)
        got = as_user(cast.practitioner).get(at("reply", asked))
        assert (got.status_code, got.headers["Location"]) == (302, detail(decision))

    def test_nobody_elses(self, cast: Cast, asked: Review, as_user: SignIn) -> None:
        for user in (cast.teammate, cast.supervisor, cast.other_team):
            client = as_user(user)
            assert client.get(at("reply", asked)).status_code == 404, user
            assert client.post(at("reply", asked), {"text": "I know."}).status_code == 404, user

    def test_not_to_agreement_and_not_to_nothing(
        self, cast: Cast, decision: Decision, now: datetime, as_user: SignIn
    ) -> None:
        agreed = give(decision, cast.supervisor, A, 1, now)
        client = as_user(cast.practitioner)
        assert client.get(at("reply", agreed)).status_code == 404
        assert client.get(reverse("reviews:reply", args=[uuid4()])).status_code == 404
        assert client.delete(at("reply", agreed)).status_code == 405


class TestAssign:
    def test_hands_it_to_another(self, cast: Cast, decision: Decision) -> None:
        [other] = supervisors(cast, 1)
        walk = Walk(cast.supervisor, decision, signed_in=True)
        walk.get(at("assign", decision))
        assert "Me" in walk.text
        sent = {"to": str(other.public_id), "reason": "I am away from Monday"}
        walk.send(at("assign", decision), sent, then_at=QUEUE)
        row = Assignment.objects.get()
        assert (row.reviewer, row.assigned_by, row.reason) == (other, cast.supervisor, "I am away from Monday")

    def test_shows_no_case_text(self, cast: Cast, decision: Decision, now: datetime, as_user: SignIn) -> None:
        page = text(as_user(cast.supervisor), at("assign", decision))
        typed = set(cases.words(stories.refused_and_shared(now))) | {person.name for person in stories.BRUISE_PEOPLE}
        # To whom it goes stands above the heading, as on the line of the queue.
        listed = {recipient.name for recipient in decision.recipients.all()}
        assert [words for words in typed - listed if words in page] == []

    def test_only_somebody_offered(self, cast: Cast, decision: Decision) -> None:
        walk = Walk(cast.supervisor, decision, signed_in=True)
        walk.get(at("assign", decision))
        for to in (cast.stranger.supervisor.public_id, cast.practitioner.public_id, *in_turn(["", "x", "\x00"], 3)):
            walk.send(at("assign", decision), {"to": str(to), "reason": "Kept all the same"}, status=422)
            assert walk.errors
            assert walk.shown()["reason"] == ["Kept all the same"]
        assert not Assignment.objects.exists()
        # A reason says how long it may be.
        sent = {"to": str(cast.supervisor.public_id), "reason": "x" * 201}
        walk.send(at("assign", decision), sent, status=422)
        assert "200" in " ".join(walk.errors)

    def test_with_nobody_left_it_says_whom_to_ask(
        self, cast: Cast, decision: Decision, now: datetime, as_user: SignIn
    ) -> None:
        give(decision, cast.supervisor, D, 1, now)
        assert "Ask your administrator" in text(as_user(cast.supervisor), at("assign", decision))

    def test_not_ones_own(self, cast: Cast, decision: Decision, now: datetime, as_user: SignIn) -> None:
        add_membership(user=cast.practitioner, team=cast.team, role=Role.SUPERVISOR, by=cast.administrator, at=now)
        client = as_user(User.objects.get(pk=cast.practitioner.pk))
        assert client.get(at("assign", decision)).status_code == 403
        assert client.post(at("assign", decision), {}).status_code == 403


@pytest.fixture(scope="class")
def old(cast: Cast, decision: Decision, now: datetime) -> Iterator[int]:
    """Recorded a fortnight ago, for the tests of one class."""
    with undone():
        yield recorded_twin(decision, at=now - timedelta(days=14)).pk


class TestSecondLook:
    @pytest.fixture
    def alone(self, cast: Cast, old: int, now: datetime) -> Decision:
        """The only supervisor has left."""
        deactivate(user=cast.supervisor, by=cast.administrator, at=now)
        found: Decision = Decision.objects.recorded().get(pk=old)
        return found

    def test_is_offered_and_stands_for_what_it_is(self, cast: Cast, alone: Decision) -> None:
        walk = Walk(cast.practitioner, alone, signed_in=True)
        walk.get(detail(alone))
        assert "No other reviewer: take a second look by" in walk.text
        assert "Take a second look" in walk.text
        walk.get(at("second_look", alone))
        for words in ("", "  ", "x" * 2001):
            walk.send(at("second_look", alone), {"text": words}, status=422)
            assert walk.errors
        assert not SecondLook.objects.exists()
        walk.send(at("second_look", alone), {"text": "I would ring sooner."}, then_at=detail(alone))
        walk.get(walk.at)
        assert "own second look, not a review" in walk.text
        assert "I would ring sooner." in walk.text
        assert "Not reviewed yet" in walk.text
        assert "Take a second look" not in walk.text

    def test_today_it_is_told_and_not_yet_offered(
        self, cast: Cast, decision: Decision, now: datetime, as_user: SignIn
    ) -> None:
        deactivate(user=cast.supervisor, by=cast.administrator, at=now)
        client = as_user(cast.practitioner)
        page = text(client, detail(decision))
        assert "No other reviewer: take a second look by" in page
        assert "Take a second look" not in page
        got = client.get(at("second_look", decision))
        assert (got.status_code, got.headers["Location"]) == (302, detail(decision))
        sent = client.post(at("second_look", decision), {"text": "Typed too soon."})
        assert sent.status_code == 409
        assert "Typed too soon." in sent.content.decode()
        assert not SecondLook.objects.exists()

    def test_is_no_answer_to_anybody_elses(self, cast: Cast, alone: Decision, as_user: SignIn) -> None:
        client = as_user(cast.teammate)
        assert "Take a second look" not in text(client, detail(alone))
        assert client.get(at("second_look", alone)).status_code == 404

    def test_a_second_one_is_told_and_keeps_its_text(self, cast: Cast, alone: Decision) -> None:
        first, second = (Walk(cast.practitioner, alone, signed_in=True) for _ in range(2))
        for walk in (first, second):
            walk.get(at("second_look", alone))
        first.send(at("second_look", alone), {"text": "I would ring sooner."})
        second.send(at("second_look", alone), {"text": "I would wait."}, status=409)
        assert second.shown()["text"] == ["I would wait."]
        assert SecondLook.objects.get().text == "I would ring sooner."
