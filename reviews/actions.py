from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.access import require
from accounts.models import User
from accounts.roles import Permission
from audit import ledger
from decisions.models import Decision
from reviews.models import Review


class AlreadyReviewed(Exception):
    """Somebody else's verdict came first; it stands."""


def give_verdict(*, decision: Decision, verdict: str, comment: str, by: User, at: datetime) -> Review:
    """A supervisor's verdict on a recorded decision of a team they supervise.

    The same one from the same person again is the one that stands, so a double click is harmless.
    Raises PermissionDenied for one's own decision, Http404 for one that may not be seen, AlreadyReviewed when another
    verdict was first: the decision is locked, so of two at once one wins.
    """
    require(by, Permission.REVIEW_DECISIONS)
    with ledger.recording(actor=by, at=at):
        supervised = Decision.objects.supervised_by(by).filter(pk=decision.pk)
        locked: Decision | None = supervised.select_for_update().first()
        if locked is None:
            raise Http404
        if locked.author_id == by.pk:
            raise PermissionDenied
        standing = Review.objects.filter(decision=locked).first()
        if standing:
            return _same(standing, verdict, comment, by)
        review = Review(
            organisation_id=locked.organisation_id, decision=locked, reviewer=by, reviewer_name=by.full_name,
            verdict=verdict, comment=comment, given_at=at,
        )  # fmt: skip
        review.save()
        details = {"verdict": verdict}
        ledger.append("decision.reviewed", organisation=locked.organisation_id, obj=locked, details=details)
        return review


def _same(standing: Review, verdict: str, comment: str, by: User) -> Review:
    if (standing.reviewer_id, standing.verdict, standing.comment) != (by.pk, verdict, comment):
        raise AlreadyReviewed
    return standing
