"""Additions to a recorded decision: each a new row, none a change."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from decisions import actions
from decisions.forms.additions import AddInformingForm, AddSendingForm
from decisions.models import Decision, DecisionPerson
from decisions.presenters.follow_up import withdrawn_consents
from decisions.views.submission import submission_id
from ui.forms import ModelForm


def recorded(request: SignedInRequest, public_id: UUID) -> Decision:
    """Opened as any reading is: the page names the people in it."""
    found: Decision = get_object_or_404(
        Decision.objects.added_to_by(request.user).select_related("organisation"), public_id=public_id
    )
    actions.open_decision(decision=found, by=request.user, at=timezone.now())
    return found


def posted(request: SignedInRequest) -> QueryDict | None:
    """An empty POST is an answer too: the form then says what is missing."""
    return request.POST if request.method == "POST" else None


def given(request: SignedInRequest) -> dict[str, Any]:
    """What every action here is told of the request."""
    return {"submission_id": submission_id(request), "by": request.user, "at": timezone.now()}


def added(request: SignedInRequest, decision: Decision) -> HttpResponseBase:
    messages.success(request, "Added.")
    return redirect("decisions:detail", decision.public_id)


def show(
    request: SignedInRequest,
    decision: Decision,
    form: ModelForm,  # type: ignore[type-arg]
    title: str,
    *,
    lead: str = "",
    about: datetime | None = None,
) -> HttpResponseBase:
    """`lead` and `about` say which row it is added to, and when that was."""
    context = {
        "decision": decision, "form": form, "heading": title, "submission_id": submission_id(request), "lead": lead, "about": about,
    }  # fmt: skip
    return render(request, "decisions/add.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RECORD_DECISIONS)
def sending(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """Nothing is sent of what was not shared: there is no such page, and the action refuses it too."""
    decision = recorded(request, public_id)
    if not decision.is_shared:
        raise Http404
    form = AddSendingForm(posted(request), recipients=list(decision.recipients.all()))
    if withdrawn_consents(Decision.objects.with_parts().get(pk=decision.pk)):
        form.warning = (
            "Consent was withdrawn: do not send anything more. If it was sent already, write that down here. Your "
            "supervisor will see it."
        )
    if request.method == "POST" and form.is_valid():
        actions.add_sending(decision=decision, recipient=form.chosen, answers=form.answers(), **given(request))
        return added(request, decision)
    return show(request, decision, form, "Add a sending")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RECORD_DECISIONS)
def informing(request: SignedInRequest, public_id: UUID, person: int) -> HttpResponseBase:
    decision = recorded(request, public_id)
    told: DecisionPerson = get_object_or_404(decision.people.select_related("person"), pk=person)
    form = AddInformingForm(posted(request), person=told)
    if request.method == "POST" and form.is_valid():
        actions.add_informing(decision=decision, person=told, answers=form.answers(), **given(request))
        return added(request, decision)
    return show(request, decision, form, "Add what they were told")
