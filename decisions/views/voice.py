"""Words read back to a person, and what they want the recipients to know."""

from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from decisions import actions
from decisions.forms.voice import PassedOnForm, ReadBackForm, StatementForm
from decisions.models import ConsentEvent, DecisionPerson, StatementToRecipients
from decisions.presenters.people import person_names, recipient_names
from decisions.views.additions import action_arguments, open_for_adding, post_data, redirect_to_decision, render_form


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RECORD_DECISIONS)
def read_back(request: SignedInRequest, public_id: UUID, consent: UUID) -> HttpResponseBase:
    """404 where they said nothing that could be read back."""
    decision = open_for_adding(request, public_id, whole=True)
    event: ConsentEvent = get_object_or_404(decision.consent_events.exclude(views=""), public_id=consent)
    initial = {"read_back_at": timezone.now(), "read_back_by": request.user.name_on_record}
    form = ReadBackForm(post_data(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.add_views_read_back(consent=event, answers=form.answers(), **action_arguments(request))
        return redirect_to_decision(request, decision)
    lead = f"{person_names(decision)[event.person_id]} said: “{event.views}”"
    return render_form(request, decision, form, "Record that you read their words back", lead=lead)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RECORD_DECISIONS)
def statement(request: SignedInRequest, public_id: UUID, person: int) -> HttpResponseBase:
    decision = open_for_adding(request, public_id, whole=True)
    who: DecisionPerson = get_object_or_404(decision.people.all(), pk=person)
    if not decision.is_shared:
        raise Http404
    form = StatementForm(post_data(request), recipients=decision.recipients.all(), initial={"made_at": timezone.now()})
    if request.method == "POST" and form.is_valid():
        actions.add_statement(
            decision=decision, person=who, recipient=form.chosen, answers=form.answers(), **action_arguments(request)
        )
        return redirect_to_decision(request, decision)
    lead = f"By {person_names(decision)[who.pk]}"
    return render_form(request, decision, form, "Record their statement to the recipients", lead=lead)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RECORD_DECISIONS)
def passed_on(request: SignedInRequest, public_id: UUID, statement: UUID, recipient: int) -> HttpResponseBase:
    """404 for a recipient whom the statement is not for."""
    decision = open_for_adding(request, public_id, whole=True)
    words: StatementToRecipients = get_object_or_404(decision.statements_to_recipients.all(), public_id=statement)
    to = next((row for row in decision.recipients.all() if row.pk == recipient), None)
    if to is None or words.recipient_id not in {None, recipient}:
        raise Http404
    form = PassedOnForm(post_data(request), initial={"passed_on_at": timezone.now()})
    if request.method == "POST" and form.is_valid():
        actions.add_statement_passed_on(
            statement=words, recipient=to, answers=form.answers(), **action_arguments(request)
        )
        return redirect_to_decision(request, decision)
    lead = f"By {person_names(decision)[words.person_id]}, to {recipient_names(decision)[to.pk]}: “{words.text}”"
    return render_form(request, decision, form, "Record that you passed on a statement", lead=lead)
