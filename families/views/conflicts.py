"""Whom a family's records are closed to: said by anybody of themselves, and ended by somebody else."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow, allow_signed_in
from accounts.namesakes import colleague_names
from accounts.roles import Permission
from families import actions
from families.forms.conflict import ConflictEndForm, ConflictForm
from families.models import DeclaredConflict
from families.queries import may_see_who_looked_at_family

SAVED = "Saved. If a family has this reference, its records are closed, and the people who act instead have been told."
LEAD = (
    "Tell us if you or a colleague know a family outside work, or are related to them. Its records are closed to that "
    "person at once, whatever their role. Another person acts instead."
)


@require_http_methods(["GET", "HEAD", "POST"])
@allow_signed_in
def declare(request: SignedInRequest) -> HttpResponse:
    """Says the same whether a family has the reference or not."""
    data = request.POST if request.method == "POST" else None
    form = ConflictForm(data, user=request.user, initial={"reference": request.GET.get("family", "")[:20]})
    if form.is_valid():
        actions.declare_conflict(**form.answers(), by=request.user, at=timezone.now())
        messages.success(request, SAVED)
        return redirect("home")
    context = {"form": form, "heading": "Declare a conflict of interest", "lead": LEAD, "button": "Close the records",
               "back": reverse("home")}  # fmt: skip
    return render(request, "families/conflict.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.SEE_WHO_LOOKED)
def end(request: SignedInRequest, conflict: UUID) -> HttpResponse:
    rows = DeclaredConflict.objects.standing().select_related("family", "user").exclude(user=request.user)
    found = rows.filter(public_id=conflict, organisation_id=request.user.organisation_id).first()
    if found is None or not may_see_who_looked_at_family(found.family, request.user):
        raise Http404
    form = ConflictEndForm(request.POST if request.method == "POST" else None)
    back = reverse("families:who_looked", args=[found.family.public_id])
    if form.is_valid():
        try:
            actions.end_conflict(conflict=found, why=form.cleaned_data["why"], by=request.user, at=timezone.now())
        except ValidationError as error:
            form.add_error("why", error)
        else:
            messages.success(request, "Its records are open to them again, as far as their role allows.")
            return redirect(back)
    name = colleague_names([found.user])[found.user_id]
    context = {"form": form, "heading": "Open the records again", "button": "Open them again", "back": back,
               "lead": f"To {name}: family {found.family.reference}. {found.get_how_display()}."}  # fmt: skip
    return render(request, "families/conflict.html", context, status=422 if form.is_bound else 200)
