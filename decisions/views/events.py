"""Receipts, responses, later consent and additions. Each is a new row; none changes the record."""

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from decisions import actions
from decisions.facts.decision import facts_of
from decisions.facts.later_times import with_consent, with_no_rows, with_response
from decisions.forms.events import AddConsentForm, AdditionForm, ReceiptForm, ResponseForm
from decisions.models import DecisionPerson, Sending
from decisions.presenters.people import person_names, recipient_names
from decisions.views.additions import action_arguments, open_for_adding, post_data, redirect_to_decision, render_form
from decisions.views.contradictions import contradictions_typed
from rules.codes import AdditionKind, ResponseKind
from rules.findings import Finding


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RECORD_DECISIONS)
def receipt(request: SignedInRequest, public_id: UUID, sending: UUID) -> HttpResponseBase:
    decision = open_for_adding(request, public_id)
    sent: Sending = get_object_or_404(decision.sendings.select_related("recipient"), public_id=sending)
    form = ReceiptForm(post_data(request), sent_at=sent.sent_at, initial={"received_at": timezone.now()})
    if request.method == "POST" and form.is_valid():
        actions.add_receipt(decision=decision, sending=sent, answers=form.answers(), **action_arguments(request))
        return redirect_to_decision(request, decision)
    lead = f"Sent to {recipient_names(decision)[sent.recipient_id]}"
    return render_form(request, decision, form, "Record a receipt", lead=lead, about=sent.sent_at)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RECORD_DECISIONS)
def response(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """`?kind=` and `?to=` preselect answers by code and primary key, never by name."""
    decision = open_for_adding(request, public_id, whole=request.method == "POST")
    preselected = {"kind": request.GET.get("kind", ""), "recipient": request.GET.get("to", "")}
    initial: dict[str, Any] = {name: value for name, value in preselected.items() if value}
    if initial.get("kind") not in frozenset(ResponseKind):
        initial.pop("kind", None)
    form = ResponseForm(
        post_data(request), recipients=decision.recipients.all(), numbers=decision.organisation.duty_numbers.all(),
        initial={"at": timezone.now(), **initial},
    )  # fmt: skip
    found: list[Finding] = []
    if request.method == "POST" and form.is_valid():
        before, chosen = with_no_rows(facts_of(decision)), form.chosen
        after = with_response(before, chosen.pk if chosen else None, form.answers()["at"])
        found = contradictions_typed(request, form, before, after)
        if not found:
            actions.add_response(
                decision=decision, recipient=chosen, answers=form.answers(), **action_arguments(request)
            )
            return redirect_to_decision(request, decision)
    return render_form(request, decision, form, "Record the outcome", contradictions=found)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RECORD_DECISIONS)
def addition(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    decision = open_for_adding(request, public_id, whole=True)
    query = {"kind": request.GET.get("kind", ""), "section": request.GET.get("section", "")}
    initial = {"section": query["section"], "kind": query["kind"] if query["kind"] in frozenset(AdditionKind) else ""}
    form = AdditionForm(post_data(request), decision=decision, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.add_addition(decision=decision, person=form.chosen, answers=form.answers(), **action_arguments(request))
        return redirect_to_decision(request, decision)
    return render_form(request, decision, form, "Correct or add to this record")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RECORD_DECISIONS)
def consent(request: SignedInRequest, public_id: UUID, person: int) -> HttpResponseBase:
    decision = open_for_adding(request, public_id, whole=True)
    who: DecisionPerson = get_object_or_404(decision.people.all(), pk=person)
    form = AddConsentForm(post_data(request), person=who, error_prefix=person_names(decision)[who.pk])
    found: list[Finding] = []
    if request.method == "POST" and form.is_valid():
        before, answers = facts_of(decision), form.answers()
        after = with_consent(before, who.pk, answers["consent_state"], answers["consent_at"], answers["consent_until"])
        found = contradictions_typed(request, form, before, after)
        if not found:
            actions.add_consent(decision=decision, person=who, answers=answers, **action_arguments(request))
            return redirect_to_decision(request, decision)
    return render_form(request, decision, form, "Record their views", contradictions=found)
