"""The record of one family, read while it is open in an emergency. Nothing here prints, makes a file or saves."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.access import SignedInRequest
from audit.parts import read_parts
from decisions.models import Decision, UrgentRecord
from decisions.presenters.names import names_since, users_since
from decisions.presenters.outcome import outcome_words
from decisions.presenters.record import sections
from decisions.queries import PARTS
from emergencies import actions
from emergencies.models import EmergencyOpening
from emergencies.queries import decisions_in, urgent_in
from emergencies.views.found import while_open
from families import presenters
from families.models import Disclosure, Person


@while_open
def family(request: SignedInRequest, opening: EmergencyOpening) -> HttpResponse:
    row = opening.family
    read_parts([row], ("family_teams__team", "people__safe_contacts", "people__known_risks", "disclosures"))
    actions.read_family(opening=opening, family=row, by=request.user, at=timezone.now())
    decisions: Any = decisions_in(opening, request.user)
    notices = opening.notices.select_related("person")
    context = {
        "opening": opening, "family": row, "notices": notices,
        "cards": presenters.person_cards(row.people.all(), timezone.localdate()),
        "disclosures": presenters.disclosure_lines(row.disclosures.all()),
        "decisions": [(each, outcome_words(each)) for each in decisions.with_sendings().select_related("urgent")],
    }  # fmt: skip
    return render(request, "emergencies/family.html", context)


@while_open
def contacts(request: SignedInRequest, opening: EmergencyOpening, person: UUID) -> HttpResponse:
    """Numbers and addresses are only on this page, as on the family's own."""
    row = get_object_or_404(Person.objects.filter(family=opening.family_id), public_id=person)
    actions.read_contacts(opening=opening, person=row, by=request.user, at=timezone.now())
    risk = Person.objects.filter(family=opening.family_id, known_risks__isnull=False).exists()
    lines = presenters.contact_lines(
        row.safe_contacts.all(), risk_in_family=risk, today=timezone.localdate(), revealed=True
    )
    return render(request, "emergencies/contacts.html", {"opening": opening, "person": row, "lines": lines})


@while_open
def disclosure(request: SignedInRequest, opening: EmergencyOpening, disclosure: UUID) -> HttpResponse:
    rows = Disclosure.objects.filter(family=opening.family_id).select_related("written_by")
    row = get_object_or_404(rows, public_id=disclosure)
    actions.read_disclosure(opening=opening, disclosure=row, by=request.user, at=timezone.now())
    context = {
        "opening": opening, "disclosure": row, "rows": presenters.disclosure_rows(row),
        "texts": presenters.disclosure_texts(row),
    }  # fmt: skip
    return render(request, "emergencies/disclosure.html", context)


@while_open
def decision(request: SignedInRequest, opening: EmergencyOpening, decision: UUID) -> HttpResponse:
    row: Decision = get_object_or_404(decisions_in(opening, request.user), public_id=decision)
    read_parts([row], PARTS)
    actions.read_decision(opening=opening, decision=row, by=request.user, at=timezone.now())
    context = {
        "opening": opening, "decision": row, "outcome": outcome_words(row), "sections": sections(row),
        "names_since": names_since(row, request.user),
    }  # fmt: skip
    return render(request, "emergencies/decision.html", context)


@while_open
def urgent(request: SignedInRequest, opening: EmergencyOpening, urgent: UUID) -> HttpResponse:
    row: UrgentRecord = get_object_or_404(urgent_in(opening, request.user), public_id=urgent)
    actions.read_urgent(opening=opening, urgent=row, by=request.user, at=timezone.now())
    names = list(users_since([(row.author_id, row.author_name)]))
    return render(request, "emergencies/urgent.html", {"opening": opening, "urgent": row, "names_since": names})
