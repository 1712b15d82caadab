"""A supervisor agrees to a way of reaching somebody that is not known to be safe. Shows no letter and no address."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from decisions.presenters.people import person_names
from decisions.queries import is_supervised_by
from decisions.views.found import found_or_404
from decisions.views.submission import submission_id
from letters import actions
from letters.forms import AgreementForm
from letters.household import household_of
from letters.routes import AGREEMENT_LASTS


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.REVIEW_DECISIONS)
def agree(request: SignedInRequest, public_id: UUID, person: int) -> HttpResponseBase:
    decision = found_or_404(request.user, public_id, is_supervised_by)
    if decision.author_id == request.user.pk:
        raise PermissionDenied
    reader = next((row for row in decision.people.all() if row.pk == person), None)
    if reader is None:
        raise Http404
    household, today = household_of(reader), timezone.localdate()
    posted = request.POST if request.method == "POST" else None
    form = AgreementForm(posted, refused_routes=household.refused_routes(today))
    if posted is not None and form.is_valid():
        try:
            actions.agree_to_route(
                decision=decision, person=reader, route=form.cleaned_data["route"], reason=form.cleaned_data["reason"],
                submission_id=submission_id(request), by=request.user, at=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:
            form.add_error("route", error.messages[0])
        else:
            messages.success(request, "Your agreement is recorded.")
            return redirect("decisions:detail", decision.public_id)
    context = {
        "decision": decision, "name": person_names(decision)[reader.pk], "form": form,
        "contacts": household.contact_lines(today), "reader": household.reader,
        "submission_id": submission_id(request), "hours": AGREEMENT_LASTS.total_seconds() // 3600,
    }  # fmt: skip
    return render(request, "letters/agree.html", context, status=422 if posted is not None else 200)
