"""The author's reply to a review, and their second look where nobody else can review."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from decisions.actions import open_decision
from decisions.models import Decision
from decisions.presenters.names import users_since
from reviews import actions
from reviews.forms import ReplyForm, SecondLookForm
from reviews.models import Review, ReviewOutcome, SecondLook


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RECORD_DECISIONS)
def reply(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """The author's reply to one review. A second, different reply gets 409 and keeps its text on the page."""
    user = request.user
    own = Review.objects.filter(decision__in=Decision.objects.recorded_by(user))
    answerable = own.exclude(outcome=ReviewOutcome.AGREED).select_related("decision", "reply")
    review: Review = get_object_or_404(answerable, public_id=public_id)
    if request.method != "POST" and getattr(review, "reply", None):
        return redirect("decisions:detail", review.decision.public_id)
    form = ReplyForm(request.POST if request.method == "POST" else None)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.reply(review=review, text=form.cleaned_data["text"], by=user, at=timezone.now())
        except actions.AlreadyWritten:
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, "Your reply has been added to the review.")
            return redirect("decisions:detail", review.decision.public_id)
    since = list(users_since([(review.reviewer_id, review.reviewer_name)]))
    return _show(
        request, review.decision, "reviews/reply.html", {"form": form, "review": review, "names_since": since}, status
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RECORD_DECISIONS)
def second_look(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """Where nobody else may review: the author's own second look, from the next working day on."""
    decision: Decision = get_object_or_404(Decision.objects.recorded_by(request.user), public_id=public_id)
    exists = SecondLook.objects.filter(decision=decision).exists()
    may = exists or actions.may_add_second_look(decision, timezone.now())
    if (not may or exists) and request.method != "POST":
        return redirect("decisions:detail", decision.public_id)
    if not may:
        return _not_now(request, decision)
    form = SecondLookForm(request.POST if request.method == "POST" else None)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_second_look(
                decision=decision, text=form.cleaned_data["text"], by=request.user, at=timezone.now()
            )
        except actions.AlreadyWritten:
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, "Your second look has been added to the decision.")
            return redirect("decisions:detail", decision.public_id)
    return _show(request, decision, "reviews/second_look.html", {"form": form}, status)


def _not_now(request: SignedInRequest, decision: Decision) -> HttpResponseBase:
    """Show the text again with the reason it was not saved."""
    if not request.POST.get("text", "").strip():
        return redirect("decisions:detail", decision.public_id)
    form = SecondLookForm()
    form.put_back(request.POST)
    return _show(request, decision, "reviews/second_look.html", {"form": form, "late": True}, HTTPStatus.CONFLICT)


def _show(
    request: SignedInRequest, decision: Decision, template: str, context: dict[str, object], status: int
) -> HttpResponseBase:
    """Both pages show case text, so opening them is entered in the ledger."""
    open_decision(decision=decision, by=request.user, at=timezone.now())
    return render(
        request, template, {**context, "decision": decision, "taken": status == HTTPStatus.CONFLICT}, status=status
    )
