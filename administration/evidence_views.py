"""Evidence for a court, a regulator or an auditor: how much it is first, then why, then the file."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from accounts.step_up import needs_step_up
from administration import evidence_actions as actions
from administration.evidence_forms import AnswerForm, AskForm, LeaveOutForm, WantedForm
from administration.evidence_presenters import OPEN, lines, request_rows, scope_rows, status
from administration.models import EvidenceRequest
from administration.question_page import asks, posted, refuse
from audit.checkpointing import Rewritten
from audit.middleware import opens_own_blocks
from audit.signing import BadKey, fingerprint
from decisions.views.submission import submission_id

MOST_SHOWN = 25
# For static/download.js: how many entries will be in the file.
COMING = "X-Entries"
SAID_AGAIN = "They are left out. Other fields repeat it: look for “It repeats what you left out”."
NOT_SIGNED = "It cannot be signed, so nothing was made. Ask whoever runs this site to verify the audit log."


def _visible(request: SignedInRequest) -> Any:
    rows = EvidenceRequest.objects.visible_to(request.user)
    return rows.select_related("written_by", "answer__written_by").prefetch_related("left_out")


@allow(Permission.TAKE_EVIDENCE)
@require_safe
def overview(request: SignedInRequest) -> HttpResponse:
    """What was asked for lately, and what waits for a second officer. By reference: no name is on it."""
    found = list(_visible(request).order_by("-pk")[:MOST_SHOWN])
    return render(request, "administration/evidence.html", {"lines": lines(found, timezone.now())})


@allow(Permission.TAKE_EVIDENCE)
@asks
@needs_step_up
def ask(request: SignedInRequest) -> HttpResponse:
    """First of what, in the address; then how much that is, with the reason. Nothing is made here."""
    was_chosen = request.method == "POST" or bool({"what", "show"} & set(request.GET))
    chosen = WantedForm(request.GET if was_chosen else None, officer=request.user)
    if not chosen.is_valid():
        return _ask_page(request, {"chosen": chosen}, status=422 if was_chosen else 200)
    form = AskForm(posted(request))
    if form.is_bound and form.is_valid():
        try:
            made = actions.ask_evidence(
                wanted=chosen.wanted, submission_id=submission_id(request), reason=form.cleaned_data["reason"],
                their_reference=form.cleaned_data["their_reference"],
                why_addresses=form.cleaned_data["why_addresses"] or "", by=request.user, at=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:
            refuse(form, error)
        else:
            return redirect("administration:evidence_request", made.public_id)
    counts = chosen.wanted.counts()
    context = {
        "form": form, "rows": scope_rows(chosen.wanted, counts),
        "needs_second": actions.needs_second(chosen.wanted, counts, request.user),
        "query": request.GET.urlencode(), "submission_id": submission_id(request),
    }  # fmt: skip
    return _ask_page(request, context, status=422 if form.errors else 200)


def _ask_page(request: SignedInRequest, context: dict[str, Any], *, status: int) -> HttpResponse:
    return render(request, "administration/evidence_ask.html", context, status=status)


@allow(Permission.TAKE_EVIDENCE)
@asks
@needs_step_up
def detail(request: SignedInRequest, evidence: UUID) -> HttpResponse:
    """What was asked for. While it waits, another officer answers here; whoever asked makes the file."""
    found: EvidenceRequest = get_object_or_404(_visible(request), public_id=evidence)
    now = timezone.now()
    tag, is_own = status(found, now), found.written_by_id == request.user.pk
    may_answer = tag[1] == "yellow" and not is_own
    form = AnswerForm(posted(request) if may_answer else None)
    if form.is_bound and form.is_valid():
        try:
            actions.answer_evidence(
                request=found, agreed=form.cleaned_data["agreed"] == "yes", reason=form.cleaned_data["reason"],
                by=request.user, at=now,
            )  # fmt: skip
        except ValidationError as error:
            refuse(form, error)
        else:
            return redirect("administration:evidence_request", found.public_id)
    may_take = tag[1] == "green" and is_own
    context = {
        "fingerprint": _fingerprint() if may_take else "",
        "found": found, "rows": request_rows(found), "tag": tag, "form": form, "may_answer": may_answer,
        "may_leave_out": is_own and tag[0] in OPEN and found.what == EvidenceRequest.What.DECISION,
        "may_take": may_take, "waits": tag[1] == "yellow", "ends_at": found.ends_at,
    }  # fmt: skip
    refused = request.method == "POST"
    return render(request, "administration/evidence_request.html", context, status=422 if refused else 200)


def _fingerprint() -> str:
    try:
        return fingerprint()
    except BadKey:
        return NOT_SIGNED


@allow(Permission.TAKE_EVIDENCE)
@asks
@needs_step_up
def leave_out(request: SignedInRequest, evidence: UUID) -> HttpResponse:
    """Fields of a decision that stay out of its evidence. It shows what they say, which is entered first."""
    found: EvidenceRequest = get_object_or_404(
        _visible(request), public_id=evidence, what=EvidenceRequest.What.DECISION
    )
    known = actions.show_fields(request=found, by=request.user, at=timezone.now())
    form = LeaveOutForm(posted(request), known=known)
    if form.is_bound and form.is_valid():
        try:
            again = actions.leave_out_fields(
                request=found, codes=form.cleaned_data["fields_out"], reason=form.cleaned_data["reason"],
                by=request.user, at=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:
            refuse(form, error)
        else:
            if again:
                messages.warning(request, SAID_AGAIN)
            return redirect(f"administration:evidence_{'leave_out' if again else 'request'}", found.public_id)
    context = {"found": found, "form": form, "known": known}
    return render(request, "administration/evidence_leave_out.html", context, status=422 if form.errors else 200)


@opens_own_blocks  # bytes go out for as long as whoever takes them likes, and nobody waits for that
@allow(Permission.TAKE_EVIDENCE)
@require_POST
@needs_step_up
def take(request: SignedInRequest, evidence: UUID) -> HttpResponseBase:
    found: EvidenceRequest = get_object_or_404(_visible(request), public_id=evidence)
    try:
        making = actions.take_evidence(request=found, by=request.user, at=timezone.now())
    except ValidationError as error:
        messages.error(request, error.messages[0])
    except (BadKey, Rewritten):
        messages.error(request, NOT_SIGNED)
    else:
        headers = {"Content-Disposition": 'attachment; filename="evidence.zip"', COMING: str(found.entries)}
        return StreamingHttpResponse(making.sent, content_type="application/zip", headers=headers)
    return redirect("administration:evidence_request", found.public_id)
