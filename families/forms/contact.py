from typing import Any

from django import forms

from families.details import ContactDetails
from families.forms.correction import Correction, why_changed
from families.models import KnownRisk, Person, SafeContact
from rules.codes import YesNoUnknown
from ui import fields, phones
from ui.forms import Form

DIALLED = frozenset({SafeContact.Kind.PHONE, SafeContact.Kind.TEXT})


class ContactForm(Form):
    kind = forms.ChoiceField(label="Contact method", choices=SafeContact.Kind.choices, widget=fields.Radios)
    detail = forms.CharField(
        label="Number, address or place (optional)",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    safe = forms.ChoiceField(
        label="Is it safe to use?",
        choices=[
            (YesNoUnknown.YES, "Yes, it is safe"),
            (YesNoUnknown.NO, "No, do not use it"),
            (YesNoUnknown.UNKNOWN, "Not known"),
        ],
        widget=fields.Radios(
            hints={
                YesNoUnknown.YES: "Nobody who could harm them sees, hears or opens it.",
                YesNoUnknown.UNKNOWN: "Anyone who wants to use it will be told to ask first.",
            }
        ),
    )
    why = forms.CharField(
        label="How do you know?",
        max_length=500,
        required=False,
        help_text="Such as “she says he never sees this phone”. Needed for yes and for no.",
        widget=fields.Textarea(rows=2, count=500),
    )
    checked_on = fields.DateField(
        label="When was that checked with them?",
        when="past",
        required=False,
        help_text="Needed for yes and for no. After 90 days it must be asked again.",
    )

    def clean_detail(self) -> str:
        """Words alone will do, such as “through her sister”; figures must be one number that can be dialled."""
        detail = str(self.cleaned_data["detail"])
        if self.cleaned_data.get("kind") in DIALLED and phones.numbers(detail) and (refused := phones.refusal(detail)):
            raise forms.ValidationError(refused)
        return detail

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("safe") in {YesNoUnknown.YES, YesNoUnknown.NO}:
            if "why" in typed and not typed["why"]:
                self.add_error("why", "Say how you know, or select “Not known”")
            if "checked_on" in typed and not typed["checked_on"]:
                self.add_error("checked_on", "Enter the day it was checked, or select “Not known”")
        return typed

    def details(self) -> ContactDetails:
        return ContactDetails(**{name: self.cleaned_data[name] for name in ContactDetails.__dataclass_fields__})


class ContactCorrection(Correction, ContactForm):
    """The same questions about a contact that is already recorded."""

    why_changed = why_changed("Why is this changed? (optional)")


def contact_initial(contact: SafeContact) -> dict[str, Any]:
    known = {name: getattr(contact, name) for name in ContactDetails.__dataclass_fields__}
    return {**known, "version": contact.version}


def _note_name(kind: str) -> str:
    return f"note_{kind}"


class RisksForm(Correction):
    why_changed = why_changed("Why is this changed? (optional)")
    kinds = forms.MultipleChoiceField(
        label="What is known?",
        required=False,
        help_text="Tick all that are known. Leave everything empty when nothing is.",
        choices=KnownRisk.Kind.choices,
        widget=fields.Checkboxes(
            hints={
                KnownRisk.Kind.MUST_NOT_FIND_OUT: "Something must be kept from them. Say what, and who could tell.",
                KnownRisk.Kind.WORKER: "Visit in pairs, or not at home.",
            },
            reveals={kind: (_note_name(kind),) for kind in KnownRisk.Kind.values},
        ),
    )

    def notes(self) -> dict[str, str]:
        return {kind: self.cleaned_data[_note_name(kind)] for kind in self.cleaned_data["kinds"]}


# One note a kind, opened by its tick: declared in a loop, because the kinds are the model's.
for _kind, _label in KnownRisk.Kind.choices:
    RisksForm.base_fields[_note_name(_kind)] = forms.CharField(
        label=f"{_label}: what should people know? (optional)",
        max_length=500,
        required=False,
        widget=fields.Textarea(rows=2, count=500),
    )


def risks_initial(person: Person) -> dict[str, Any]:
    known = {risk.kind: risk.note for risk in person.known_risks.all()}
    notes = {_note_name(kind): note for kind, note in known.items()}
    return {"kinds": list(known), "version": person.version, **notes}
