from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from reviews.presenters import queue_lines, target_words
from reviews.queries import assigned_among, informing_overdue_in, queue_page, queue_page_of_own

PER_PAGE = 25
MINE = "mine"


@require_safe
@allow(Permission.REVIEW_DECISIONS)
def queue(request: SignedInRequest) -> HttpResponseBase:
    """Decisions to review, longest waiting first. No case text."""
    today = timezone.localdate()
    user, number = request.user, request.GET.get("page")
    mine = request.GET.get("show") == MINE
    page = queue_page_of_own(user, today, number, PER_PAGE) if mine else queue_page(user, number, PER_PAGE)
    decisions = list(page.object_list)
    context = {
        "page": page,
        "mine": mine,
        "target": target_words(),
        "not_informed": informing_overdue_in(user, today),
        "lines": queue_lines(decisions, assigned_among(decisions, today), user, today),
    }
    return render(request, "reviews/queue.html", context)
