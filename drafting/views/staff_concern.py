from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow
from accounts.queries import duty_numbers_visible_to
from accounts.roles import Permission
from decisions.views.submission import submission_id
from drafting import actions
from drafting.forms.staff_concern import StaffConcernForm


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.START_DECISIONS)
def start(request: SignedInRequest) -> HttpResponse:
    """A concern about somebody who works here: restricted before anything about it is written."""
    form = StaffConcernForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        try:
            draft = actions.start_staff_concern(
                team=form.cleaned_data["team"], name=form.cleaned_data["name"], people=form.named,
                concerned=form.about, submission_id=submission_id(request), by=request.user, at=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:
            form.add_error("people", error)
        else:
            return redirect("drafting:page", draft.public_id, "people")
    numbers = duty_numbers_visible_to(request.user)
    context = {"form": form, "numbers": numbers, "submission_id": submission_id(request)}
    return render(request, "drafting/staff_concern.html", context, status=422 if form.is_bound else 200)
