from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow
from accounts.queries import duty_numbers_visible_to
from accounts.roles import Permission
from decisions import actions
from decisions.forms.starting import StartForm
from decisions.views.once import once
from families.actions import list_families


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.START_DECISIONS)
def start(request: SignedInRequest) -> HttpResponseBase:
    """The two doors of a decision, and the family it is about."""
    asked = request.GET.get("family", "")
    form = StartForm(request.POST if request.method == "POST" else None, user=request.user, family=asked)
    if request.method == "POST" and form.is_valid():
        decision = actions.start(
            door=form.cleaned_data["door"], team=form.cleaned_data["team"], family=form.cleaned_data["family"],
            once=once(request), by=request.user, at=timezone.now(),
        )  # fmt: skip
        return redirect("decisions:page", decision.public_id, "who")
    list_families(page=1, by=request.user, at=timezone.now())
    numbers = duty_numbers_visible_to(request.user)
    context = {"form": form, "numbers": numbers, "once": once(request)}
    status = 422 if request.method == "POST" else 200
    return render(request, "decisions/start.html", context, status=status)
