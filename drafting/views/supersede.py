from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from audit.parts import read_parts
from decisions.actions import open_decision
from decisions.facts.sendings import SENDING_PARTS
from decisions.models import Decision
from decisions.presenters.outcome import outcome_words
from decisions.views.submission import submission_id
from drafting import actions
from rules.codes import Outcome

CLOSED = (
    "You cannot make a new decision here: its team is closed, or you may not see every family in it. "
    "Ask someone whose team works with them all."
)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RECORD_DECISIONS)
def supersede(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """Make a new decision that supersedes a recorded one: explain what that means, then start the draft."""
    decision = get_object_or_404(Decision.objects.supersedable_by(request.user), public_id=public_id)
    stops = request.GET.get("outcome") == Outcome.STOPPED and decision.is_shared
    if request.method == "POST":
        return _begin(request, decision, Outcome.STOPPED if stops else "")
    open_decision(decision=decision, by=request.user, at=timezone.now())
    read_parts([decision], SENDING_PARTS)
    context = {
        "decision": decision,
        "outcome": outcome_words(decision),
        "stops": stops,
        "passed_to_manager": decision.outcome == Outcome.PASSED_UP,
        "submission_id": submission_id(request),
    }
    return render(request, "drafting/supersede.html", context)


def _begin(request: SignedInRequest, decision: Decision, outcome: str) -> HttpResponseBase:
    try:
        draft = actions.supersede(
            decision=decision, outcome=outcome, submission_id=submission_id(request), by=request.user, at=timezone.now()
        )
    except PermissionDenied:
        messages.error(request, CLOSED)
        return redirect("decisions:detail", decision.public_id)
    return redirect("drafting:page", draft.public_id, "concern")
