"""The end of the guided form: check your answers, then record the decision or delete the draft."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts import autosave
from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from decisions import actions
from decisions.facts.decision import facts_of
from decisions.models import Decision
from decisions.presenters.findings import named_findings, warnings_in_two
from decisions.presenters.people import person_names
from decisions.presenters.record import sections
from decisions.presenters.urgent import already_recorded
from drafting import actions as drafting_actions
from drafting.draft import Draft, load, load_own
from drafting.sources import source_changes
from drafting.step_list import step_list
from drafting.steps import CHECK, is_judged, next_key, path, reachable, step_on_path
from rules.assess import assess


@require_http_methods(["GET", "HEAD"])
@allow(Permission.RECORD_DECISIONS)
def check(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """Every answer as it would be recorded, each with its change link, and what has to be corrected first."""
    return _check(request, load_own(public_id, request.user), 200)


def _check(request: SignedInRequest, draft: Draft, status: int) -> HttpResponseBase:
    actions.open_draft(decision=draft.decision, page=CHECK, by=request.user, at=timezone.now())
    if not is_judged(draft):
        draft = drafting_actions.judge_again(decision=draft.decision, by=request.user, at=timezone.now())
    decision = drafting_actions.prepared(draft).decision
    assessment = assess(facts_of(decision, recorded_at=timezone.now()))
    people = {str(key): name for key, name in person_names(decision).items()}
    context = {
        "draft": draft, "decision": decision, "step_list": step_list(draft, None), "last_step": path(draft)[-1],
        "open_keys": reachable(draft), "sections": sections(decision),
        "undone": step_on_path(draft, next_key(draft)),
        "blocking": named_findings(assessment.blocking, people),
        **warnings_in_two(assessment.warnings, people),
        "already_recorded": already_recorded(decision, request.user),
        "source_changes": source_changes(draft),
    }  # fmt: skip
    return render(request, "drafting/check.html", context, status=status)


@require_POST
@allow(Permission.RECORD_DECISIONS)
def record(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    own = Decision.objects.visible_to(request.user).filter(author=request.user)
    decision = get_object_or_404(own, public_id=public_id)
    was_draft = decision.is_draft
    try:
        drafting_actions.record(decision=decision, by=request.user, at=timezone.now())
    except (drafting_actions.NotReady, drafting_actions.AlreadyRecorded):
        return _check(request, load(decision, request.user), 422)
    if was_draft:
        autosave.discard_under(reverse("decisions:detail", args=[decision.public_id]))
    messages.success(request, "Recorded. Nobody can change it now; what happens next is added to it.")
    return redirect("decisions:detail", decision.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RECORD_DECISIONS)
def discard(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """Delete the draft, after a page that asks for confirmation."""
    decision = get_object_or_404(Decision.objects.drafts_of(request.user), public_id=public_id)
    if request.method == "POST":
        drafting_actions.discard(decision=decision, by=request.user, at=timezone.now())
        autosave.discard_under(reverse("decisions:detail", args=[decision.public_id]))
        messages.success(request, "Draft deleted. The audit log shows that there was one.")
        return redirect("home")
    return render(request, "drafting/delete.html", {"decision": decision})
