"""A standing decision for a group that shares regularly: each sharing is a sending of its own."""

from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from decisions import actions
from decisions.facts.decision import facts_of
from decisions.facts.later_times import with_sending
from decisions.forms.standing import LineForm
from decisions.models import Decision, Sending
from decisions.views.additions import action_arguments, open_for_adding, post_data, redirect_to_decision, render_form
from decisions.views.contradictions import contradictions_typed
from decisions.views.submission import submission_id
from rules.findings import Finding

LINES = 50


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RECORD_DECISIONS)
def add_sending(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """Sendings after the last day, or to someone outside the group, are recorded too and flagged."""
    decision = open_for_adding(request, public_id, whole=True)
    if not decision.standing_until or not decision.is_shared:
        raise Http404
    form = line_form(request, decision)
    found: list[Finding] = []
    if request.method == "POST" and form.is_valid() and form.chosen:
        before = facts_of(decision)
        after = with_sending(before, form.chosen.pk, form.cleaned_data["sent_at"])
        found = contradictions_typed(request, form, before, after)
    if request.method == "POST" and form.is_valid() and not found:
        if form.chosen:
            actions.add_sending(
                decision=decision, recipient=form.chosen, answers=form.answers(), **action_arguments(request)
            )
        else:
            actions.add_addition(
                decision=decision, person=None, answers=form.as_addition(), **action_arguments(request)
            )
        return redirect_to_decision(request, decision)
    return render_form(request, decision, form, "Record what you shared", contradictions=found)


def line_form(request: SignedInRequest, decision: Decision) -> LineForm:
    return LineForm(
        post_data(request), recipients=decision.recipients.all(),
        initial={"sent_at": timezone.now()},
    )  # fmt: skip


def standing(request: SignedInRequest, decision: Decision, *, may_add: bool) -> dict[str, Any]:
    """The context of the decision's own page: the newest sendings first, and the form to add one."""
    if not decision.standing_until or not decision.is_shared:
        return {"shown": None}
    newest = sorted(decision.sendings.all(), key=lambda sending: (sending.sent_at, sending.pk), reverse=True)
    page: Page[Sending] = Paginator(newest, LINES).get_page(request.GET.get("page"))
    over = timezone.localdate() > decision.standing_until
    return {
        "shown": list(page.object_list),
        "lines_page": page,
        "standing_over": over,
        "line_form": line_form(request, decision) if may_add and not over else None,
        "submission_id": submission_id(request),
    }
