from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from decisions.actions import open_decision
from decisions.facts.decision import assessed
from decisions.models import Decision
from decisions.presenters.findings import warnings_in_two
from decisions.presenters.follow_up import to_inform
from decisions.presenters.in_short import short
from decisions.presenters.names import names_since
from decisions.presenters.outcome import outcome_words
from decisions.presenters.people import person_names
from decisions.presenters.people_on_lists import who
from decisions.presenters.record import sections
from decisions.queries import is_supervised_by
from decisions.views.found import found_or_404
from reviews import actions
from reviews.forms import ReviewForm
from reviews.presenters import target_words, waiting
from reviews.queries import REVIEWS, assigned_among, awaiting_review_by, count_awaiting_review_by, in_turn
from reviews.review_state import ReviewState, already_reviewed_by, review_state

NEXT = "next"
MOST_IN_TURN = 1000


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.REVIEW_DECISIONS)
def review(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """Warnings, the decision in short and the review form on one screen, with the full record below."""
    decision = _found(request, public_id)
    if decision.author_id == request.user.pk:
        raise PermissionDenied
    if request.method != "POST" and not _is_theirs(request, decision):
        return redirect("decisions:detail", decision.public_id)
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _give(request, decision, form)
    return _show(request, decision, form, 422 if request.method == "POST" else 200)


def _found(request: SignedInRequest, public_id: UUID) -> Decision:
    return found_or_404(request.user, public_id, is_supervised_by, *REVIEWS, "assignments", "second_look")


def _review_state(decision: Decision) -> ReviewState:
    return review_state(decision.recorded_at or decision.started_at, list(decision.reviews.all()))


def _is_theirs(request: SignedInRequest, decision: Decision) -> bool:
    """Whether a round is open that this person may review."""
    reviews = list(decision.reviews.all())
    return _review_state(decision).is_open and request.user.pk not in already_reviewed_by(reviews)


def _number(request: SignedInRequest) -> int:
    """The round that was open when the page was loaded."""
    try:
        return int(request.POST.get("number", "1"))
    except ValueError:
        return 1


def _give(request: SignedInRequest, decision: Decision, form: ReviewForm) -> HttpResponseBase:
    answers = form.cleaned_data
    try:
        actions.record_review(
            decision=decision, outcome=answers["outcome"], comment=answers["comment"], number=_number(request),
            by=request.user, at=timezone.now(),
        )  # fmt: skip
    except actions.AlreadyReviewed:
        return _show(request, _found(request, decision.public_id), form, HTTPStatus.CONFLICT)
    messages.success(request, f"Your review of {decision.reference} has been recorded.")
    if request.POST.get("then") != NEXT:
        return redirect("decisions:detail", decision.public_id)
    following = _next(request, decision)
    return redirect("reviews:review", following.public_id) if following else redirect("reviews:queue")


def _next(request: SignedInRequest, decision: Decision) -> Decision | None:
    return in_turn(awaiting_review_by(request.user)).exclude(pk=decision.pk).first()


@require_safe
@allow(Permission.REVIEW_DECISIONS)
def following(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """Leads on to what is reviewed after this one, so that nobody has to go back to the queue."""
    decision: Decision = get_object_or_404(Decision.objects.supervised_by(request.user), public_id=public_id)
    keys = list(in_turn(awaiting_review_by(request.user)).values_list("public_id", flat=True)[:MOST_IN_TURN])
    place = keys.index(decision.public_id) + 1 if decision.public_id in keys else 0
    after = keys[place:] or [key for key in keys[:1] if key != decision.public_id]
    return redirect("reviews:review", after[0]) if after else redirect("reviews:queue")


def _show(request: SignedInRequest, decision: Decision, form: ReviewForm, status: int) -> HttpResponseBase:
    open_decision(decision=decision, by=request.user, at=timezone.now())
    people = {str(key): name for key, name in person_names(decision).items()}
    now, today = _review_state(decision), timezone.localdate()
    others = count_awaiting_review_by(request.user) - _is_theirs(request, decision)
    context = {
        "decision": decision,
        "form": form,
        "who": who([decision])[decision.pk],
        "outcome": outcome_words(decision),
        "short": short(decision),
        "sections": sections(decision),
        **warnings_in_two(assessed(decision).warnings, people),
        "names_since": names_since(decision, request.user),
        "not_informed": [person for person in to_inform(decision, today) if person.is_overdue],
        "reviews": decision.reviews.all(),
        "number": now.number,
        "waiting": waiting(decision, now.since, today),
        "assigned": assigned_among([decision], today).get(decision.pk),
        "others": others,
        "target": target_words(),
        "taken": status == HTTPStatus.CONFLICT,
    }
    return render(request, "reviews/review.html", context, status=status)
