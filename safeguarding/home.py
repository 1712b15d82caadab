from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, allow_signed_in
from accounts.queries import duty_numbers_visible_to
from accounts.roles import Permission
from decisions.models import Decision
from reviews.queries import waiting_for


@require_safe
@allow_signed_in
def home(request: SignedInRequest) -> HttpResponseBase:
    """What each person is here for: drafts to go on with, decisions to review, rooms to enter."""
    user = request.user
    mine = Decision.objects.recorded().visible_to(user).filter(author=user)
    context = {
        "records": user.has(Permission.START_DECISIONS),
        "reviews": user.has(Permission.REVIEW_DECISIONS),
        "runs": user.has(Permission.MANAGE_PEOPLE),
        "drafts": Decision.objects.drafts_of(user).order_by("-started_at"),
        "look_again": mine.filter(look_again_on__lte=timezone.localdate()).order_by("look_again_on")[:20],
        "waiting": waiting_for(user).count(),
        "numbers": duty_numbers_visible_to(user),
    }
    return render(request, "home.html", context)
