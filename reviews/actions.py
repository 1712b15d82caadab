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
from decisions.models import Decision
from reviews.models import Assignment, Reply, Review, ReviewOutcome, SecondLook
from reviews.queries import may_review, reviews_of, second_look_due
from reviews.review_state import already_reviewed_by, review_state


class AlreadyReviewed(Exception):
    """Somebody else's verdict came first; it stands."""


class AlreadyWritten(Exception):
    """There is one, with other words; it stands."""


def record_review(*, decision: Decision, outcome: str, comment: str, number: int = 1, by: User, at: datetime) -> Review:
    """A supervisor's verdict on a recorded decision of a team they supervise or cover, in the round they saw open.

    The same one from the same person again is the one that stands, so a double click is harmless.
    Raises PermissionDenied for one's own decision and after one's own disagreement, Http404 for one that may not be
    seen or is not waiting, AlreadyReviewed when another verdict was first: of two at once one wins.
    """
    require(by, Permission.REVIEW_DECISIONS)
    with ledger.recording(actor=by, at=at):
        locked = _lock(Decision.objects.supervised_by(by), decision)
        if locked.author_id == by.pk:
            raise PermissionDenied
        reviews = reviews_of(locked)
        taken = next((one for one in reviews if one.round == number), None)
        if taken:
            return _same(taken, outcome, comment, by)
        _refuse_out_of_turn(locked, reviews, number, by)
        review = Review(
            organisation_id=locked.organisation_id, decision=locked, round=number, reviewer=by,
            reviewer_name=by.full_name, outcome=outcome, comment=comment, given_at=at,
        )  # fmt: skip
        review.save()
        _enter(locked, "decision.reviewed", {"outcome": outcome, "round": number})
        return review


def reply(*, review: Review, text: str, by: User, at: datetime) -> Reply:
    """The author's answer, once to each verdict that is more than agreement; to a question, it opens the next round.

    Raises AlreadySaid when they have answered already with other words.
    """
    require(by, Permission.RECORD_DECISIONS)
    with ledger.recording(actor=by, at=at):
        locked = _lock(_own(by), review.decision)
        found = next((one for one in reviews_of(locked) if one.pk == review.pk), None)
        if found is None or found.outcome == ReviewOutcome.AGREED:
            raise Http404
        standing_one: Reply | None = getattr(found, "reply", None)
        if standing_one:
            if standing_one.text != text:
                raise AlreadyWritten
            return standing_one
        answer = Reply(
            organisation_id=locked.organisation_id, review=found, author=by, author_name=by.full_name, text=text,
            written_at=at,
        )  # fmt: skip
        answer.save()
        _enter(locked, "decision.replied", {"round": found.round})
        return answer


def assign(*, decision: Decision, to: User, reason: str, by: User, at: datetime) -> Assignment:
    """Says who is asked to give the next verdict. Anybody else who may give it still may: nothing ever stands still.

    The author chooses no reviewer. Raises ValidationError where `to` cannot give it, or nothing is waiting.
    """
    require(by, Permission.REVIEW_DECISIONS)
    with ledger.recording(actor=by, at=at):
        locked = _lock(Decision.objects.supervised_by(by), decision)
        if locked.author_id == by.pk:
            raise PermissionDenied
        reviews = reviews_of(locked)
        if not review_state(locked.recorded_at or at, reviews).is_open:
            raise ValidationError({"to": "This decision is not waiting for a verdict now."})
        if to.pk not in {one.pk for one in may_review(locked, timezone.localdate(at), reviews)}:
            raise ValidationError({"to": "Choose somebody from the list. This person cannot give this verdict now."})
        row = Assignment(
            organisation_id=locked.organisation_id, decision=locked, reviewer=to, assigned_by=by, reason=reason, at=at
        )
        row.save()
        _enter(locked, "decision.assigned", {"reviewer": to.pk})
        return row


def look_again(*, decision: Decision, text: str, by: User, at: datetime) -> SecondLook:
    """An author's own second look, from the next working day on, while nobody else may review. Never a verdict.

    Raises AlreadySaid when there is one with other words.
    """
    require(by, Permission.RECORD_DECISIONS)
    with ledger.recording(actor=by, at=at):
        locked = _lock(_own(by), decision)
        there = SecondLook.objects.filter(decision=locked).first()
        if there:
            if there.text != text:
                raise AlreadyWritten
            return there
        if not may_look_again(locked, at):
            raise Http404
        look = SecondLook(
            organisation_id=locked.organisation_id, decision=locked, author=by, author_name=by.full_name, text=text,
            written_at=at,
        )  # fmt: skip
        look.save()
        _enter(locked, "decision.second_look_added", {})
        return look


def may_look_again(decision: Decision, at: datetime) -> bool:
    day = timezone.localdate(at)
    if decision.recorded_at is None or day < second_look_due(decision.recorded_at):
        return False
    return not reviews_of(decision) and not may_review(decision, day)


def _own(by: User) -> "QuerySet[Decision]":
    rows: QuerySet[Decision] = Decision.objects.recorded().filter(organisation_id=by.organisation_id, author_id=by.pk)
    return rows


def _lock(rows: "QuerySet[Decision]", decision: Decision) -> Decision:
    locked = rows.filter(pk=decision.pk).select_for_update().first()
    if locked is None:
        raise Http404
    return locked


def _refuse_out_of_turn(decision: Decision, reviews: Sequence[Review], number: int, by: User) -> None:
    now = review_state(decision.recorded_at or decision.started_at, reviews)
    if not now.is_open or now.number != number:
        raise Http404
    if by.pk in already_reviewed_by(reviews):
        raise PermissionDenied


def _enter(decision: Decision, event: str, details: dict[str, object]) -> None:
    ledger.append(event, organisation=decision.organisation_id, obj=decision, details=details)


def _same(taken: Review, outcome: str, comment: str, by: User) -> Review:
    if (taken.reviewer_id, taken.outcome, taken.comment) != (by.pk, outcome, comment):
        raise AlreadyReviewed
    return taken
