"""A person's letter: what it holds and leaves out, before it is made. A GET writes an audit entry and nothing else."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from decisions.models import Decision, DecisionPerson
from decisions.presenters.people import person_names
from decisions.queries import may_add_to
from decisions.views.found import found_or_404
from decisions.views.submission import submission_id
from letters import actions, content
from letters.agreements import AgreementLine
from letters.assembly import explanation_facts
from letters.forms import LetterForm
from letters.household import Household, household_of
from letters.letting_through import NOT_SAFE
from letters.models import LetterMade, RouteAgreement
from letters.routes import in_short
from letters.views.agreement import agreements_about
from rules.explanation.facts import Explanation
from rules.explanation.letter import explain
from rules.explanation.phrases import speaker
from rules.explanation.refusals import NOTHING_LEFT, why_no_letter
from ui.moments import moment
from wording.approved import approved_texts

NOT_SHOWN = "The letter is not shown, because it must not go by the route you chose."


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RECORD_DECISIONS)
def letter(request: SignedInRequest, public_id: UUID, person: int) -> HttpResponseBase:
    """`make` in what is sent makes the letter; anything else shows again what it would hold."""
    decision = found_or_404(request.user, public_id, may_add_to)
    reader = next((row for row in decision.people.all() if row.pk == person), None)
    if reader is None:
        raise Http404
    now = timezone.now()
    actions.preview_letter(decision=decision, person=reader, by=request.user, at=now)
    explained = explanation_facts(decision, reader, timezone.localdate(now))
    context = {"decision": decision, "name": person_names(decision)[reader.pk], "submission_id": submission_id(request)}
    refused = why_no_letter(explained)
    if refused:
        status = 422 if request.method == "POST" else 200
        return render(request, "letters/refused.html", {**context, "refused": refused}, status=status)
    household = household_of(reader)
    agreements = agreements_about(decision, reader)
    hints = _route_hints(request, agreements, household)
    form = LetterForm(
        request.POST if request.method == "POST" else None, decision=decision, person=reader, explained=explained,
        texts=approved_texts(decision.organisation_id), route_hints=hints,
    )  # fmt: skip
    valid = request.method == "POST" and form.is_valid()
    if valid and "make" in request.POST:
        made = _make(request, decision, reader, form)
        if made is not None:
            return redirect("letters:made", decision.public_id, made.public_id)
    explanation = explain(explained, form.choices(), _speaker(form), form.language)
    context |= _preview(decision, reader, explanation) | reached(household)
    context |= {"form": form, "agreements": agreements, "may_ask": bool(hints), "person": reader.pk}
    if form.has_error("route", NOT_SAFE):
        context |= {"letter": None, "nothing_left": NOT_SHOWN}
    return render(request, "letters/letter.html", context, status=422 if form.errors else 200)


def _make(request: SignedInRequest, decision: Decision, reader: DecisionPerson, form: LetterForm) -> LetterMade | None:
    """The letter; None where it was refused, which the form then says."""
    try:
        return actions.make_letter(
            decision=decision, person=reader, choices=form.choices(), language=form.language,
            output_format=form.cleaned_data["format"], route=form.cleaned_data["route"],
            submission_id=submission_id(request), by=request.user, at=timezone.now(),
        )  # fmt: skip
    except ValidationError as error:
        form.take(error)
        return None


def _speaker(form: LetterForm) -> Any:
    choices = form.choices()
    return speaker(choices.version, choices.layout, form.texts[form.language], form.language)


def _preview(decision: Decision, reader: DecisionPerson, explanation: Explanation) -> dict[str, Any]:
    return {
        "letter": content.of_explanation(explanation, decision.organisation_name) if explanation.sections else None,
        "nothing_left": NOTHING_LEFT,
        "left_out": explanation.left_out,
        "doubts": explanation.doubts,
        "need": reader.communication_need,
    }


def reached(household: Household) -> dict[str, Any]:
    return {"contacts": household.contact_lines(timezone.localdate()), "reader": household.reader}


def _route_hints(request: SignedInRequest, agreements: list[AgreementLine], household: Household) -> dict[str, str]:
    usable = [line.row for line in agreements if not line.used and line.row.written_by_id != request.user.pk]
    return agreed_hints(usable, household, timezone.now())


def agreed_hints(agreements: Iterable[RouteAgreement], household: Household, at: datetime) -> dict[str, str]:
    """Ways that are refused stay on the list: with a second person's agreement they can be chosen."""
    today = timezone.localdate(at)
    hints = {route: f"Not now. {in_short(why)}" for route, why in household.refused_routes(today).items()}
    return hints and hints | {
        each.route: f"{each.written_by_name} agreed to this for one letter, until {moment(each.valid_until)}."
        for each in agreements
        if each.counts_at(at)
    }
