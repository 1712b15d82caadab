from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from decisions.actions import list_decisions
from decisions.newest import LISTED
from decisions.presenters.authors import AUTHOR
from decisions.presenters.log import lines
from reports.counts import counts
from reports.figures import Figure, narrowed
from reports.forms import ScopeForm, scope_asked_for
from reports.leads import leads_of
from reports.newest import newest_page
from reports.presenters import (
    CLOSED,
    disposed_words,
    figure_words,
    incident_words,
    panels,
    review_time_words,
    scope_query,
)
from reports.scope import ONE_WEEK, Scope


@require_safe
@allow(Permission.SEE_REPORTS)
def dashboard(request: SignedInRequest) -> HttpResponseBase:
    """Numbers of the decisions of some weeks. No case text, and as many queries for one decision as for thousands."""
    today = timezone.localdate()
    form, scope = scope_asked_for(request.GET, request.user, today)
    query = scope_query(scope, request.GET.get("team", ""))
    counted, leads = counts(scope, today), leads_of(scope, request.user, query)
    context = {
        **scope_context(form, scope, query),
        "all": counted.all,
        "all_address": leads.address(Figure.ALL),
        "panels": panels(counted, leads) if counted.all else [],
        "disposed": disposed_words(counted.disposed),
        "incidents": incident_words(counted.incidents),
        "closed": CLOSED,
        "review_time": review_time_words(counted.review_days),
        "earlier": scope_query(_shifted(scope, -1), request.GET.get("team", "")),
        "later": scope_query(_shifted(scope, 1), request.GET.get("team", "")) if scope.last < today else "",
        "may_export": request.user.has(Permission.EXPORT_LOG),
    }
    return render(request, "reports/dashboard.html", context, status=422 if form.errors else 200)


@require_safe
@allow(Permission.SEE_REPORTS)
def decisions(request: SignedInRequest) -> HttpResponseBase:
    """The decisions behind a figure that the log's own filters do not have, as lines of the log."""
    today = timezone.localdate()
    form, scope = scope_asked_for(request.GET, request.user, today)
    figure, value = request.GET.get("figure", Figure.ALL), request.GET.get("value", "")
    rows = narrowed(scope.decisions(), figure, value, today)
    if rows is None:
        raise Http404
    page = newest_page(rows, request.GET, (*AUTHOR, *LISTED))
    list_decisions(
        listed="report", references=[row.reference for row in page.rows], filters=[figure], by=request.user,
        at=timezone.now(),
    )  # fmt: skip
    context = {
        **scope_context(form, scope, scope_query(scope, request.GET.get("team", ""))),
        "figure": figure,
        "value": value,
        "title": figure_words(Figure(figure), value),
        "page": page,
        "lines": lines(page.rows, today),
        "sees_who_looked": request.user.has(Permission.SEE_WHO_LOOKED),
        "opens": request.user.has(Permission.SEE_DECISIONS),
    }
    return render(request, "reports/decisions.html", context, status=422 if form.errors else 200)


def scope_context(form: ScopeForm, scope: Scope, query: str) -> dict[str, Any]:
    return {"form": form, "scope": scope, "query": query}


def _shifted(scope: Scope, times: int) -> Scope:
    by = (scope.last - scope.first + ONE_WEEK / 7) * times
    return replace(scope, first=scope.first + by, last=scope.last + by)
