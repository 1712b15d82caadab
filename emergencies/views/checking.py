"""The records that were opened in an emergency, and whether each had to be."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from decisions.views.submission import submission_id
from emergencies import actions
from emergencies.due import check_by, status
from emergencies.forms import CheckForm
from emergencies.models import EmergencyOpening
from emergencies.queries import may_check
from ui.moments import moment
from ui.rows import Row

PER_PAGE = 25
WITH = ("family", "written_by", "closing", "review__written_by")


@require_safe
@allow(Permission.SEE_EMERGENCIES)
def listed(request: SignedInRequest) -> HttpResponseBase:
    """By reference and day: nothing of the reasons is on a list."""
    rows = EmergencyOpening.objects.visible_to(request.user).select_related(*WITH).order_by("-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page)
    actions.list_openings(openings=shown, by=request.user, at=timezone.now())
    lines = [(row, *status(row, timezone.localdate())) for row in shown]
    context = {"page": page, "lines": lines, "may_open": request.user.has(Permission.OPEN_IN_EMERGENCY)}
    return render(request, "emergencies/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.SEE_EMERGENCIES)
def detail(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """Who opened what and why, who was told, and what somebody else says of it."""
    user, now = request.user, timezone.now()
    rows = EmergencyOpening.objects.visible_to(user).select_related(*WITH)
    found: EmergencyOpening = get_object_or_404(rows, public_id=public_id)
    checks = not hasattr(found, "review") and may_check(found, user, now)
    posted = request.method == "POST"
    if posted and not checks and not may_check(found, user, now):
        raise Http404
    actions.see_opening(opening=found, by=user, at=now)
    form = CheckForm(request.POST if posted else None) if checks else None
    if form is not None and form.is_bound and form.is_valid():
        try:
            actions.check_opening(
                opening=found, **form.answers(), submission_id=submission_id(request), by=user, at=now
            )
        except ValidationError as error:
            form.add_error("words", error)
        else:
            messages.success(request, "Saved.")
            return redirect("emergencies:detail", found.public_id)
    context: dict[str, Any] = {
        "opening": found, "rows": _rows(found, now), "form": form, "submission_id": submission_id(request),
        "check_by": check_by(found), "tag": status(found, timezone.localdate()),
        "reviewed": getattr(found, "review", None), "notices": found.notices.select_related("person"),
        "is_running": EmergencyOpening.objects.open_to(user, now).filter(pk=found.pk).exists(),
        "sees_who_looked": user.has(Permission.SEE_WHO_LOOKED) and found.written_by_id != user.pk,
    }  # fmt: skip
    return render(request, "emergencies/detail.html", context, status=422 if posted else 200)


def _rows(opening: EmergencyOpening, now: datetime) -> list[Row]:
    return [
        Row("Who opened it", opening.written_by_then_and_now),
        Row("Record", f"Family {opening.family.reference}"),
        Row("Opened", moment(opening.written_at)),
        Row("Closed" if opening.closed_at <= now else "Closes", moment(opening.closed_at)),
        Row("Why it could not wait", opening.get_why_display()),
        Row("What happened, and what they needed to know", opening.reason),
    ]
