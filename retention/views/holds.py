from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from decisions.views.submission import submission_id
from retention import actions
from retention.forms.officers import HoldForm, LiftForm
from retention.models import Hold
from retention.views.pages import is_valid, posted, show_form


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.DISPOSE)
def add(request: SignedInRequest) -> HttpResponseBase:
    form = HoldForm(posted(request), officer=request.user)
    if is_valid(request, form):
        made = actions.hold(
            record=form.record, reason=form.cleaned_data["reason"], submission_id=submission_id(request),
            by=request.user, at=timezone.now(),
        )  # fmt: skip
        messages.success(request, f"{made.reference} is on hold.")
        return redirect("retention:overview")
    context = {
        "title": "Put a record on hold", "button": "Put on hold",
        "lead": "It is kept until you lift the hold. A hold on a family keeps all decisions about it too.",
    }  # fmt: skip
    return show_form(request, "retention/form.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.DISPOSE)
def lift(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    rows = Hold.objects.visible_to(request.user).standing().select_related("decision", "family")
    found: Hold = get_object_or_404(rows, public_id=public_id)
    form = LiftForm(posted(request))
    if is_valid(request, form):
        actions.lift_hold(hold=found, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
        messages.success(request, f"{found.reference} is no longer on hold.")
        return redirect("retention:overview")
    context = {"title": f"Lift the hold on {found.reference}", "button": "Lift the hold", "about": found.reason}
    return show_form(request, "retention/form.html", form, context)
