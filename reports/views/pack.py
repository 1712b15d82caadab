"""A pack for an inspector, as a page and as a PDF. Each time it is opened is an entry of the ledger."""

from hashlib import sha256

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from accounts.step_up import needs_step_up
from letters.pdf import NotInFont
from reports.actions import take_pack
from reports.counts import counts
from reports.forms import ScopeForm, scope_asked_for
from reports.pack import Block, Made, pack
from reports.pdf import pdf_of
from reports.presenters import scope_query
from reports.sample import reread
from reports.scope import Scope

NOT_IN_FONT = "A name has a letter that the PDF cannot show. Print this page instead."


@require_safe
@allow(Permission.SEE_REPORTS)
def page(request: SignedInRequest) -> HttpResponseBase:
    form, scope, made = _made(request)
    take_pack(about=_details(scope), by=request.user, at=timezone.now())
    context = {"form": form, "pack": made, "query": scope_query(scope, request.GET.get("team", ""))}
    return render(request, "reports/pack.html", context, status=422 if form.errors else 200)


@require_safe
@allow(Permission.SEE_REPORTS)
@needs_step_up
def pdf(request: SignedInRequest) -> HttpResponseBase:
    _, scope, made = _made(request)
    try:
        data = pdf_of(made)
    except NotInFont:
        messages.error(request, NOT_IN_FONT)
        query = scope_query(scope, request.GET.get("team", ""))
        return redirect(f"{reverse('reports:pack')}?{query}")
    take_pack(about=_details(scope), sha256=sha256(data).hexdigest(), by=request.user, at=timezone.now())
    headers = {"Content-Disposition": 'attachment; filename="report.pdf"'}
    return HttpResponse(data, content_type="application/pdf", headers=headers)


def _made(request: SignedInRequest) -> tuple[ScopeForm, Scope, Block]:
    now = timezone.now()
    today = timezone.localdate(now)
    form, scope = scope_asked_for(request.GET, request.user, today)
    by = Made(request.user.name_on_record, now)
    return form, scope, pack(scope, counts(scope, today), reread(scope), by)


def _details(scope: Scope) -> dict[str, str]:
    teams = " ".join(str(team.public_id) for team in scope.teams)
    return {"first": scope.first.isoformat(), "last": scope.last.isoformat(), "teams": teams}
