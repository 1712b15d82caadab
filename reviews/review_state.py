"""The state of a decision's reviews: what is due next, and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from reviews.models import Reply, Review, ReviewOutcome


class State(StrEnum):
    WAITING = "waiting"  # for a review
    SENT_BACK = "sent_back"  # for clarification by the author
    ESCALATED = "escalated"  # for the review of another supervisor
    CLOSED = "closed"


@dataclass(frozen=True)
class ReviewState:
    """`number` is the current round, or the last; `since` is when it was opened, or closed."""

    state: State
    number: int
    since: datetime

    @property
    def is_open(self) -> bool:
        return self.state in {State.WAITING, State.ESCALATED}


def review_state(recorded_at: datetime, reviews: Sequence[Review]) -> ReviewState:
    """From all reviews of one decision in order, prefetched with their replies. Costs no query."""
    if not reviews:
        return ReviewState(State.WAITING, 1, recorded_at)
    last = reviews[-1]
    answer = reply_to(last)
    if last.outcome == ReviewOutcome.RETURNED:
        if answer:
            return ReviewState(State.WAITING, last.round + 1, answer.written_at)
        return ReviewState(State.SENT_BACK, last.round, last.given_at)
    if last.outcome == ReviewOutcome.DISAGREED and not _disagreed(reviews[:-1]):
        return ReviewState(State.ESCALATED, last.round + 1, last.given_at)
    return ReviewState(State.CLOSED, last.round, last.given_at)


def already_reviewed_by(reviews: Sequence[Review]) -> set[int]:
    """Who may not review again: everybody who reviewed up to the disagreement that escalated it."""
    rounds = [review.round for review in _disagreed(reviews)]
    return {review.reviewer_id for review in reviews if rounds and review.round <= max(rounds)}


def reply_to(review: Review) -> Reply | None:
    found: Reply | None = getattr(review, "reply", None)
    return found


def _disagreed(reviews: Sequence[Review]) -> list[Review]:
    return [review for review in reviews if review.outcome == ReviewOutcome.DISAGREED]
