"""Informing one person after recording: what they were told, an attempt, or why not yet and until when."""

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from decisions import actions
from decisions.facts.decision import facts_of, law_of
from decisions.facts.informing import informing_now
from decisions.facts.later_times import with_informing, with_not_informed
from decisions.forms.additions import AddInformingForm
from decisions.forms.informing import TIME_FIELDS
from decisions.forms.informing_again import HandedOverForm, InformingAgainForm
from decisions.models import Decision, DecisionPerson
from decisions.presenters.informing import recipients_use
from decisions.presenters.people import person_names
from decisions.views.additions import action_arguments, open_for_adding, post_data, redirect_to_decision, render_form
from decisions.views.contradictions import contradictions_typed
from families.reaching import kinds_not_safe
from rules.assess import assess
from rules.codes import NOT_INFORMED, Informing
from rules.facts import Facts
from rules.findings import Finding

# What is said once, before it is added, of somebody who is not informed yet.
DOUBTS = frozenset(
    {"LATER_FAR", "LATER_FAR_HARM", "LATER_AGREED", "INFORMING_APPROVER", "EXEMPTION_LATER", "CONCERN_NOT_INFORMED"}
)
OPEN = NOT_INFORMED | {Informing.ATTEMPTED}


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RECORD_DECISIONS)
def informing(request: SignedInRequest, public_id: UUID, person: int) -> HttpResponseBase:
    decision = open_for_adding(request, public_id, whole=True)
    informed: DecisionPerson = get_object_or_404(decision.people.select_related("person"), pk=person)
    form = _form(request, decision, informed)
    form.warn_of(decision.people.all())
    form.recipients_use = recipients_use(decision)
    form.say_not_safe(kinds_not_safe([informed.person_id], timezone.localdate()).get(informed.person_id, []))
    found: list[Finding] = []
    if request.method == "POST" and form.is_valid():
        answers = form.answers()
        answer = (answers["informing_state"], answers.get("informed_at"), answers.get("informing_review_on"))
        before = with_informing(facts_of(decision), informed.pk, "", None, None)
        after = with_informing(before, informed.pk, *answer)
        doubts = _doubts(decision, before, informed.pk, answers)
        found = contradictions_typed(request, form, before, after, TIME_FIELDS, doubts)
        if not found and not form.errors:
            actions.add_informing(decision=decision, person=informed, answers=answers, **action_arguments(request))
            return redirect_to_decision(request, decision)
    return render_form(request, decision, form, "Record what they were told", contradictions=found)


def _form(request: SignedInRequest, decision: Decision, person: DecisionPerson) -> AddInformingForm:
    """Of somebody who was to be informed later, whether it is safe comes first."""
    data, now = post_data(request), informing_now(decision).get(person.pk)
    given: dict[str, Any] = {"person": person, "error_prefix": person_names(decision)[person.pk]}
    if now and now.is_handed_over:
        return HandedOverForm(data, now=now, **given)
    if now and now.row.informing_state in OPEN:
        return InformingAgainForm(data, now=now, today=timezone.localdate(), **given)
    return AddInformingForm(data, **given)


def _doubts(decision: Decision, before: Facts, person: int, answers: dict[str, Any]) -> list[Finding]:
    """A date out of bounds, no law for a long wait, or nobody who agreed: said once, and the supervisor sees it."""
    if answers["informing_state"] not in NOT_INFORMED:
        return []
    after = with_not_informed(before, person, answers, timezone.localdate())
    found = assess(after, law_of(decision)).warnings
    return [finding for finding in found if finding.person == str(person) and finding.code in DOUBTS]
