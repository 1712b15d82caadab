"""An author's own reflections. Everybody else gets the plain 404 on every page, whatever their role."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, allow_signed_in
from accounts.models import User
from decisions.models import Decision
from decisions.views.submission import submission_id
from reflections import actions
from reflections.forms import ReflectionForm
from reflections.models import Reflection
from reflections.names import Doubt, doubts, names_of_case
from reflections.presenters import answers, guidance_for, kept, lines, shown_lines, time_is_up
from reflections.questions import SUGGESTED_MINUTES
from ui.moments import clock
from ui.newer_older import newest_page

PER_PAGE = 25
CONFLICT, UNPROCESSABLE = 409, 422
LONGEST_OPEN = timedelta(hours=12)


def own_or_404(user: User, public_id: UUID) -> Reflection:
    found: Reflection = get_object_or_404(Reflection.objects.visible_to(user), public_id=public_id)
    return found


def decision_of(reflection: Reflection, user: User) -> Decision | None:
    """None where it is about none, or about one that its author may no longer see."""
    if reflection.decision_id is None:
        return None
    seen = Decision.objects.recorded().visible_to(user).filter(pk=reflection.decision_id)
    return seen.prefetch_related("people", "guidance_seen").first()


def doubts_of(reflection: Reflection, decision: Decision | None, user: User) -> list[Doubt]:
    return doubts(reflection.words, names_of_case(decision, user) if decision else ())


@require_safe
@allow_signed_in
def own_reflections(request: SignedInRequest) -> HttpResponseBase:
    rows = Reflection.objects.visible_to(request.user).only("public_id", "started_at", "saved_at")
    page = newest_page(rows, "started_at", request.GET, PER_PAGE)
    shown = Reflection.objects.shown_to(request.user).select_related("author").only("public_id", "started_at", "author")
    context = {"page": page, "lines": lines(list(page.rows)), "shown": shown_lines(list(shown))}
    return render(request, "reflections/list.html", context)


@require_safe
@allow_signed_in
def detail(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    reflection = own_or_404(request.user, public_id)
    decision = decision_of(reflection, request.user)
    context = {
        "reflection": reflection,
        "decision": decision,
        "answers": answers(reflection),
        "doubts": doubts_of(reflection, decision, request.user),
        "audit_trail": kept(reflection),
        "readers": reflection.readers.filter(ended_at__isnull=True).select_related("reader"),
    }
    return render(request, "reflections/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow_signed_in
def new(request: SignedInRequest) -> HttpResponseBase:
    """One about no decision."""
    return _start(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@allow_signed_in
def about_decision(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """One about a recorded decision that its author may see."""
    seen = Decision.objects.recorded().visible_to(request.user).prefetch_related("people", "guidance_seen")
    return _start(request, get_object_or_404(seen, public_id=public_id))


def _start(request: SignedInRequest, decision: Decision | None) -> HttpResponse:
    form = ReflectionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        row = actions.start_reflection(
            decision=decision, words=form.words(), submission_id=submission_id(request), by=request.user,
            at=timezone.now(),
        )  # fmt: skip
        return _saved(request, row)
    return _show(request, form, decision, heading="Reflect", submission_id=submission_id(request))


@require_http_methods(["GET", "HEAD", "POST"])
@allow_signed_in
def change(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """Saving words over newer ones of one's own from another window: 409, with both on the page."""
    row = own_or_404(request.user, public_id)
    initial = {**row.words, "version": row.version}
    form = ReflectionForm(request.POST if request.method == "POST" else None, initial=initial)
    stored: list[Any] = []
    if form.is_valid():
        try:
            saved = actions.change_reflection(
                reflection=row, words=form.words(), version=form.cleaned_data["version"], by=request.user,
                at=timezone.now(),
            )  # fmt: skip
        except actions.ChangedMeanwhile:
            row.refresh_from_db()
            stored, data = answers(row), request.POST.copy()
            data["version"] = str(row.version)
            form = ReflectionForm(data)
        else:
            return _saved(request, saved)
    decision = decision_of(row, request.user)
    found = doubts_of(row, decision, request.user)
    more = {"reflection": row, "doubts": found, "stored": stored}
    return _show(request, form, decision, heading="Change your reflection", **more)


@require_http_methods(["GET", "HEAD", "POST"])
@allow_signed_in
def delete(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    row = own_or_404(request.user, public_id)
    if request.method != "POST":
        return render(request, "reflections/delete.html", {"reflection": row})
    actions.delete_reflection(reflection=row, by=request.user, at=timezone.now())
    messages.success(request, "Your reflection has been deleted.")
    return redirect("reflections:list")


def _saved(request: SignedInRequest, row: Reflection) -> HttpResponse:
    messages.success(request, "Your reflection is saved.")
    return redirect("reflections:detail", row.public_id)


def _show(
    request: SignedInRequest, form: ReflectionForm, decision: Decision | None, *, heading: str, **more: object
) -> HttpResponse:
    opened = _opened(request, timezone.now())
    over = time_is_up(opened)
    context = {
        "form": form, "decision": decision, "heading": heading, "guidance": guidance_for(decision),
        "minutes": SUGGESTED_MINUTES, "opened": opened.isoformat(), "over": over.isoformat(),
        "over_clock": clock(timezone.localtime(over)), **more,
    }  # fmt: skip
    status = CONFLICT if more.get("stored") else UNPROCESSABLE if form.errors else 200
    return render(request, "reflections/form.html", context, status=status)


def _opened(request: SignedInRequest, now: datetime) -> datetime:
    """When the page was opened first, also when it comes back with a message. What nobody's page sent counts as now."""
    try:
        sent = datetime.fromisoformat(request.POST.get("opened", ""))
    except ValueError:
        return now
    recent = timezone.is_aware(sent) and sent <= now and now - sent < LONGEST_OPEN
    return sent if recent else now
