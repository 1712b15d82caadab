from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from reviews.presenters import queue_lines, target_words
from reviews.queries import assigned_among, assigned_to_or_unassigned, awaiting_review_by

PER_PAGE = 25
MINE = "mine"


@require_safe
@allow(Permission.REVIEW_DECISIONS)
def queue(request: SignedInRequest) -> HttpResponseBase:
    """Decisions to review, longest waiting first. No case text."""
    today = timezone.localdate()
    waiting = awaiting_review_by(request.user)
    mine = request.GET.get("show") == MINE
    if mine:
        waiting = waiting.filter(pk__in=assigned_to_or_unassigned(request.user, today))
    read = waiting.with_parts().prefetch_related("reviews", "assignments")  # type: ignore[attr-defined]
    page = Paginator(read, PER_PAGE).get_page(request.GET.get("page"))
    decisions = list(page.object_list)
    context = {
        "page": page,
        "mine": mine,
        "target": target_words(),
        "lines": queue_lines(decisions, assigned_among(decisions, today), request.user, today),
    }
    return render(request, "reviews/queue.html", context)
