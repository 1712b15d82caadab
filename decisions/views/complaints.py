"""A complaint about a decision or an objection to it, its acknowledgement and its answer."""

from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from decisions import actions
from decisions.facts.decision import facts_of
from decisions.facts.later_times import with_complaint, with_no_rows
from decisions.forms.complaints import AcknowledgementForm, ComplaintAnswerForm, ComplaintForm
from decisions.models import Complaint
from decisions.presenters.complaints import complaint_noun
from decisions.views.additions import action_arguments, open_for_adding, post_data, redirect_to_decision, render_form
from decisions.views.contradictions import contradictions_typed
from rules.findings import Finding


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RECORD_DECISIONS)
def complaint(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    decision = open_for_adding(request, public_id, whole=request.method == "POST")
    form = ComplaintForm(post_data(request), people=decision.people.all(), initial={"received_at": timezone.now()})
    found: list[Finding] = []
    if request.method == "POST" and form.is_valid():
        before, answers = with_no_rows(facts_of(decision)), form.answers()
        found = contradictions_typed(request, form, before, with_complaint(before, answers["received_at"]))
        if not found:
            actions.add_complaint(decision=decision, person=form.chosen, answers=answers, **action_arguments(request))
            return redirect_to_decision(request, decision)
    return render_form(request, decision, form, "Record an objection or a complaint", contradictions=found)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RECORD_DECISIONS)
def answer(request: SignedInRequest, public_id: UUID, complaint: UUID) -> HttpResponseBase:
    decision = open_for_adding(request, public_id)
    received: Complaint = get_object_or_404(decision.complaints.all(), public_id=complaint)
    form = ComplaintAnswerForm(post_data(request), complaint=received, initial={"answered_at": timezone.now()})
    if request.method == "POST" and form.is_valid():
        actions.add_complaint_answer(complaint=received, answers=form.answers(), **action_arguments(request))
        return redirect_to_decision(request, decision)
    return render_form(request, decision, form, "Record the answer", lead=_lead(received))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RECORD_DECISIONS)
def acknowledge(request: SignedInRequest, public_id: UUID, complaint: UUID) -> HttpResponseBase:
    decision = open_for_adding(request, public_id)
    received: Complaint = get_object_or_404(decision.complaints.all(), public_id=complaint)
    form = AcknowledgementForm(post_data(request), complaint=received, initial={"acknowledged_at": timezone.now()})
    if request.method == "POST" and form.is_valid():
        actions.add_complaint_acknowledgement(complaint=received, answers=form.answers(), **action_arguments(request))
        return redirect_to_decision(request, decision)
    return render_form(request, decision, form, "Record that you acknowledged it", lead=_lead(received))


def _lead(received: Complaint) -> str:
    return f"{complaint_noun(received)}: “{received.text}”"
