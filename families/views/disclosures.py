from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, allow
from accounts.queries import duty_numbers_visible_to
from accounts.roles import Permission
from families import actions, presenters
from families.forms import DisclosureCorrection, DisclosureForm
from families.forms.disclosure import disclosure_initial
from families.models import Disclosure, Family
from families.views.pages import Correcting, FormPage, answer, correct, posted
from families.views.rows import editable, visible


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_FAMILIES)
def disclosure_add(request: SignedInRequest, family_id: UUID) -> HttpResponse:
    family: Family = editable(Family.objects.all(), request.user, family_id)
    page = FormPage(
        heading="Add a disclosure",
        back=reverse("families:detail", args=[family.public_id]),
        enter=lambda: actions.open_family(family=family, by=request.user, at=timezone.now()),
        template="families/disclosure_form.html",
        context={"duty_numbers": duty_numbers_visible_to(request.user)},
    )

    def save(form: DisclosureForm) -> str:
        disclosure = actions.add_disclosure(family=family, details=form.details(), by=request.user, at=timezone.now())
        return reverse("families:disclosure", args=[disclosure.public_id])

    form = DisclosureForm(posted(request), initial={"said_to": request.user.name_on_record})
    return answer(request, page, form, save, "The disclosure is saved.")


@require_safe
@allow(Permission.SEE_FAMILIES)
def disclosure(request: SignedInRequest, disclosure_id: UUID) -> HttpResponse:
    row = visible(Disclosure.objects.select_related("family", "written_by"), request.user, disclosure_id)
    actions.open_disclosure(disclosure=row, by=request.user, at=timezone.now())
    context = {
        "disclosure": row,
        "rows": presenters.disclosure_rows(row),
        "texts": presenters.disclosure_texts(row),
        "duty_numbers": duty_numbers_visible_to(request.user),
        "may_edit": Disclosure.objects.editable_by(request.user).filter(pk=row.pk).exists(),
        "may_decide": request.user.has(Permission.START_DECISIONS),
    }
    return render(request, "families/disclosure.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_FAMILIES)
def disclosure_correct(request: SignedInRequest, disclosure_id: UUID) -> HttpResponse:
    row: Disclosure = editable(Disclosure.objects.all(), request.user, disclosure_id)
    page = FormPage(
        heading="Correct a disclosure",
        back=reverse("families:disclosure", args=[row.public_id]),
        enter=lambda: actions.open_disclosure(disclosure=row, by=request.user, at=timezone.now()),
        template="families/disclosure_form.html",
        context={"duty_numbers": duty_numbers_visible_to(request.user)},
    )
    return correct(
        request,
        page,
        Correcting(row, lambda: [*presenters.disclosure_rows(row), *presenters.disclosure_texts(row)]),
        lambda data: DisclosureCorrection(data, initial=disclosure_initial(row), written_at=row.written_at),
        lambda form: actions.correct_disclosure(
            disclosure=row,
            details=form.details(),
            version=form.cleaned_data["version"],
            why=form.cleaned_data["why_changed"],
            by=request.user,
            at=timezone.now(),
        ),
    )
