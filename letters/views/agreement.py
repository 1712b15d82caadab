"""A way that is not known to be safe: asked for, and agreed to or not. Shows no letter and no address."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from decisions.actions import open_decision
from decisions.models import Decision, DecisionPerson
from decisions.presenters.people import person_names
from decisions.queries import is_supervised_by, may_add_to
from decisions.views.found import found_or_404
from decisions.views.submission import submission_id
from letters import actions
from letters.agreements import AgreementLine, agreement_lines
from letters.assembly import explanation_facts
from letters.forms import AgreementForm, AskToAgreeForm
from letters.household import household_of
from letters.models import LetterMade, RouteAgreement
from letters.routes import AGREEMENT_LASTS
from rules.explanation.refusals import why_no_letter

ANSWERED = {True: "Your agreement is recorded.", False: "It is recorded that you do not agree, and why."}


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RECORD_DECISIONS)
def ask(request: SignedInRequest, public_id: UUID, person: int) -> HttpResponseBase:
    """Whoever writes a letter asks the supervisors to agree to a way that is refused."""
    decision = found_or_404(request.user, public_id, may_add_to)
    open_decision(decision=decision, by=request.user, at=timezone.now())
    reader = _reader(decision, person)
    refused = why_no_letter(explanation_facts(decision, reader, timezone.localdate()))
    if refused:
        context = {"decision": decision, "name": person_names(decision)[reader.pk], "refused": refused}
        return render(request, "letters/refused.html", context, status=422 if request.method == "POST" else 200)
    household = household_of(reader)
    posted = request.POST if request.method == "POST" else None
    form = AskToAgreeForm(posted, refused_routes=household.refused_routes(timezone.localdate()))
    if posted is not None and form.is_valid() and _done(request, decision, reader, form, actions.ask_to_agree):
        messages.success(request, "The supervisors of the team will see that you asked.")
        return redirect("decisions:detail", decision.public_id)
    context = _context(request, decision, reader) | {"form": form}
    return render(request, "letters/ask.html", context, status=422 if posted is not None else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.REVIEW_DECISIONS)
def agree(request: SignedInRequest, public_id: UUID, person: int) -> HttpResponseBase:
    decision = found_or_404(request.user, public_id, is_supervised_by)
    if decision.author_id == request.user.pk:
        raise PermissionDenied
    open_decision(decision=decision, by=request.user, at=timezone.now())
    reader = _reader(decision, person)
    context = _context(request, decision, reader)
    asked = [line for line in context["agreements"] if line.is_open and line.row.written_by_id != request.user.pk]
    routes = household_of(reader).refused_routes(timezone.localdate())
    posted = request.POST if request.method == "POST" else None
    form = AgreementForm(posted, refused_routes=routes, asked=[line.row.route for line in asked])
    if posted is not None and form.is_valid():
        action = actions.agree_to_route if form.agrees else actions.refuse_to_agree
        if _done(request, decision, reader, form, action):
            messages.success(request, ANSWERED[form.agrees])
            return redirect("decisions:detail", decision.public_id)
    context |= {"form": form, "asked": bool(asked), "hours": AGREEMENT_LASTS.total_seconds() // 3600}
    return render(request, "letters/agree.html", context, status=422 if posted is not None else 200)


def _reader(decision: Decision, person: int) -> DecisionPerson:
    reader = next((row for row in decision.people.all() if row.pk == person), None)
    if reader is None:
        raise Http404
    return reader


def _done(
    request: SignedInRequest, decision: Decision, reader: DecisionPerson, form: AskToAgreeForm, action: Any
) -> bool:
    """Whether the action was taken; what it refused stands beside the question."""
    answers = form.cleaned_data
    try:
        action(
            decision=decision, person=reader, route=answers["route"],
            reason=answers["reason"] or answers.get("why_not", ""), submission_id=submission_id(request),
            by=request.user, at=timezone.now(),
        )  # fmt: skip
    except ValidationError as error:
        form.add_error("route", error.messages[0])
        return False
    return True


def _context(request: SignedInRequest, decision: Decision, reader: DecisionPerson) -> dict[str, Any]:
    now = timezone.now()
    household = household_of(reader)
    return {
        "decision": decision, "name": person_names(decision)[reader.pk], "person": reader.pk,
        "contacts": household.contact_lines(timezone.localdate(now)), "reader": household.reader,
        "agreements": agreements_about(decision, reader), "submission_id": submission_id(request),
    }  # fmt: skip


def agreements_about(decision: Decision, reader: DecisionPerson) -> list[AgreementLine]:
    """What was asked and said about a letter to this person."""
    rows = list(RouteAgreement.objects.of(decision).filter(person=reader))
    letters = list(LetterMade.objects.of(decision).filter(person=reader)) if rows else []
    return agreement_lines(decision, rows, letters, timezone.now())
