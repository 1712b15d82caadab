"""The requests of an organisation, one of them, and how one comes in. A GET writes an audit entry and nothing else."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from decisions.views.submission import submission_id
from families.actions import open_person
from families.models import Person
from rights import actions, presenters
from rights.complaints import on_decisions
from rights.corrections import not_informed
from rights.forms.requests import OpenForm, RequestForm
from rights.models import FamilyCopy, ItemDecision, NamedRecord, RightsRequest
from rights.queries import decisions_of
from rights.views.found import found_or_404, posted
from rules.complaints import ComplaintKind
from rules.rights.codes import RequestKind
from ui.newer_older import newest_page

PER_PAGE = 25
NOBODY = (
    "Nobody, or more than one person, has this name and this date of birth or reference. Check each, then try again"
)
PASSED_ON = "Passed on. Your data protection officer has been told, and answers within the time that the law gives."


@require_safe
@allow(Permission.ANSWER_REQUESTS)
def listed(request: SignedInRequest) -> HttpResponseBase:
    """By reference, kind and day: no name is on a list."""
    rows = RightsRequest.objects.visible_to(request.user).prefetch_related("events")
    page, today = newest_page(rows, "received_on", request.GET, PER_PAGE), timezone.localdate()
    lines = [
        (row, presenters.NOUNS[row.kind], presenters.due_words(row), *presenters.status(row, today))
        for row in page.rows
    ]
    return render(request, "rights/list.html", {"page": page, "lines": lines})


@require_safe
@allow(Permission.ANSWER_REQUESTS)
def detail(request: SignedInRequest, public_id: UUID) -> HttpResponseBase:
    found, today = found_or_404(request, public_id), timezone.localdate()
    actions.see_request(request=found, by=request.user, at=timezone.now())
    clock = presenters.clock_of(found)
    context: dict[str, Any] = {
        "found": found, "noun": presenters.NOUNS[found.kind], "tag": presenters.status(found, today),
        "due": presenters.due_words(found), "clock": clock, "rows": presenters.request_rows(found),
        "events": presenters.event_rows(found), "offered": list(presenters.offered(found, today)),
    }  # fmt: skip
    explained = any(event.why_not_informed for event in found.events.all())
    context["not_informed"] = [] if explained else not_informed(found, request.user)
    context["on_decisions"] = on_decisions(found, request.user) if found.kind in frozenset(ComplaintKind) else []
    return render(request, "rights/detail.html", context | _records(request, found))


def _records(request: SignedInRequest, found: RightsRequest) -> dict[str, Any]:
    """By reference and day only: what they hold is on the page of each, which enters that it was opened."""
    if found.kind != RequestKind.ACCESS:
        named = NamedRecord.objects.of(found).select_related("decision")
        return {"named": named, "may_name": not presenters.clock_of(found).is_closed}
    decided = {(row.decision_id, row.key) for row in ItemDecision.objects.of(found)}
    counts = Counter(decision for decision, _ in decided)
    rows = decisions_of(found, request.user).only("public_id", "reference", "decided_at")
    return {"records": [(row, counts[row.pk]) for row in rows], "copies": FamilyCopy.objects.of(found)}


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.ANSWER_REQUESTS)
def open_request(request: SignedInRequest) -> HttpResponseBase:
    """Whom it is about is looked for only when everything else is answered: each try is an entry."""
    form = OpenForm(posted(request), initial={"received_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        person = actions.find_person(**form.asked_for(), by=request.user, at=now)
        if person is not None:
            made = actions.open_request(
                person=person, answers=form.answers(), identity=form.cleaned_data["identity"],
                submission_id=submission_id(request), by=request.user, at=now,
            )  # fmt: skip
            messages.success(request, f"Request {made.reference} is open.")
            return redirect("rights:detail", made.public_id)
        form.add_error("name", NOBODY)
    return _form(request, form, "Open a request", "Open the request", reverse("rights:list"))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_FAMILIES)
def pass_on(request: SignedInRequest, person: UUID) -> HttpResponseBase:
    about: Person = get_object_or_404(
        Person.objects.editable_by(request.user).select_related("family"), public_id=person
    )
    open_person(person=about, by=request.user, at=timezone.now())
    form = RequestForm(posted(request), initial={"received_on": timezone.localdate()})
    back = reverse("families:detail", args=[about.family.public_id])
    if request.method == "POST" and form.is_valid():
        actions.pass_on_request(
            person=about, answers=form.answers(), submission_id=submission_id(request), by=request.user,
            at=timezone.now(),
        )  # fmt: skip
        messages.success(request, PASSED_ON)
        return redirect(back)
    lead = "Your data protection officer answers it. The time counts from the day they asked, so pass it on today."
    return _form(
        request, form, "Pass on a request about information we hold", "Pass it on", back, about=about.name, lead=lead
    )


def _form(request: SignedInRequest, form: Any, heading: str, button: str, back: str, **more: Any) -> HttpResponseBase:
    context = {
        "form": form,
        "heading": heading,
        "button": button,
        "back": back,
        "submission_id": submission_id(request),
    }
    return render(request, "rights/form.html", {**context, **more}, status=422 if request.method == "POST" else 200)
