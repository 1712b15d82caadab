"""Whose turn it is, from what was said; and the queue, which asks the database, says the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from accounts.compiled_queries import CompiledQuery
from accounts.models import User
from decisions.models import Decision
from decisions.presenters.in_short import REVIEW_STATES
from reviews.models import Reply, Review, ReviewOutcome
from reviews.queries import awaiting_review_by, reviews_of
from reviews.review_state import State, already_reviewed_by, review_state
from tests.decisions.cases import Case
from tests.reviews.people import HOUR, answer, give, supervisors

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
A, W, R, D = ReviewOutcome.AGREED, ReviewOutcome.AGREED_WITH_ADVICE, ReviewOutcome.RETURNED, ReviewOutcome.DISAGREED


def said(*reviews_given: str, answered: tuple[int, ...] = ()) -> list[Review]:
    """Reviews by person 1, 2, 3 and so on, a day apart; rounds whose question was answered twelve hours later."""
    made = []
    for number, outcome in enumerate(reviews_given, 1):
        at = AT + timedelta(days=number)
        review = Review(pk=number, round=number, outcome=outcome, reviewer_id=number, given_at=at)
        reply = Reply(review=review, written_at=at + 12 * HOUR) if number in answered else None
        review._state.fields_cache["reply"] = reply  # as when read with it
        made.append(review)
    return made


def test_a_decision_in_short_has_words_for_every_outcome() -> None:
    """The decisions app may not import the outcomes, so nothing else holds the two lists together."""
    assert set(REVIEW_STATES) == set(ReviewOutcome.values)


class TestStanding:
    def test_nothing_said_waits_since_it_was_recorded(self) -> None:
        now = review_state(AT, [])
        assert (now.state, now.number, now.since, now.is_open) == (State.WAITING, 1, AT, True)

    @pytest.mark.parametrize("outcome", [A, W])
    def test_agreement_closes(self, outcome: str) -> None:
        now = review_state(AT, said(outcome))
        assert (now.state, now.is_open) == (State.CLOSED, False)

    def test_a_question_waits_for_the_author(self) -> None:
        now = review_state(AT, said(R))
        assert (now.state, now.number, now.is_open) == (State.SENT_BACK, 1, False)

    def test_an_answer_opens_the_next_round(self) -> None:
        now = review_state(AT, said(R, answered=(1,)))
        assert (now.state, now.number, now.since) == (State.WAITING, 2, AT + timedelta(days=1, hours=12))

    def test_a_disagreement_goes_up(self) -> None:
        now = review_state(AT, said(D))
        assert (now.state, now.number, now.since) == (State.ESCALATED, 2, AT + timedelta(days=1))

    def test_a_reply_to_a_disagreement_changes_nothing_of_that(self) -> None:
        assert review_state(AT, said(D, answered=(1,))) == review_state(AT, said(D))

    def test_a_second_disagreement_closes(self) -> None:
        assert review_state(AT, said(D, D)).state == State.CLOSED
        assert review_state(AT, said(D, R, D, answered=(2,))).state == State.CLOSED

    @pytest.mark.parametrize("outcome", [A, W])
    def test_agreement_after_a_disagreement_closes(self, outcome: str) -> None:
        assert review_state(AT, said(D, outcome)).state == State.CLOSED

    def test_a_question_after_a_disagreement_waits_for_the_author(self) -> None:
        assert review_state(AT, said(D, R)).state == State.SENT_BACK
        assert review_state(AT, said(D, R, answered=(2,))).state == State.WAITING


class TestSpoken:
    def test_nobody_before_a_disagreement(self) -> None:
        assert already_reviewed_by(said(R, R, answered=(1, 2))) == set()

    def test_everybody_up_to_it(self) -> None:
        assert already_reviewed_by(said(R, D, answered=(1,))) == {1, 2}

    def test_nobody_after_it(self) -> None:
        assert already_reviewed_by(said(D, R, answered=(2,))) == {1}

    def test_both_who_disagreed(self) -> None:
        assert already_reviewed_by(said(D, R, D, answered=(2,))) == {1, 2, 3}


@dataclass
class Path:
    """What was said so far, as letters; a small r is a question that was answered."""

    letters: str

    @property
    def is_open(self) -> bool:
        return self.letters[-1:] in {"", "r"} or (self.letters[-1:] == "D" and self.letters.count("D") == 1)


def walked(case: Case, people: list[User], path: Path, at: datetime) -> Iterator[Path]:
    """Every way on from here, three rounds deep, each really taken."""
    yield path
    number = len(path.letters) + 1
    if not path.is_open or number > len(people) - 1:
        return
    for letter, outcome in (("A", A), ("W", W), ("R", R), ("r", R), ("D", D)):
        with transaction.atomic():
            review = give(case.decision, people[number - 1], outcome, number, at)
            if letter == "r":
                answer(review, at + HOUR)
            yield from walked(case, people, Path(path.letters + letter), at + 3 * HOUR)
            transaction.set_rollback(True)


# Composed once, as for the home page: there is one decision.
AWAITING = CompiledQuery(Decision, awaiting_review_by)


def test_the_queue_says_the_same(closed: Case) -> None:
    """Whether somebody must look, since when, and who of them has not spoken yet."""
    people = supervisors(closed.cast, 4)
    tried = 0
    for path in walked(closed, people, Path(""), closed.at + HOUR):
        reviews = reviews_of(closed.decision)
        now, spoken = review_state(closed.decision.recorded_at or closed.at, reviews), already_reviewed_by(reviews)
        assert now.is_open == path.is_open, path
        for one in people:
            waiting = next(iter(AWAITING.rows(one)), None)
            assert (waiting is not None) == (path.is_open and one.pk not in spoken), (path, one.full_name)
            assert waiting is None or waiting.waiting_since == now.since, path  # type: ignore[attr-defined]  # the query's own column
        tried += 1
    assert tried > 30
