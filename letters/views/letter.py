"""A person's letter: what it holds and leaves out, before it is made. A GET writes an audit entry and nothing else."""

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
from letters.assembly import explanation_facts
from letters.contacts import safe_contact_lines
from letters.forms import LetterForm
from letters.models import LetterMade
from letters.wording import approved_texts
from rules.explanation.facts import Explanation
from rules.explanation.letter import explain
from rules.explanation.phrases import speaker
from rules.explanation.refusals import NOTHING_LEFT, why_no_letter


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
    form = LetterForm(
        request.POST if request.method == "POST" else None, decision=decision, person=reader, explained=explained,
        texts=approved_texts(decision.organisation_id),
    )  # fmt: skip
    valid = request.method == "POST" and form.is_valid()
    if valid and "make" in request.POST:
        made = _make(request, decision, reader, form)
        if made is not None:
            return redirect("letters:made", decision.public_id, made.public_id)
    say = _speaker(form)
    explanation = explain(explained, form.choices(), say, form.language)
    context |= _preview(decision, reader, explanation) | {"form": form}
    return render(request, "letters/letter.html", context, status=422 if form.errors else 200)


def _make(request: SignedInRequest, decision: Decision, reader: DecisionPerson, form: LetterForm) -> LetterMade | None:
    """The letter; None where it was refused, which the form then says."""
    try:
        return actions.make_letter(
            decision=decision, person=reader, choices=form.choices(), language=form.language,
            output_format=form.cleaned_data["format"], submission_id=submission_id(request), by=request.user,
            at=timezone.now(),
        )  # fmt: skip
    except ValidationError as error:
        by_field = error.error_dict if hasattr(error, "error_dict") else {"format": [error]}
        for name, errors in by_field.items():
            form.add_error(name if name in form.fields else "format", ValidationError(errors[0].messages[0]))
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
        "contacts": safe_contact_lines(reader, timezone.localdate()),
        "need": reader.communication_need,
    }
