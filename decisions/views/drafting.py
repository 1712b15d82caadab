"""One view for every page of the guided form, and the check page at its end."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from decisions import actions
from decisions.facts import facts_of
from decisions.journey import typed
from decisions.journey.draft import Draft, load
from decisions.journey.pages.base import Page
from decisions.journey.steps import CHECK, KEYS, STEPS, Step, next_key, path, reachable, step_on_path
from decisions.models import Decision
from decisions.presenters.findings import found
from decisions.presenters.record import sections
from decisions.rules.assess import assess

ADD = "add:"


def _draft(request: SignedInRequest, public_id: UUID) -> Draft:
    decision = get_object_or_404(Decision.objects.drafts_of(request.user), public_id=public_id)
    return load(decision, request.user)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RECORD_DECISIONS)
def page(request: SignedInRequest, public_id: UUID, key: str) -> HttpResponseBase:
    if key not in KEYS:
        raise Http404
    draft = _draft(request, public_id)
    step = step_on_path(draft, key)
    if step is None or (request.method != "POST" and key not in reachable(draft)):
        return _elsewhere(request, draft, step, key)
    if request.method == "POST":
        return _save(request, draft, step)
    kept = draft.pages.get(key)
    form = step.page(draft, typed.to_data(kept.typed) if kept and kept.typed else None)
    form.is_valid()
    return _show(request, draft, step, form)


def _elsewhere(request: SignedInRequest, draft: Draft, step: Step | None, key: str) -> HttpResponseBase:
    """A page that is not open, or no longer applies: what was typed is kept, and the person led on."""
    if request.method == "POST" and step is None:
        gone = next(step for step in STEPS if step.key == key)
        form = gone.page(draft, request.POST)
        actions.keep_typed(page=form, version=draft.version(key), by=request.user, at=timezone.now())
    messages.info(request, "That page is not open yet, or no longer applies. This is the next one to fill in.")
    return _to(draft, next_key(draft))


def _to(draft: Draft, key: str) -> HttpResponseBase:
    if key == CHECK:
        return redirect("decisions:check", draft.decision.public_id)
    return redirect("decisions:page", draft.decision.public_id, key)


def _save(request: SignedInRequest, draft: Draft, step: Step) -> HttpResponseBase:
    then = request.POST.get("then", "")
    form = step.page(draft, _with_another(request.POST, then))
    version = _version(request.POST)
    now = timezone.now()
    valid = form.is_valid()
    try:
        if valid and not then.startswith(ADD):
            saved = actions.save_page(page=form, version=version, by=request.user, at=now)
        else:
            saved = actions.keep_typed(page=form, version=version, by=request.user, at=now)
    except actions.Stale:
        return _show(request, load(draft.decision, request.user), step, form, stale=True)
    if then == "later":
        messages.success(request, "Saved. You can come back to it from your home page, on any device.")
        return redirect("home")
    if then.startswith(ADD):
        return redirect(f"{request.path}#{then.removeprefix(ADD)}")
    if not valid:
        return _show(request, saved, step, form)
    if getattr(form.main, "family", None):
        return redirect(request.path)
    return _to(saved, next_key(saved))


def _with_another(data: QueryDict, then: str) -> QueryDict:
    """ "Add another" keeps everything typed and opens one more blank row."""
    if not then.startswith(ADD):
        return data
    more = data.copy()
    name = f"{then.removeprefix(ADD)}-rows"
    more[name] = str(typed.whole_number(more.get(name, ""), otherwise=0) + 1)
    return more


def _version(data: QueryDict) -> int:
    return typed.whole_number(data.get("version", ""), otherwise=0)


def _show(request: SignedInRequest, draft: Draft, step: Step, form: Page, *, stale: bool = False) -> HttpResponseBase:
    bad = request.method == "POST"
    context = {
        "draft": draft, "decision": draft.decision, "step": step, "page": form, "steps": path(draft),
        "open_keys": reachable(draft), "version": draft.version(step.key), "stale": stale, "forms": form.forms,
    }  # fmt: skip
    status = 409 if stale else 422 if bad else 200
    return render(request, "decisions/page.html", context, status=status)


@require_http_methods(["GET", "HEAD"])
@allow(Permission.RECORD_DECISIONS)
def check(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """Every answer with its change link, what stands in the way, and what the supervisor will see first."""
    return _check(request, _draft(request, public_id), 200)


def _check(request: SignedInRequest, draft: Draft, status: int) -> HttpResponseBase:
    undone = next_key(draft)
    assessment = assess(facts_of(draft.decision, recorded_at=timezone.now()))
    people = {str(person.pk): person.name for person in draft.people}
    context = {
        "draft": draft, "decision": draft.decision, "steps": path(draft), "open_keys": reachable(draft),
        "sections": sections(draft.decision), "undone": step_on_path(draft, undone),
        "blocking": found(assessment.blocking, people), "warnings": found(assessment.warnings, people),
    }  # fmt: skip
    return render(request, "decisions/check.html", context, status=status)


@require_POST
@allow(Permission.RECORD_DECISIONS)
def record(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    mine = Decision.objects.visible_to(request.user).filter(author=request.user)
    decision = get_object_or_404(mine, public_id=public_id)
    try:
        actions.record(decision=decision, by=request.user, at=timezone.now())
    except actions.NotReady:
        return _check(request, load(decision, request.user), 422)
    messages.success(request, "Recorded. Nobody can change it now; what happens next is added to it.")
    return redirect("decisions:detail", decision.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RECORD_DECISIONS)
def discard(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """Asks once, then throws the draft away."""
    decision = get_object_or_404(Decision.objects.drafts_of(request.user), public_id=public_id)
    if request.method == "POST":
        actions.discard(decision=decision, by=request.user, at=timezone.now())
        messages.success(request, "The draft is gone. That there was one stays in the audit log.")
        return redirect("home")
    return render(request, "decisions/discard.html", {"decision": decision})
