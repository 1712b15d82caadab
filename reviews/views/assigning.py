from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from decisions.actions import open_decision
from decisions.models import Decision
from reviews import actions
from reviews.forms import AssignForm
from reviews.queries import may_review, reviews_of


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.REVIEW_DECISIONS)
def assign(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """Take a review over or assign it to somebody else. Shows no case text but whom it is about."""
    decision: Decision = get_object_or_404(Decision.objects.supervised_by(request.user), public_id=public_id)
    if decision.author_id == request.user.pk:
        raise PermissionDenied
    offered = may_review(decision, timezone.localdate(), reviews_of(decision))
    posted = request.POST if request.method == "POST" else None
    form = AssignForm(posted, offered=offered, reader=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.assign(
                decision=decision, to=form.chosen, reason=form.cleaned_data["reason"], by=request.user,
                at=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:
            form.add_error("to", error.messages[0])
        else:
            messages.success(request, f"The review of {decision.reference} has been assigned.")
            return redirect("reviews:queue")
    # Above its heading stands whom it is about.
    open_decision(decision=decision, by=request.user, at=timezone.now())
    context = {"decision": decision, "form": form, "offered": offered}
    return render(request, "reviews/assign.html", context, status=422 if posted is not None else 200)
