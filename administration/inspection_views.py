"""Inspectors: asking for one, agreeing to it, ending it, and what they opened (ADR 0053)."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import actions
from accounts.access import SignedInRequest, allow
from accounts.models import Inspection
from accounts.queries import inspections_visible_to
from accounts.roles import Permission
from accounts.step_up import needs_step_up
from administration.inspection_forms import InspectionAnswerForm, InspectionForm
from administration.inspection_presenters import (
    MOST_READS,
    days_words,
    details,
    inspection_lines,
    reads,
    scope_words,
    state,
)
from administration.people_entry_views import show_link
from administration.question_page import Question, ask, asks, confirm, posted, tell

PAGE = 50
INTRO = (
    (
        "They can read recorded decisions on this site, but cannot change anything. They cannot see family pages, "
        "drafts or reflections, and cannot print or download."
    ),
    "A data protection officer must agree first. Where there is no other one, another administrator does.",
)
CHECK = (
    (
        "First make sure who this is: call the body that sends them, on a number that you find yourself. The email "
        "address must be theirs."
    ),
    "If you agree, the supervisors of these teams are told, and you get the link with which they sign in.",
)


def _found(request: SignedInRequest, inspection: UUID) -> tuple[Inspection, str]:
    rows = _read(inspections_visible_to(request.user))
    found = get_object_or_404(rows.select_related("asked_by", "answered_by", "ended_by"), public_id=inspection)
    return found, reverse("administration:inspection", args=[inspection])


def _read(rows: QuerySet[Inspection]) -> QuerySet[Inspection]:
    return rows.select_related("user").prefetch_related("inspection_teams__team")


@allow(Permission.MANAGE_PEOPLE)
@require_safe
def inspections(request: SignedInRequest) -> HttpResponse:
    rows = _read(inspections_visible_to(request.user)).order_by("-asked_at", "-pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    lines = inspection_lines(page, timezone.localdate())
    return render(request, "administration/inspections.html", {"page": page, "lines": lines})


@allow(Permission.MANAGE_PEOPLE)
@asks
@needs_step_up
def inspection_ask(request: SignedInRequest) -> HttpResponse:
    form = InspectionForm(posted(request), user=request.user, initial={"opens_on": timezone.localdate()})

    def act(data: dict[str, Any]) -> HttpResponse:
        who = {name: data[name] for name in ("full_name", "email", "body", "reason")}
        row = actions.ask_inspection(**who, scope=form.scope, by=request.user, at=timezone.now())
        back = reverse("administration:inspection", args=[row.public_id])
        return tell(request, "A colleague must agree first. They see it on their home page.", back)

    back = reverse("administration:inspections")
    return ask(request, Question("Invite an inspector", "Ask for it", back, INTRO), form, act)


@allow(Permission.MANAGE_PEOPLE)
@require_safe
def inspection(request: SignedInRequest, inspection: UUID) -> HttpResponse:
    """With what they opened: references and times, and no word of a case."""
    found, _ = _found(request, inspection)
    today, opened = timezone.localdate(), reads(found, request.user) if found.agreed else []
    context = {
        "found": found, "rows": details(found), "tag": state(found, today), "opened": opened[:MOST_READS],
        "more": len(opened) > MOST_READS, "most": MOST_READS,
        "waits": found.agreed is None, "may_end": found.agreed and not found.ended_at and found.ends_on >= today,
    }  # fmt: skip
    return render(request, "administration/inspection.html", context)


@allow(Permission.MANAGE_PEOPLE)
@asks
@needs_step_up
def inspection_answer(request: SignedInRequest, inspection: UUID) -> HttpResponse:
    found, back = _found(request, inspection)

    def act(data: dict[str, Any]) -> HttpResponse:
        agreed = data["agreed"] == "yes"
        row = actions.answer_inspection(inspection=found, agreed=agreed, by=request.user, at=timezone.now())
        if agreed and not row.user.has_usable_password():
            return show_link(request, row.user)
        return tell(request, "They may read it on these days." if agreed else "It has been refused.", back)

    read = f"They read from {days_words(found)}."
    intro = (f"{found.body}. {scope_words(found)}. {read}", found.reason, *CHECK)
    question = Question("Agree to an inspector", "Save", back, intro, about=found.user.name_on_record)
    return ask(request, question, InspectionAnswerForm(posted(request)), act)


@allow(Permission.MANAGE_PEOPLE)
@asks
def inspection_end(request: SignedInRequest, inspection: UUID) -> HttpResponse:
    found, back = _found(request, inspection)
    question = Question(
        "End an inspector's access", "End it now", back,
        ("From the next page they open, they can see no decisions. What they opened stays in the audit log.",),
        grave=True, about=found.user.name_on_record,
    )  # fmt: skip

    def act() -> None:
        actions.end_inspection(inspection=found, by=request.user, at=timezone.now())

    return confirm(request, question, act, message="The access has ended.")
