"""What was written before, by whom it was changed and why. For everybody who may see the family."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, allow
from accounts.models import User
from accounts.roles import Permission
from families import actions
from families.history import Subject, disclosure_history, family_history, person_history
from families.models import Disclosure, EarlierWording, Family, Person
from families.views.rows import visible
from families.wording import Subject as Of


@require_safe
@allow(Permission.SEE_FAMILIES)
def family(request: SignedInRequest, family_id: UUID) -> HttpResponse:
    row = visible(Family.objects.all(), request.user, family_id)
    actions.open_family(family=row, by=request.user, at=timezone.now())
    subjects = family_history(row, _kept(request.user, Of.FAMILY, row.pk))
    return _show(request, f"History of family {row.reference}", row, subjects)


@require_safe
@allow(Permission.SEE_FAMILIES)
def person(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Numbers and addresses are on this page too, so the ledger says that they were seen."""
    rows = Person.objects.select_related("family").prefetch_related("safe_contacts", "known_risks")
    row = visible(rows, request.user, person_id)
    actions.open_contacts(person=row, by=request.user, at=timezone.now())
    contacts = list(row.safe_contacts.all())
    about = Q(subject=Of.PERSON, subject_id=row.pk) | Q(
        subject=Of.CONTACT, subject_id__in=[each.pk for each in contacts]
    )
    wordings = EarlierWording.objects.visible_to(request.user).filter(about).select_related("changed_by")
    subjects = person_history(row, contacts, wordings, timezone.localdate())
    return _show(request, "History of this person", row.family, subjects, person=row)


@require_safe
@allow(Permission.SEE_FAMILIES)
def disclosure(request: SignedInRequest, disclosure_id: UUID) -> HttpResponse:
    row = visible(Disclosure.objects.select_related("family", "written_by"), request.user, disclosure_id)
    actions.open_disclosure(disclosure=row, by=request.user, at=timezone.now())
    subjects = disclosure_history(row, _kept(request.user, Of.DISCLOSURE, row.pk))
    return _show(request, f"History of disclosure {row.reference}", row.family, subjects)


def _kept(user: User, subject: Of, pk: int) -> "QuerySet[EarlierWording]":
    wordings: QuerySet[EarlierWording] = EarlierWording.objects.visible_to(user).filter(subject=subject, subject_id=pk)
    return wordings.select_related("changed_by")


def _show(
    request: SignedInRequest, heading: str, family: Family, subjects: list[Subject], *, person: Person | None = None
) -> HttpResponse:
    context = {
        "heading": heading,
        "family": family,
        "person": person,
        "subjects": subjects,
        "back": reverse("families:detail", args=[family.public_id]),
    }
    return render(request, "families/history.html", context)
