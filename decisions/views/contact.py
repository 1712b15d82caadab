"""What was done to keep working together with a person, the next contact, and whether it took place."""

from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from decisions import actions
from decisions.forms.contact import ContactOutcomeForm, ContactPlanForm
from decisions.models import ContactPlan, DecisionPerson
from decisions.presenters.people import person_names
from decisions.views.additions import action_arguments, open_for_adding, post_data, redirect_to_decision, render_form
from ui.moments import moment


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RECORD_DECISIONS)
def plan(request: SignedInRequest, public_id: UUID, person: int) -> HttpResponseBase:
    decision = open_for_adding(request, public_id, whole=True)
    who: DecisionPerson = get_object_or_404(decision.people.all(), pk=person)
    form = ContactPlanForm(post_data(request))
    if who.source_of_harm:
        form.warning = (
            "They are an alleged or suspected source of harm. Do not contact them about this before you have taken "
            "advice from children's social care, the police or your safeguarding lead."
        )
    if request.method == "POST" and form.is_valid():
        actions.add_contact_plan(decision=decision, person=who, answers=form.answers(), **action_arguments(request))
        return redirect_to_decision(request, decision)
    lead = f"With {person_names(decision)[who.pk]}"
    return render_form(request, decision, form, "Record how you keep working together", lead=lead)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RECORD_DECISIONS)
def outcome(request: SignedInRequest, public_id: UUID, plan: UUID) -> HttpResponseBase:
    """404 where no contact was planned."""
    decision = open_for_adding(request, public_id, whole=True)
    planned: ContactPlan = get_object_or_404(decision.contact_plans.exclude(planned_on=None), public_id=plan)
    form = ContactOutcomeForm(post_data(request), initial={"contact_at": timezone.now()})
    if request.method == "POST" and form.is_valid():
        actions.add_contact_outcome(plan=planned, answers=form.answers(), **action_arguments(request))
        return redirect_to_decision(request, decision)
    lead = f"Contact with {person_names(decision)[planned.person_id]}, planned for {moment(planned.planned_on)}"
    return render_form(request, decision, form, "Record whether the contact took place", lead=lead)
