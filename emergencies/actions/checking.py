"""Checking, within two working days, whether a record had to be opened."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404

from accounts.actions.acting import acting
from accounts.models import User
from accounts.roles import Permission
from emergencies.models import EmergencyOpening, OpeningReview
from emergencies.queries import may_check

CHECKED_ALREADY = "Somebody else has checked it meanwhile. Read what they wrote"


def check_opening(
    *, opening: EmergencyOpening, justified: bool, words: str, submission_id: UUID, by: User, at: datetime
) -> OpeningReview:
    """Say whether it had to be opened, and why you think so. By somebody else; the first stands. Sent twice, once."""
    with acting(by=by, permission=Permission.SEE_EMERGENCIES, at=at) as user:
        rows = EmergencyOpening.objects.visible_to(user).select_for_update(of=("self",))
        locked: EmergencyOpening | None = rows.filter(pk=opening.pk).first()
        if locked is None or not may_check(locked, user, at):
            raise Http404
        existing: OpeningReview | None = OpeningReview.objects.filter(opening=locked).first()
        if existing:
            if existing.public_id == submission_id:
                return existing
            raise ValidationError(CHECKED_ALREADY)
        row = OpeningReview(
            public_id=submission_id, organisation_id=locked.organisation_id, opening=locked, justified=justified,
            words=words, written_by=user, written_at=at,
        )  # fmt: skip
        row.save()
        return row
