from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow
from accounts.queries import duty_numbers_visible_to
from accounts.roles import Permission
from decisions.models import Decision
from decisions.views.submission import submission_id
from drafting import actions
from drafting.forms.start import StartForm
from drafting.views.similar import families_like
from families.actions import list_families


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.START_DECISIONS)
def start(request: SignedInRequest) -> HttpResponseBase:
    """Four entry routes: two lead to the urgent record, two to a decision about a family."""
    family = request.GET.get("family", "")
    form = StartForm(request.POST if request.method == "POST" else None, user=request.user, family=family)
    valid = request.method == "POST" and form.is_valid()
    similar = families_like(request, form) if valid else []
    if valid and not similar:
        return redirect("drafting:page", _start(request, form).public_id, "people")
    list_families(families=form.offered, by=request.user, at=timezone.now())
    numbers = duty_numbers_visible_to(request.user)
    context = {"form": form, "numbers": numbers, "submission_id": submission_id(request), "similar_families": similar}
    status = 422 if request.method == "POST" and not valid else 200
    return render(request, "drafting/start.html", context, status=status)


def _start(request: SignedInRequest, form: StartForm) -> Decision:
    typed, now = form.cleaned_data, timezone.now()
    entry_route, team = typed["entry_route"], typed["team"]
    if form.chosen:
        return actions.start(
            entry_route=entry_route,
            team=team,
            family=form.chosen,
            submission_id=submission_id(request),
            by=request.user,
            at=now,
        )
    return actions.start_with_new_family(
        entry_route=entry_route,
        team=team,
        name=typed["family_name"],
        submission_id=submission_id(request),
        by=request.user,
        at=now,
    )
