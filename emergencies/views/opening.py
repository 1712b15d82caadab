"""Opening a record in an emergency, and closing it again."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import SignedInRequest, allow
from accounts.queries import duty_numbers_visible_to
from accounts.roles import Permission
from accounts.step_up import needs_step_up
from decisions.views.submission import submission_id
from emergencies import actions
from emergencies.forms import OpenForm
from emergencies.models import EmergencyOpening

# The same where there is no such record, more than one, or one that is closed to them.
NOTHING = "Nothing was opened with these details. Check them, or call one of the numbers on this page"


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.OPEN_IN_EMERGENCY)
@needs_step_up
def open_one(request: SignedInRequest) -> HttpResponseBase:
    user, now = request.user, timezone.now()
    form = OpenForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            opened = actions.open_in_emergency(
                **form.answers(), submission_id=submission_id(request), by=user, at=now
            )  # fmt: skip
        except ValidationError as error:
            _refuse(form, error.messages[0])
        else:
            if opened is not None:
                return redirect("emergencies:family", opened.public_id)
            _refuse(form, NOTHING)
    context = {
        "form": form, "submission_id": submission_id(request), "numbers": duty_numbers_visible_to(user),
        "running": EmergencyOpening.objects.open_to(user, now).select_related("family").first(),
    }  # fmt: skip
    return render(request, "emergencies/open.html", context, status=422 if form.is_bound else 200)


@require_POST
@allow(Permission.OPEN_IN_EMERGENCY)
def close(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    found = get_object_or_404(EmergencyOpening.objects.filter(written_by=request.user), public_id=public_id)
    actions.close_opening(opening=found, by=request.user, at=timezone.now())
    messages.success(request, "The record is closed.")
    return redirect("emergencies:detail", found.public_id)


def _refuse(form: BaseForm, message: str) -> None:
    form.add_error("reference", message)
