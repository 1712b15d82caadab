from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, allow
from accounts.roles import Permission
from families import actions, presenters
from families.forms import ContactCorrection, ContactForm
from families.forms.contact import contact_initial
from families.models import KnownRisk, Person, SafeContact
from families.views.pages import Correcting, FormPage, answer, correct, posted
from families.views.rows import editable, visible


@require_safe
@allow(Permission.SEE_FAMILIES)
def contacts(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Numbers and addresses are only on this page, and opening it is entered in the ledger."""
    rows = Person.objects.select_related("family").prefetch_related("safe_contacts")
    person = visible(rows, request.user, person_id)
    actions.open_contacts(person=person, by=request.user, at=timezone.now())
    risk = KnownRisk.objects.visible_to(request.user).filter(person__family=person.family_id).exists()
    context = {
        "person": person,
        "lines": presenters.contact_lines(
            person.safe_contacts.all(), risk_in_family=risk, today=timezone.localdate(), revealed=True
        ),
        "may_edit": Person.objects.editable_by(request.user).filter(pk=person.pk).exists(),
        "back": reverse("families:detail", args=[person.family.public_id]),
    }
    return render(request, "families/contacts.html", context)


def _back(person: Person) -> str:
    return reverse("families:contacts", args=[person.public_id])


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_FAMILIES)
def contact_add(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    person: Person = editable(Person.objects.select_related("family"), request.user, person_id)
    page = FormPage(
        heading="Add contact details",
        back=_back(person),
        enter=lambda: actions.open_person(person=person, by=request.user, at=timezone.now()),
        context={"person": person},
    )

    def save(form: ContactForm) -> str:
        actions.add_safe_contact(person=person, details=form.details(), by=request.user, at=timezone.now())
        return page.back

    return answer(request, page, ContactForm(posted(request)), save, "The contact is added.")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_FAMILIES)
def contact_correct(request: SignedInRequest, contact_id: UUID) -> HttpResponse:
    contact: SafeContact = editable(SafeContact.objects.select_related("person"), request.user, contact_id)
    page = FormPage(
        heading="Correct contact details",
        back=_back(contact.person),
        enter=lambda: actions.open_contacts(person=contact.person, by=request.user, at=timezone.now()),
        context={"person": contact.person},
    )
    return correct(
        request,
        page,
        Correcting(contact, lambda: presenters.contact_rows(contact)),
        lambda data: ContactCorrection(data, initial=contact_initial(contact)),
        lambda form: actions.set_safe_contact(
            contact=contact,
            details=form.details(),
            version=form.cleaned_data["version"],
            why=form.cleaned_data["why_changed"],
            by=request.user,
            at=timezone.now(),
        ),
    )
