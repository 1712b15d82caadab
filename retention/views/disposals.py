from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow
from accounts.models import User
from accounts.roles import Permission
from accounts.step_up import needs_step_up
from decisions.views.submission import submission_id
from retention import actions, presenters
from retention.actions.disposals import needs_second
from retention.due import MOST_SHOWN, Due, due_records
from retention.forms.officers import AnswerForm, DisposeForm
from retention.kept_back import kept_back
from retention.models import Disposal
from retention.views.pages import is_valid, posted, refuse, show_form

NOTHING = "Choose what to dispose of, then try again."


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.DISPOSE)
@needs_step_up
def choose(request: SignedInRequest) -> HttpResponseBase:
    """What was ticked, once more, with a reason."""
    chosen = _chosen(request.user, (request.POST or request.GET).getlist("record"))
    if not chosen:
        messages.error(request, NOTHING)
        return redirect("retention:overview")
    form = DisposeForm(posted(request))
    if is_valid(request, form):
        try:
            disposal = actions.propose_disposal(
                keys=[due.key for due in chosen], reason=form.cleaned_data["reason"],
                submission_id=submission_id(request), by=request.user, at=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:
            refuse(form, error)
        else:
            return redirect("retention:disposal", disposal.public_id)
    context = {
        "lines": presenters.due_lines(chosen), "needs_second": needs_second(chosen),
        "reasons_to_keep": kept_back(chosen, request.user).items(),
    }  # fmt: skip
    return show_form(request, "retention/dispose.html", form, context)


def _chosen(officer: User, keys: list[str]) -> list[Due]:
    valid = [key for key in keys[:MOST_SHOWN] if _is_key(key)]
    return due_records(officer, timezone.localdate(), keys=valid) if valid else []


def _is_key(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.DISPOSE)
def detail(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """What came of a disposal; while it waits, a second officer answers here. Reading it asks for no password."""
    return (_answered if request.method == "POST" else _detail)(request, public_id)


def _detail(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    rows = Disposal.objects.visible_to(request.user).select_related("answer__written_by", "written_by")
    found: Disposal = get_object_or_404(rows.prefetch_related("records"), public_id=public_id)
    waits = found.needs_second and not hasattr(found, "answer")
    may_answer = waits and found.written_by_id != request.user.pk
    form = AnswerForm(posted(request) if may_answer else None)
    if may_answer and is_valid(request, form):
        try:
            actions.answer_disposal(
                disposal=found, agreed=form.cleaned_data["agreed"] == "yes", reason=form.cleaned_data["reason"],
                by=request.user, at=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:
            refuse(form, error)
        else:
            return redirect("retention:disposal", found.public_id)
    context = {
        "found": found, "tag": presenters.status(found), "may_answer": may_answer,
        "lines": [(record, presenters.ONE_OF[record.kind]) for record in found.records.all()], "waits": waits,
    }  # fmt: skip
    return show_form(request, "retention/disposal.html", form, context)


_answered = needs_step_up(_detail)
