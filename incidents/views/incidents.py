"""The incidents that somebody sees, one of them, and how one is reported. A GET writes an audit entry, nothing else."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, allow
from accounts.models import User
from accounts.queries import duty_numbers_visible_to
from accounts.roles import Permission
from decisions.actions import open_decision
from decisions.models import Decision, UrgentRecord
from decisions.queries import may_see
from decisions.views.found import found_or_404 as decision_or_404
from decisions.views.submission import submission_id
from incidents import actions, presenters
from incidents.facts import facts_of, is_at_risk
from incidents.forms.reporting import ReportForm
from incidents.models import Incident
from incidents.queries import may_report, may_report_urgent
from incidents.views.found import found_or_404
from rules.incidents.to_do import to_do

PER_PAGE = 25
REPORTED = "Incident {} is reported. Your data protection officer sees it. Do now what is at the top of this page."


@require_safe
@allow(Permission.REPORT_INCIDENTS)
def listed(request: SignedInRequest) -> HttpResponseBase:
    """By reference, kind and day: nothing of what was written is on a list."""
    rows = Incident.objects.visible_to(request.user).select_related("organisation").prefetch_related("events")
    page = Paginator(rows.order_by("-noticed_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    lines = [(row, *presenters.status(row, now)) for row in page]
    return render(request, "incidents/list.html", {"page": page, "lines": lines})


@require_safe
@allow(Permission.REPORT_INCIDENTS)
def detail(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    found, now, user = found_or_404(request, public_id), timezone.now(), request.user
    actions.see_incident(incident=found, by=user, at=now)
    clock = presenters.clock_of(found, presenters.happened_of(found))
    lines = presenters.to_do_lines(to_do(facts_of(found), now), found, user)
    context: dict[str, Any] = {
        "found": found, "tag": presenters.status(found, now), "clock": clock,
        "clock_words": presenters.clock_words(clock), "rows": presenters.incident_rows(found),
        "first": [line for line in lines if line.first], "to_do": [line for line in lines if not line.first],
        "events": presenters.event_rows(found), "offered": presenters.offered(found, user),
        "about": presenters.records_of(found, user),
    }  # fmt: skip
    return render(request, "incidents/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.REPORT_INCIDENTS)
def report(request: SignedInRequest) -> HttpResponseBase:
    return _report(request, None, reverse("incidents:list"))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.REPORT_INCIDENTS)
def report_decision(request: SignedInRequest, decision: UUID) -> HttpResponseBase:
    """The items of the decision are on the page, so it is entered that they were read."""
    found = decision_or_404(request.user, decision, _may_report)
    open_decision(decision=found, by=request.user, at=timezone.now())
    return _report(request, found, reverse("decisions:detail", args=[found.public_id]))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.REPORT_INCIDENTS)
def report_urgent(request: SignedInRequest, urgent: UUID) -> HttpResponseBase:
    """Nothing of the record is on the page but its reference."""
    found = get_object_or_404(UrgentRecord.objects.visible_to(request.user), public_id=urgent)
    if not may_report_urgent(found, request.user):
        raise Http404
    return _report(request, None, reverse("decisions:urgent_detail", args=[found.public_id]), urgent=found)


def _may_report(decision: Decision, user: User) -> bool:
    return may_see(decision, user) and may_report(decision, user)


def _report(
    request: SignedInRequest, decision: Decision | None, back: str, *, urgent: UrgentRecord | None = None
) -> HttpResponseBase:
    user, posted = request.user, request.method == "POST"
    initial = {"noticed_at": timezone.now(), "noticed_by": user.name_on_record}
    form = ReportForm(
        request.POST if posted else None, user=user, decision=decision, asks_team=urgent is None, initial=initial
    )
    if posted and form.is_valid():
        made = actions.report_incident(
            decision=decision, urgent=urgent, team=form.team, answers=form.answers(), **form.chosen,
            submission_id=submission_id(request), by=user, at=timezone.now(),
        )  # fmt: skip
        messages.success(request, REPORTED.format(made.reference))
        return redirect("incidents:detail", made.public_id)
    context = {
        "form": form, "decision": decision, "urgent": urgent, "back": back, "submission_id": submission_id(request),
        "at_risk": decision is not None and is_at_risk(decision), "numbers": duty_numbers_visible_to(user),
    }  # fmt: skip
    return render(request, "incidents/report.html", context, status=422 if posted else 200)
