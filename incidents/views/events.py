"""What is done about an incident: each a page with one form."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from decisions.views.submission import submission_id
from incidents import actions, presenters
from incidents.facts import facts_of
from incidents.forms.events import FORM_OF, EventForm
from incidents.views.found import found_or_404
from rules.incidents.codes import IncidentEventKind
from rules.incidents.to_do import to_do


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.REPORT_INCIDENTS)
def event(request: SignedInRequest, public_id: UUID, slug: str) -> HttpResponseBase:
    found, posted = found_or_404(request, public_id), request.method == "POST"
    page = next((each for each in presenters.offered(found, request.user) if each.slug == slug), None)
    if page is None:
        raise Http404
    form = FORM_OF.get(page.kind, EventForm)(
        request.POST if posted else None, page=page, initial={"at": timezone.now()}
    )
    if posted and form.is_valid():
        try:
            actions.add_incident_event(
                incident=found, kind=page.kind, answers=form.answers(), submission_id=submission_id(request),
                by=request.user, at=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:
            _refuse(form, error)
        else:
            messages.success(request, "Added to the incident.")
            return redirect("incidents:detail", found.public_id)
    closes = page.kind == IncidentEventKind.CLOSED
    context = {
        "form": form, "page": page, "found": found, "submission_id": submission_id(request),
        "left": to_do(facts_of(found), timezone.now()) if closes else [],
    }  # fmt: skip
    return render(request, "incidents/event.html", context, status=422 if posted else 200)


def _refuse(form: BaseForm, error: ValidationError) -> None:
    """The action's errors beside the fields they are about, or beside the first."""
    by_field = error.error_dict if hasattr(error, "error_dict") else {"text": [error]}
    for name, errors in by_field.items():
        for each in errors:
            form.add_error(name, each)
