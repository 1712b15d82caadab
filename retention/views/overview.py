from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from retention import actions, presenters
from retention.due import MOST_SHOWN, due_records
from retention.models import Disposal, Hold

MOST_DISPOSALS = 25


@require_safe
@allow(Permission.DISPOSE)
def show(request: SignedInRequest) -> HttpResponseBase:
    """By reference and day: no name is on the page."""
    officer, now = request.user, timezone.now()
    actions.see_retention(by=officer, at=now)
    found = due_records(officer, timezone.localdate(now))
    disposals = Disposal.objects.visible_to(officer).select_related("answer").order_by("-pk")[:MOST_DISPOSALS]
    context = {
        "rules": presenters.rule_lines(officer.organisation_id, officer.organisation.sector),
        "due": presenters.due_lines(found),
        "most": MOST_SHOWN if len(found) == MOST_SHOWN else 0,
        "holds": Hold.objects.visible_to(officer).standing().select_related("decision", "family", "written_by"),
        "disposals": [(disposal, *presenters.status(disposal)) for disposal in disposals],
    }
    return render(request, "retention/overview.html", context)
