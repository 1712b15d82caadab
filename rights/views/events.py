"""What happens with a request: each a page with one form."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from decisions.views.submission import submission_id
from rights import actions, presenters
from rights.corrections import not_informed
from rights.forms.requests import CloseForm, EventForm, MoreTimeForm
from rights.models import RightsRequest
from rights.presenters import EventPage
from rights.views.found import found_or_404, posted, refuse
from rules.rights.codes import RequestEventKind


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.ANSWER_REQUESTS)
def event(request: SignedInRequest, public_id: UUID, slug: str) -> HttpResponseBase:
    found = found_or_404(request, public_id)
    page = next((each for each in presenters.EVENT_PAGES if each.slug == slug), None)
    if page is None or presenters.clock_of(found).is_closed:
        raise Http404
    actions.see_request(request=found, by=request.user, at=timezone.now())
    left = not_informed(found, request.user) if page.kind == RequestEventKind.CLOSED else []
    form = _form_of(request, found, page, left=bool(left))
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_event(
                request=found, kind=page.kind, answers=form.answers(), submission_id=submission_id(request),
                by=request.user, at=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, "Added to the request.")
            return redirect("rights:detail", found.public_id)
    context = {
        "form": form, "heading": page.title, "button": "Add to the request", "caption": f"Request {found.reference}",
        "back": reverse("rights:detail", args=[found.public_id]), "submission_id": submission_id(request),
        "not_informed": left,
    }  # fmt: skip
    return render(request, "rights/form.html", context, status=422 if request.method == "POST" else 200)


def _form_of(request: SignedInRequest, found: RightsRequest, page: EventPage, *, left: bool) -> EventForm:
    words: dict[str, Any] = {
        "text": page.text,
        "day": page.day,
        "hint": page.hint,
        "initial": {"on_day": timezone.localdate()},
    }
    if page.kind == RequestEventKind.CLOSED:
        return CloseForm(posted(request), kind=found.kind, not_informed=left, **words)
    kind = MoreTimeForm if page.kind == RequestEventKind.EXTENDED else EventForm
    return kind(posted(request), **words)
