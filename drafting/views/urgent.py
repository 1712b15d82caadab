"""The urgent record, and starting the decision that completes it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow
from accounts.queries import duty_numbers_visible_to
from accounts.roles import Permission
from decisions import actions
from decisions.models import Decision, UrgentRecord
from decisions.views.additions import post_data
from decisions.views.submission import submission_id
from drafting import actions as drafting_actions
from drafting.forms.complete_urgent import CompleteForm
from drafting.forms.urgent import UrgentForm
from drafting.views.similar import families_like
from families.actions import list_families
from rules.codes import EntryRoute
from ui.moments import weekday


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.START_DECISIONS)
def urgent_record(request: SignedInRequest) -> HttpResponseBase:
    """Both urgent entry routes lead here; somebody who has not called yet sees the numbers first."""
    form = UrgentForm(post_data(request), user=request.user)
    if request.method == "POST" and form.is_valid():
        urgent = drafting_actions.record_urgent(
            team=form.cleaned_data["team"], answers=form.answers(), submission_id=submission_id(request),
            by=request.user, at=timezone.now(),
        )  # fmt: skip
        messages.success(request, f"Recorded. Complete it by {weekday(urgent.complete_by)}.")
        return redirect("decisions:urgent_detail", urgent.public_id)
    context = {
        "form": form,
        "already_shared": request.GET.get("entry_route") == EntryRoute.TOLD,
        "numbers": duty_numbers_visible_to(request.user),
        "submission_id": submission_id(request),
    }
    return render(request, "drafting/urgent.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.START_DECISIONS)
def complete(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """Ask only which family it is about. The draft then asks for what is missing."""
    completable = UrgentRecord.objects.may_be_completed_by(request.user)
    urgent = get_object_or_404(completable.visible_to(request.user), public_id=public_id)
    started = Decision.objects.drafts_of(request.user).filter(urgent=urgent).first()
    if started:
        return redirect("drafting:continue", started.public_id)
    form = CompleteForm(post_data(request), user=request.user, team=urgent.team)
    valid = request.method == "POST" and form.is_valid()
    similar = families_like(request, form) if valid else []
    if valid and not similar:
        name = form.cleaned_data["family_name"]
        draft = drafting_actions.complete(
            urgent=urgent, family=form.chosen, new_family=name, by=request.user, at=timezone.now()
        )
        return redirect("drafting:page", draft.public_id, "people")
    list_families(families=form.offered, by=request.user, at=timezone.now())
    actions.open_urgent(urgent=urgent, by=request.user, at=timezone.now())
    context = {"form": form, "urgent": urgent, "similar_families": similar}
    status = 422 if request.method == "POST" and not valid else 200
    return render(request, "drafting/urgent_complete.html", context, status=status)
