from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from decisions.actions import open_decision
from decisions.assessing import assessed
from decisions.models import Decision
from decisions.presenters.findings import found
from decisions.presenters.log import lines
from decisions.presenters.record import sections
from decisions.presenters.words import outcome_done
from reviews import actions
from reviews.forms import VerdictForm

PER_PAGE = 25


@require_safe
@allow(Permission.REVIEW_DECISIONS)
def queue(request: SignedInRequest) -> HttpResponseBase:
    """Decisions waiting for a verdict, longest first."""
    waiting = Decision.objects.awaiting_verdict_of(request.user).order_by("recorded_at", "pk")
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "reviews/queue.html", {"page": page, "lines": lines(page.object_list)})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.REVIEW_DECISIONS)
def verdict(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """The decision with what to look at first, and the verdict below it."""
    decision = _found(request, public_id)
    if decision.author_id == request.user.pk:
        raise PermissionDenied
    if request.method != "POST" and decision.reviews.all():
        return redirect("decisions:detail", decision.public_id)
    form = VerdictForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _give(request, decision, form)
    return _show(request, decision, form, 422 if request.method == "POST" else 200)


def _found(request: SignedInRequest, public_id: UUID) -> Decision:
    visible = Decision.objects.supervised_by(request.user).with_parts().prefetch_related("reviews")
    found: Decision = get_object_or_404(visible, public_id=public_id)
    return found


def _give(request: SignedInRequest, decision: Decision, form: VerdictForm) -> HttpResponseBase:
    answers = form.cleaned_data
    try:
        actions.give_verdict(
            decision=decision, verdict=answers["verdict"], comment=answers["comment"], by=request.user,
            at=timezone.now(),
        )  # fmt: skip
    except actions.AlreadyReviewed:
        return _show(request, _found(request, decision.public_id), form, 409)
    messages.success(request, "Your verdict stands beside the decision.")
    return redirect("decisions:detail", decision.public_id)


def _show(request: SignedInRequest, decision: Decision, form: VerdictForm, status: int) -> HttpResponseBase:
    open_decision(decision=decision, by=request.user, at=timezone.now())
    people = {str(person.pk): person.name for person in decision.people.all()}
    context = {
        "decision": decision,
        "form": form,
        "outcome": outcome_done(decision.outcome),
        "sections": sections(decision),
        "warnings": found(assessed(decision).warnings, people),
        "taken": bool(decision.reviews.all()),
    }
    return render(request, "reviews/verdict.html", context, status=status)
