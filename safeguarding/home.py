from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, allow_signed_in
from accounts.queries import duty_numbers_visible_to
from accounts.roles import Permission
from decisions.models import Decision, UrgentRecord
from reviews.queries import awaiting_review_by
from safeguarding.due import tasks


@require_safe
@allow_signed_in
def home(request: SignedInRequest) -> HttpResponseBase:
    """What each person is here for: what is due, drafts to go on with, decisions to review, rooms to enter."""
    user, today = request.user, timezone.localdate()
    reviews = user.has(Permission.REVIEW_DECISIONS)
    context = {
        "records": user.has(Permission.START_DECISIONS),
        "reviews": reviews,
        "runs": user.has(Permission.MANAGE_PEOPLE),
        "decides": user.has(Permission.RECORD_DECISIONS),
        "tasks": tasks(user, today),
        "drafts": Decision.objects.drafts_of(user).order_by("-started_at"),
        "waiting": awaiting_review_by(user).count() if reviews else 0,
        "longest": awaiting_review_by(user).order_by("recorded_at").first() if reviews else None,
        "unwritten": UrgentRecord.objects.visible_to(user).overdue(today).count() if reviews else 0,
        "numbers": duty_numbers_visible_to(user),
    }
    return render(request, "home.html", context)
