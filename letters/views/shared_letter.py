"""The letter about every decision: what it holds and leaves out, before it is made. A GET enters that it was seen."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, allow
from accounts.models import User
from accounts.roles import Permission
from decisions.models import Decision
from decisions.presenters.people import recipient_names
from decisions.queries import may_add_to
from decisions.views.submission import submission_id
from families.ages import youngest_age
from families.models import Person
from families.views.rows import editable
from letters import actions, content
from letters.about import decisions_about, newest_first, parts_about
from letters.forms import SharedLetterForm
from letters.household import Household, household_of_person
from letters.letting_through import NOT_SAFE
from letters.models import RouteAgreement, SharedLetter
from letters.views.letter import NOT_SHOWN, agreed_hints, reached
from rules.explanation.may_know import reader_of
from rules.explanation.phrases import speaker
from rules.explanation.refusals import NOTHING_LEFT
from rules.explanation.several import explain_several, is_included
from rules.explanation.together import Part
from rules.facts import PersonFacts
from ui.moments import moment
from wording.approved import approved_texts

NOTHING_SHARED = "Nothing that you may see was sent about them, so there is nothing to write about."


@dataclass(frozen=True)
class AboutPerson:
    """What such a letter would be made from: the newest decision first."""

    person: Person
    decisions: list[Decision]
    parts: list[Part]

    @property
    def allowed(self) -> list[Part]:
        return [part for part in self.parts if not part.refused]

    def reader(self, day: date) -> PersonFacts:
        """As they stand on the newest decision, and as old as they are today."""
        newest = reader_of(self.allowed[0].explained)
        return replace(newest, age=youngest_age(self.person, day))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_FAMILIES)
def letter(request: SignedInRequest, person_id: UUID) -> HttpResponseBase:
    """`make` in what is sent makes the letter; anything else shows again what it would hold."""
    person: Person = editable(Person.objects.all(), request.user, person_id)
    now = timezone.now()
    actions.preview_shared_letter(person=person, by=request.user, at=now)
    decisions = newest_first(decisions_about(person, request.user))
    about = AboutPerson(person, decisions, parts_about(decisions, person, timezone.localdate(now)))
    context = {"person": person, "submission_id": submission_id(request)}
    if not about.allowed:
        context |= {"refused": [(part.name, part.refused) for part in about.parts], "nothing": NOTHING_SHARED}
        return render(request, "letters/shared_refused.html", context, status=422 if request.method == "POST" else 200)
    household = household_of_person(person.pk)
    form = _form(request, about, household)
    if request.method == "POST" and form.is_valid() and "make" in request.POST:
        made = _make(request, person, form)
        if made is not None:
            return redirect("shared:made", person.public_id, made.public_id)
    context |= _preview(about, form, request.user) | reached(household) | {"form": form}
    if form.has_error("route", NOT_SAFE):
        context |= {"letter": None, "nothing_left": NOT_SHOWN}
    return render(request, "letters/shared_letter.html", context, status=422 if form.errors else 200)


def _form(request: SignedInRequest, about: AboutPerson, household: Household) -> SharedLetterForm:
    person = about.person
    agreements = RouteAgreement.objects.usable_by(request.user, timezone.now())
    return SharedLetterForm(
        request.POST if request.method == "POST" else None,
        decisions=[part.explained for part in about.allowed], reader=about.reader(timezone.localdate()),
        need=person.communication_need, contact=_who(request.user), sent_to=_sent_to(about),
        texts=approved_texts(person.organisation_id),
        route_hints=agreed_hints(
            agreements.filter(decision__in=about.decisions, person__person=person), household, timezone.now()
        ),
    )  # fmt: skip


def _who(user: User) -> str:
    return ", ".join(filter(None, (user.full_name, user.job_title)))


def _sent_to(about: AboutPerson) -> dict[str, str]:
    """By recipient of a decision that may be told of: who, of which decision and when."""
    found: dict[str, str] = {}
    for decision, part in zip(about.decisions, about.parts, strict=True):
        names = recipient_names(decision)
        for sending in () if part.refused else decision.sendings.all():
            day = moment(timezone.localdate(sending.sent_at))
            found[str(sending.recipient_id)] = f"{names[sending.recipient_id]} on {day}, decision {decision.reference}"
    return found


def _make(request: SignedInRequest, person: Person, form: SharedLetterForm) -> SharedLetter | None:
    """The letter; None where it was refused, which the form then says."""
    try:
        return actions.make_shared_letter(
            person=person, choices=form.choices(), language=form.language,
            output_format=form.cleaned_data["format"], route=form.cleaned_data["route"],
            submission_id=submission_id(request), by=request.user, at=timezone.now(),
        )  # fmt: skip
    except ValidationError as error:
        form.take(error)
        return None


def _preview(about: AboutPerson, form: SharedLetterForm, user: User) -> dict[str, Any]:
    choices = form.choices()
    say = speaker(choices.version, choices.layout, form.texts[form.language], form.language)
    explanation = explain_several(about.parts, choices, say, form.language)
    organisation = about.parts[0].explained.organisation
    return {
        "from_decisions": [
            (decision, part.explained.reader if may_add_to(decision, user) else "")
            for decision, part in zip(about.decisions, about.parts, strict=True)
            if is_included(part, choices)
        ],
        "letter": content.of_explanation(explanation, organisation) if explanation.sections else None,
        "nothing_left": NOTHING_LEFT,
        "left_out": explanation.left_out,
        "doubts": explanation.doubts,
        "need": about.person.communication_need,
    }
