"""The organisation's own details, which decisions and letters use."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from accounts import actions
from accounts.access import SignedInRequest, allow
from accounts.models import Organisation
from accounts.queries import duty_numbers_visible_to, organisation_of, school_holidays_visible_to
from accounts.roles import Permission
from administration.holiday_forms import HolidaysForm, line_of
from administration.organisation_forms import OrganisationForm, duty_number_rows
from administration.question_page import Question, ask, asks, posted, tell
from ui.rows import Row

FIELDS = ("name", "kind", "sector", "in_scope_16la", "policy_document_on", "policy_document_link", "mail_checkpoints")
HOLIDAYS = "A file for another school is due within five school days. Weekends and bank holidays never count."


@allow(Permission.MANAGE_ORGANISATION)
@require_safe
def organisation(request: SignedInRequest) -> HttpResponse:
    found = organisation_of(request.user)
    numbers = [f"{row.label}: {row.number}" for row in duty_numbers_visible_to(request.user)]
    holidays = [line_of(row.first_day, row.last_day) for row in school_holidays_visible_to(request.user)]
    rows = [
        *_rows(found, reverse("administration:organisation_change")),
        Row("Duty numbers", numbers or "None yet", reverse("administration:duty_numbers"), "duty numbers"),
        Row("School holidays", holidays or "None yet", reverse("administration:school_holidays"), "school holidays"),
    ]
    context = {
        "rows": rows,
        "may_confirm": request.user.has(Permission.CONFIRM_LAW),
        "may_import": request.user.has(Permission.IMPORT_FAMILIES),
    }
    return render(request, "administration/organisation.html", context)


def _rows(found: Organisation, change: str) -> list[Row]:
    dated = date_format(found.policy_document_on, "j F Y") if found.policy_document_on else "Not given"
    return [
        Row("Name", found.name, change, "name"),
        Row("Kind", found.get_kind_display(), change, "kind"),
        Row("Sector", found.get_sector_display(), change, "sector"),
        Row(
            "Section 16LA, Children Act 2004",
            "Applies" if found.in_scope_16la else "Does not apply",
            change,
            "whether section 16LA applies",
        ),
        Row("Appropriate policy document, date", dated, change, "date of the policy document"),
        Row(
            "Appropriate policy document, link",
            found.policy_document_link or "Not given",
            change,
            "link to the policy document",
        ),
        Row(
            "Checkpoints of the audit log",
            "Emailed to data protection officers each day" if found.mail_checkpoints else "Not emailed",
            change,
            "whether checkpoints are emailed",
        ),
    ]


@allow(Permission.MANAGE_ORGANISATION)
@asks
def change(request: SignedInRequest) -> HttpResponse:
    found, back = organisation_of(request.user), reverse("administration:organisation")
    question = Question(
        "Change the organisation's details", "Save", back, ("This does not change decisions already recorded.",)
    )

    def act(data: dict[str, Any]) -> HttpResponse:
        actions.change_organisation(**data, by=request.user, at=timezone.now())
        return tell(request, "The organisation's details have been changed.", back)

    form = OrganisationForm(posted(request), initial={name: getattr(found, name) for name in FIELDS})
    return ask(request, question, form, act)


@allow(Permission.MANAGE_ORGANISATION)
@asks
def duty_numbers(request: SignedInRequest) -> HttpResponse:
    rows = duty_number_rows(posted(request), list(duty_numbers_visible_to(request.user)))
    if request.method == "POST" and rows.is_valid():
        given = [(form.cleaned_data.get("label", ""), form.cleaned_data.get("number", "")) for form in rows]
        actions.change_duty_numbers(
            numbers=[(label, number) for label, number in given if label], by=request.user, at=timezone.now()
        )
        return tell(request, "The duty numbers have been changed.", reverse("administration:organisation"))
    if request.method == "POST" and not rows.is_bound:
        messages.error(request, "Only part of the page arrived, so nothing was changed. Try again.")
    status = 422 if request.method == "POST" else 200
    return render(request, "administration/organisation_duty_numbers.html", {"rows": rows}, status=status)


@allow(Permission.MANAGE_ORGANISATION)
@asks
def school_holidays(request: SignedInRequest) -> HttpResponse:
    back = reverse("administration:organisation")
    question = Question("Change the school holidays", "Save", back, (HOLIDAYS,))

    def act(data: dict[str, Any]) -> HttpResponse:
        actions.change_school_holidays(holidays=data["holidays"], by=request.user, at=timezone.now())
        return tell(request, "The school holidays have been changed.", back)

    rows = school_holidays_visible_to(request.user)
    shown = "\n".join(line_of(row.first_day, row.last_day) for row in rows)
    return ask(request, question, HolidaysForm(posted(request), initial={"holidays": shown}), act)
