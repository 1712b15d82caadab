"""The address book: recipients with their checked contact routes."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import actions
from accounts.access import SignedInRequest, allow
from accounts.models import Recipient
from accounts.names import entry_names
from accounts.queries import recipients_visible_to
from accounts.roles import Permission
from administration.question_page import Question, ask, asks, confirm, posted, tell
from rules.organisations import RecipientKind
from ui import fields, phones
from ui.forms import Form

FIELDS = ("name", "kind", "route_kind", "route", "checked_on", "in_scope_16la", "how_used")


class RecipientForm(Form):
    name = forms.CharField(
        label="Name of the team or service", max_length=120, help_text="For example, Northmere children's social care"
    )
    kind = forms.ChoiceField(choices=[("", "Choose one"), *RecipientKind.choices()], widget=fields.Select)
    route_kind = forms.ChoiceField(
        label="How information reaches them safely", choices=Recipient.RouteKind.choices, widget=fields.Radios
    )
    route = forms.CharField(
        label="Number, address or place",
        max_length=300,
        help_text="The one you checked with them, not one from a letter.",
    )
    checked_on = fields.DateField(
        label="When was it last checked?", required=False, when="past", help_text="For example, 27 3 2026"
    )
    in_scope_16la = forms.BooleanField(
        label="Within the duty to share about a child (Children Act 2004 section 16LA)",
        required=False,
        widget=fields.Checkbox(),
        help_text="That duty is only between those it names. Ask your data protection officer if you are not sure.",
    )

    how_used = forms.CharField(
        label="How they will use what you send them",
        required=False,
        max_length=500,
        widget=fields.Textarea(rows=3),
        help_text="In plain words. Families read this in the letter that explains what was shared. "
        "For example: They will check that the child is safe, and see what help the family needs.",
    )

    def clean_route(self) -> str:
        route, kind = str(self.cleaned_data["route"]), self.cleaned_data.get("route_kind")
        if kind == Recipient.RouteKind.SECURE_EMAIL:
            try:
                validate_email(route)
            except ValidationError:
                raise ValidationError("Enter an email address, such as duty@council.test") from None
        if kind == Recipient.RouteKind.PHONE and (refused := phones.refusal(route)):
            raise ValidationError(refused)
        return route


def _recipient(request: SignedInRequest, recipient: UUID) -> Recipient:
    return get_object_or_404(recipients_visible_to(request.user), public_id=recipient)


@allow(Permission.MANAGE_ORGANISATION)
@require_safe
def address_book(request: SignedInRequest) -> HttpResponse:
    rows = recipients_visible_to(request.user).order_by("retired", "name", "pk")
    names = entry_names(rows)
    entries = [(recipient, names[recipient.pk]) for recipient in rows]
    return render(request, "administration/address_book.html", {"entries": entries})


@allow(Permission.MANAGE_ORGANISATION)
@asks
def add(request: SignedInRequest) -> HttpResponse:
    back = reverse("administration:address_book")

    def act(data: dict[str, Any]) -> HttpResponse:
        actions.add_recipient(**data, by=request.user, at=timezone.now())
        return tell(request, "The entry has been added.", back)

    return ask(request, Question("Add to the address book", "Add", back), RecipientForm(posted(request)), act)


@allow(Permission.MANAGE_ORGANISATION)
@asks
def change(request: SignedInRequest, recipient: UUID) -> HttpResponse:
    found, back = _recipient(request, recipient), reverse("administration:address_book")
    question = Question(
        "Change an entry of the address book", "Save", back, ("This does not change decisions already recorded.",)
    )

    def act(data: dict[str, Any]) -> HttpResponse:
        actions.change_recipient(recipient=found, **data, by=request.user, at=timezone.now())
        return tell(request, "The entry has been changed.", back)

    form = RecipientForm(posted(request), initial={name: getattr(found, name) for name in FIELDS})
    return ask(request, question, form, act)


@allow(Permission.MANAGE_ORGANISATION)
@asks
def retire(request: SignedInRequest, recipient: UUID) -> HttpResponse:
    found, back = _recipient(request, recipient), reverse("administration:address_book")
    question = Question(
        "Retire an entry",
        "Retire",
        back,
        ("It can no longer be chosen. Decisions sent to it keep it.",),
        grave=True,
        about=found.name,
    )

    def act() -> None:
        actions.retire_recipient(recipient=found, by=request.user, at=timezone.now())

    return confirm(request, question, act, message="The entry has been retired.")


@allow(Permission.MANAGE_ORGANISATION)
@asks
def restore(request: SignedInRequest, recipient: UUID) -> HttpResponse:
    found, back = _recipient(request, recipient), reverse("administration:address_book")
    question = Question(
        "Restore an entry",
        "Restore",
        back,
        ("It can then be chosen again. Check first that it is still right.",),
        about=found.name,
    )

    def act() -> None:
        actions.restore_recipient(recipient=found, by=request.user, at=timezone.now())

    return confirm(request, question, act, message="The entry has been restored.")
