"""Information that turned out to be wrong, and telling each recipient who got it."""

from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from decisions import actions
from decisions.facts.corrections import who_got
from decisions.facts.decision import facts_of
from decisions.facts.later_times import with_corrections, with_no_rows
from decisions.forms.corrections import CorrectionForm, WrongInformationForm
from decisions.models import WrongInformation
from decisions.presenters.corrections import what_was_wrong
from decisions.presenters.people import recipient_names
from decisions.views.additions import action_arguments, open_for_adding, post_data, redirect_to_decision, render_form
from decisions.views.contradictions import contradictions_typed
from rules.findings import Finding

TIME_FIELDS = {"NOTIFIED_EARLY": "notified_at"}


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RECORD_DECISIONS)
def wrong_information(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    decision = open_for_adding(request, public_id, whole=True)
    form = WrongInformationForm(post_data(request), items=decision.items.all(), initial={"found_at": timezone.now()})
    early: list[Finding] = []
    if request.method == "POST" and form.is_valid():
        before, answers, item = with_no_rows(facts_of(decision)), form.answers(), form.chosen
        got = [recipient.pk for recipient in who_got(decision, WrongInformation(item=item))]
        early = contradictions_typed(request, form, before, with_corrections(before, got, answers["found_at"], None))
        if not early:
            actions.add_wrong_information(decision=decision, item=item, answers=answers, **action_arguments(request))
            return redirect_to_decision(request, decision)
    return render_form(request, decision, form, "Record that information was wrong", contradictions=early)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RECORD_DECISIONS)
def correction(request: SignedInRequest, public_id: UUID, wrong: UUID, recipient: int) -> HttpResponseBase:
    decision = open_for_adding(request, public_id, whole=True)
    found: WrongInformation = get_object_or_404(decision.wrong_information.all(), public_id=wrong)
    chosen = next((each for each in who_got(decision, found) if each.pk == recipient), None)
    if chosen is None:
        raise Http404
    form = CorrectionForm(
        post_data(request), name=recipient_names(decision)[chosen.pk],
        initial={"notified_at": timezone.now()},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        answers, facts = form.answers(), with_no_rows(facts_of(decision))
        before = with_corrections(facts, [chosen.pk], found.found_at, None)
        after = with_corrections(facts, [chosen.pk], found.found_at, answers["notified_at"])
        if not contradictions_typed(request, form, before, after, TIME_FIELDS) and form.is_valid():
            actions.add_correction(wrong=found, recipient=chosen, answers=answers, **action_arguments(request))
            return redirect_to_decision(request, decision)
    lead = f"What turned out to be wrong: “{what_was_wrong(decision, found)}”"
    return render_form(request, decision, form, "Tell them that it was wrong", lead=lead)
