"""The records that a request names: opened one at a time, read only, until the request is answered."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from accounts.step_up import needs_step_up
from decisions.models import Decision
from decisions.views.submission import submission_id
from rights import actions
from rights.forms.named_records import LeaveOutForm, NameForm
from rights.models import RightsRequest
from rights.names import names_since
from rights.presenters import clock_of
from rights.queries import named_in
from rights.views.found import found_or_404, posted, refuse
from rights.whole_record import WholeRecord
from rules.rights.codes import RequestKind


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.ANSWER_REQUESTS)
def name(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    found = found_or_404(request, public_id)
    if clock_of(found).is_closed or found.kind == RequestKind.ACCESS:
        raise Http404
    actions.see_request(request=found, by=request.user, at=timezone.now())
    form = NameForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            rows = actions.name_records(
                request=found, **form.cleaned_data, submission_id=submission_id(request), by=request.user,
                at=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:
            refuse(form, error)
        else:
            count = len(rows)
            messages.success(request, f"{count} record{'' if count == 1 else 's'} named. You can read each of them.")
            return redirect("rights:detail", found.public_id)
    context = {
        "form": form, "heading": "Name a record it is about", "button": "Name it",
        "caption": f"Request {found.reference}", "back": reverse("rights:detail", args=[found.public_id]),
        "submission_id": submission_id(request),
        "lead": "You can read it until the request is answered. Each time is entered in the audit log.",
    }  # fmt: skip
    return render(request, "rights/form.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.ANSWER_REQUESTS)
def read(request: SignedInRequest, public_id: UUID, decision: UUID) -> HttpResponseBase:
    """The whole record, and what is left out of its print."""
    found, record = _opened(request, public_id, decision)
    form = LeaveOutForm(posted(request), lines=[*record.lines, *record.changed])
    if request.method == "POST" and form.is_valid():
        try:
            actions.leave_out(
                request=found, decision=record.decision, **form.answers(), submission_id=submission_id(request),
                by=request.user, at=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:
            refuse(form, error)
        else:
            return redirect("rights:read", found.public_id, record.decision.public_id)
    context = {
        "found": found, "record": record, "form": form, "ticked": form["items"].value() or [],
        "submission_id": submission_id(request), "names_since": names_since(record.decision, request.user),
    }  # fmt: skip
    return render(request, "rights/read.html", context, status=422 if request.method == "POST" else 200)


@require_safe
@allow(Permission.ANSWER_REQUESTS)
@needs_step_up
def printed(request: SignedInRequest, public_id: UUID, decision: UUID) -> HttpResponseBase:
    """To print for whoever asked. Where something is left out it says so, and why."""
    try:
        found, record = _opened(request, public_id, decision, printing=True)
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect("rights:read", public_id, decision)
    names = names_since(record.decision, request.user)
    context = {"found": found, "record": record, "printed_at": timezone.now(), "names_since": names}
    return render(request, "rights/print.html", context)


def _opened(
    request: SignedInRequest, public_id: UUID, decision: UUID, *, printing: bool = False
) -> tuple[RightsRequest, WholeRecord]:
    found = found_or_404(request, public_id)
    row: Decision = get_object_or_404(named_in(found, request.user), public_id=decision)
    record = actions.open_named(
        request=found, decision=row, printing=printing, by=request.user, at=timezone.now()
    )  # fmt: skip
    return found, record
