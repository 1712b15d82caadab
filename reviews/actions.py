from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from accounts.access import require
from accounts.models import User
from accounts.roles import Permission
from audit import ledger
from decisions.indexing import index_added
from decisions.models import Decision
from reviews.models import Assignment, Reply, Review, ReviewOutcome, SecondLook
from reviews.queries import may_review, reviews_of, second_look_due
from reviews.review_state import already_reviewed_by, review_state


class AlreadyReviewed(Exception):
    """Another supervisor has already reviewed this round."""


class AlreadyWritten(Exception):
    """The author has already written a reply or a second look with different text."""


def record_review(*, decision: Decision, outcome: str, comment: str, number: int = 1, by: User, at: datetime) -> Review:
    """Record a supervisor's review of a recorded decision, in the round that was open when they loaded the page.

    Submitting the same review twice returns the first one, so a double click is harmless.
    Raises PermissionDenied for the reviewer's own decision and after their own disagreement, Http404 for a decision
    they may not see or that has no open round, and AlreadyReviewed when another review of this round came first.
    """
    require(by, Permission.REVIEW_DECISIONS)
    with ledger.recording(actor=by, at=at):
        locked = _lock(Decision.objects.supervised_by(by), decision)
        if locked.author_id == by.pk:
            raise PermissionDenied
        reviews = reviews_of(locked)
        existing = next((row for row in reviews if row.round == number), None)
        if existing:
            return _same(existing, outcome, comment, by)
        _refuse_out_of_turn(locked, reviews, number, by)
        review = Review(
            organisation_id=locked.organisation_id, decision=locked, round=number, reviewer=by,
            reviewer_name=by.name_on_record, outcome=outcome, comment=comment, given_at=at,
        )  # fmt: skip
        review.save()
        index_added(locked, review)
        _enter(locked, "decision.reviewed", {"outcome": outcome, "round": number})
        return review


def reply(*, review: Review, text: str, by: User, at: datetime) -> Reply:
    """Add the author's reply to a review that is not plain agreement; a reply to a question opens the next round.

    Raises AlreadyWritten when they have already replied with different text.
    """
    require(by, Permission.RECORD_DECISIONS)
    with ledger.recording(actor=by, at=at):
        locked = _lock(_own(by), review.decision)
        row = next((row for row in reviews_of(locked) if row.pk == review.pk), None)
        if row is None or row.outcome == ReviewOutcome.AGREED:
            raise Http404
        existing: Reply | None = getattr(row, "reply", None)
        if existing:
            if existing.text != text:
                raise AlreadyWritten
            return existing
        answer = Reply(
            organisation_id=locked.organisation_id, review=row, author=by, author_name=by.name_on_record, text=text,
            written_at=at,
        )  # fmt: skip
        answer.save()
        index_added(locked, answer)
        _enter(locked, "decision.replied", {"round": row.round})
        return answer


def assign(*, decision: Decision, to: User, reason: str, by: User, at: datetime) -> Assignment:
    """Assign the next review to somebody. Everybody else who may review the decision still may.

    The author cannot choose a reviewer. Raises ValidationError where `to` cannot review it, or no round is open.
    """
    require(by, Permission.REVIEW_DECISIONS)
    with ledger.recording(actor=by, at=at):
        locked = _lock(Decision.objects.supervised_by(by), decision)
        if locked.author_id == by.pk:
            raise PermissionDenied
        reviews = reviews_of(locked)
        if not review_state(locked.recorded_at or at, reviews).is_open:
            raise ValidationError({"to": "This decision is not waiting for review now."})
        if to.pk not in {user.pk for user in may_review(locked, timezone.localdate(at), reviews)}:
            raise ValidationError({"to": "Choose someone from the list. This person cannot review this decision now."})
        row = Assignment(
            organisation_id=locked.organisation_id, decision=locked, reviewer=to, reviewer_name=to.name_on_record,
            assigned_by=by, assigned_by_name=by.name_on_record, reason=reason, at=at,
        )  # fmt: skip
        row.save()
        _enter(locked, "decision.assigned", {"reviewer": to.pk})
        return row


def add_second_look(*, decision: Decision, text: str, by: User, at: datetime) -> SecondLook:
    """Add the author's own second look, from the next working day, while nobody else may review. It is not a review.

    Raises AlreadyWritten when there is one with different text.
    """
    require(by, Permission.RECORD_DECISIONS)
    with ledger.recording(actor=by, at=at):
        locked = _lock(_own(by), decision)
        existing = SecondLook.objects.filter(decision=locked).first()
        if existing:
            if existing.text != text:
                raise AlreadyWritten
            return existing
        if not may_add_second_look(locked, at):
            raise Http404
        look = SecondLook(
            organisation_id=locked.organisation_id, decision=locked, author=by, author_name=by.name_on_record,
            text=text, written_at=at,
        )  # fmt: skip
        look.save()
        index_added(locked, look)
        _enter(locked, "decision.second_look_added", {})
        return look


def may_add_second_look(decision: Decision, at: datetime) -> bool:
    day = timezone.localdate(at)
    if decision.recorded_at is None or day < second_look_due(decision.recorded_at):
        return False
    return not reviews_of(decision) and not may_review(decision, day)


def _own(by: User) -> "QuerySet[Decision]":
    rows: QuerySet[Decision] = Decision.objects.recorded_by(by)
    return rows


def _lock(rows: "QuerySet[Decision]", decision: Decision) -> Decision:
    locked = rows.filter(pk=decision.pk).select_for_update().first()
    if locked is None:
        raise Http404
    return locked


def _refuse_out_of_turn(decision: Decision, reviews: Sequence[Review], number: int, by: User) -> None:
    state = review_state(decision.recorded_at or decision.started_at, reviews)
    if not state.is_open or state.number != number:
        raise Http404
    if by.pk in already_reviewed_by(reviews):
        raise PermissionDenied


def _enter(decision: Decision, event: str, details: dict[str, object]) -> None:
    ledger.append(event, organisation=decision.organisation_id, obj=decision, details=details)


def _same(existing: Review, outcome: str, comment: str, by: User) -> Review:
    if (existing.reviewer_id, existing.outcome, existing.comment) != (by.pk, outcome, comment):
        raise AlreadyReviewed
    return existing
