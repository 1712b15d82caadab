from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from decisions.actions import list_decisions
from decisions.presenters.people_on_lists import NOBODY, who_is_on
from reviews.presenters import queue_lines, target_words
from reviews.queries import assigned_among, informing_overdue_in
from reviews.queue_pages import queue_page, queue_page_of_own

PER_PAGE = 25
MINE = "mine"


@require_safe
@allow(Permission.REVIEW_DECISIONS)
def queue(request: SignedInRequest) -> HttpResponseBase:
    """Decisions to review, most urgent first: whom they are about, and no other case text."""
    today = timezone.localdate()
    user, query = request.user, request.GET
    mine = query.get("show") == MINE
    page = queue_page_of_own(user, today, query, PER_PAGE) if mine else queue_page(user, query, PER_PAGE)
    decisions = list(page.rows)
    late = informing_overdue_in(user, today)
    about = who_is_on({decision.pk for decision in late}, user)
    list_decisions(
        listed="queue", references=[row.reference for row in (*late, *decisions)], filters=[MINE] if mine else [],
        by=user, at=timezone.now(),
    )  # fmt: skip
    context = {
        "page": page,
        "mine": mine,
        "target": target_words(),
        "not_informed": [(decision, about.get(decision.pk, NOBODY).about) for decision in late],
        "lines": queue_lines(decisions, assigned_among(decisions, today), user, today),
    }
    return render(request, "reviews/queue.html", context)
