"""What happened next, and what is set beside a recorded decision: each a new row, none a change."""

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from decisions import actions
from decisions.forms.events import AddConsentForm, AdditionForm, ReceiptForm, ResponseForm
from decisions.models import Decision, DecisionPerson, Sending
from decisions.views.additions import added, given, posted, recorded, show
from rules.codes import Added, CameBack


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RECORD_DECISIONS)
def receipt(request: SignedInRequest, public_id: UUID, sending: UUID) -> HttpResponseBase:
    decision = recorded(request, public_id)
    sent: Sending = get_object_or_404(decision.sendings.select_related("recipient"), public_id=sending)
    form = ReceiptForm(posted(request), sent_at=sent.sent_at, initial={"received_at": timezone.now()})
    if request.method == "POST" and form.is_valid():
        actions.add_receipt(decision=decision, sending=sent, answers=form.answers(), **given(request))
        return added(request, decision)
    return show(request, decision, form, "Add a receipt", lead=f"Sent to {sent.recipient.name}", about=sent.sent_at)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RECORD_DECISIONS)
def response(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    """`?kind=` and `?to=` open it with an answer chosen: a code and a row's own number, never a name."""
    decision = recorded(request, public_id)
    asked = {"kind": request.GET.get("kind", ""), "recipient": request.GET.get("to", "")}
    initial: dict[str, Any] = {name: value for name, value in asked.items() if value}
    if initial.get("kind") not in frozenset(CameBack):
        initial.pop("kind", None)
    form = ResponseForm(
        posted(request), recipients=decision.recipients.all(), numbers=decision.organisation.duty_numbers.all(),
        initial={"at": timezone.now(), **initial},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        actions.add_response(decision=decision, recipient=form.chosen, answers=form.answers(), **given(request))
        return added(request, decision)
    return show(request, decision, form, "Add what happened next")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RECORD_DECISIONS)
def addition(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    decision = recorded(request, public_id)
    whole = Decision.objects.with_parts().get(pk=decision.pk)
    asked = {"kind": request.GET.get("kind", ""), "section": request.GET.get("section", "")}
    initial = {"section": asked["section"], "kind": asked["kind"] if asked["kind"] in frozenset(Added) else ""}
    form = AdditionForm(posted(request), decision=whole, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.add_addition(decision=decision, person=form.chosen, answers=form.answers(), **given(request))
        return added(request, decision)
    return show(request, decision, form, "Set something beside it")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RECORD_DECISIONS)
def said(request: SignedInRequest, public_id: UUID, person: int) -> HttpResponseBase:
    decision = recorded(request, public_id)
    who: DecisionPerson = get_object_or_404(decision.people.all(), pk=person)
    form = AddConsentForm(posted(request), person=who)
    if request.method == "POST" and form.is_valid():
        actions.add_consent(decision=decision, person=who, answers=form.answers(), **given(request))
        return added(request, decision)
    return show(request, decision, form, "Add what they say now")
