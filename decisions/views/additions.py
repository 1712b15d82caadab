"""Additions to a recorded decision. Each is a new row; none changes the record."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from decisions import actions
from decisions.facts.decision import facts_of
from decisions.facts.later_times import with_sending
from decisions.facts.sendings import sendings_of
from decisions.forms.additions import AddNotSentForm, AddSendingForm
from decisions.models import Decision, DecisionRecipient
from decisions.presenters.follow_up import withdrawn_consents
from decisions.presenters.names import people_since, recipients_since
from decisions.presenters.people import recipient_names
from decisions.queries import PARTS, may_add_to
from decisions.views.contradictions import contradictions_typed, keys, shown
from decisions.views.found import found_or_404
from decisions.views.submission import submission_id
from rules.findings import Finding
from ui.forms import ModelForm


def open_for_adding(request: SignedInRequest, public_id: UUID, *, whole: bool = False) -> Decision:
    """The decision, for adding to. Writes the same audit entry as reading it, because the page names people.

    With `whole`, it is read with its parts.
    """
    found = found_or_404(request.user, public_id, may_add_to, parts=PARTS if whole else ("organisation",))
    actions.open_decision(decision=found, by=request.user, at=timezone.now())
    return found


def post_data(request: SignedInRequest) -> QueryDict | None:
    """The POST data, even if empty, so that the form is bound and reports what is missing."""
    return request.POST if request.method == "POST" else None


def action_arguments(request: SignedInRequest) -> dict[str, Any]:
    """The arguments that every action here takes from the request."""
    return {"submission_id": submission_id(request), "by": request.user, "at": timezone.now()}


def redirect_to_decision(request: SignedInRequest, decision: Decision) -> HttpResponseBase:
    messages.success(request, "Added to the record.")
    return redirect("decisions:detail", decision.public_id)


def render_form(
    request: SignedInRequest,
    decision: Decision,
    form: ModelForm,  # type: ignore[type-arg]
    title: str,
    *,
    lead: str = "",
    about: datetime | None = None,
    contradictions: Sequence[Finding] = (),
) -> HttpResponseBase:
    """`lead` and `about` name the row that is added to, and its time. `contradictions` are shown once."""
    context = {
        "decision": decision,
        "form": form,
        "heading": title,
        "submission_id": submission_id(request),
        "lead": lead,
        "about": about,
        "contradictions": shown(decision, list(contradictions)),
        "seen": keys(list(contradictions)),
        "names_since": [*people_since(decision, request.user), *recipients_since(decision)],
    }
    return render(request, "decisions/add.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RECORD_DECISIONS)
def sending(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """A decision that was not shared has no sendings: the view and the action both answer 404."""
    decision = open_for_adding(request, public_id, whole=True)
    if not decision.is_shared:
        raise Http404
    form = AddSendingForm(
        post_data(request),
        recipients=list(decision.recipients.all()),
        initial={"recipient": _sent_to(request, decision)},
    )
    if withdrawn_consents(decision):
        form.warning = (
            "Consent was withdrawn: do not send anything more. If it was sent already, record that here. Your "
            "supervisor will see it."
        )
    found: list[Finding] = []
    if request.method == "POST" and form.is_valid():
        before, answers = facts_of(decision), form.answers()
        found = contradictions_typed(request, form, before, with_sending(before, form.chosen.pk, answers["sent_at"]))
        if not found:
            actions.add_sending(decision=decision, recipient=form.chosen, answers=answers, **action_arguments(request))
            return redirect_to_decision(request, decision)
    return render_form(request, decision, form, "Record that you sent it", contradictions=found)


def _sent_to(request: SignedInRequest, decision: Decision) -> str:
    """`?to=` preselects a recipient by primary key; without it, the only one that still waits."""
    waiting = [str(pk) for pk in sendings_of(decision).open]
    return request.GET.get("to", "") or (waiting[0] if len(waiting) == 1 else "")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RECORD_DECISIONS)
def not_sent(request: SignedInRequest, public_id: UUID, recipient: int) -> HttpResponseBase:
    """Only for a recipient who is given something and has not been sent it: 404 otherwise."""
    decision = open_for_adding(request, public_id, whole=True)
    state = sendings_of(decision)
    if recipient not in state.open | state.not_to_be_sent:
        raise Http404
    who: DecisionRecipient = next(row for row in decision.recipients.all() if row.pk == recipient)
    form = AddNotSentForm(post_data(request))
    if request.method == "POST" and form.is_valid():
        actions.add_not_sent(decision=decision, recipient=who, answers=form.answers(), **action_arguments(request))
        return redirect_to_decision(request, decision)
    return render_form(
        request, decision, form, "Record why it will not be sent", lead=f"To {recipient_names(decision)[who.pk]}"
    )
