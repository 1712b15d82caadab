"""Which record is opened in an emergency, and why. Nothing that is typed here is in an address, a log or an email."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from emergencies.finding import Meant
from emergencies.models import EmergencyOpening
from rules.empty_reasons import is_empty_reason
from ui import fields
from ui.forms import Form

NO_RECORD = "Enter the reference of the family, or a full name and a date of birth"


class OpenForm(Form):
    reference = forms.CharField(
        label="Reference of the family",
        required=False,
        max_length=20,
        help_text="Such as F-7K2M9Q. If you have none, leave this empty and answer the next two questions.",
    )
    name = forms.CharField(
        label="Full name of somebody in the family",
        required=False,
        max_length=100,
        help_text="The whole name, spelt as the family's team would spell it.",
    )
    date_of_birth = fields.DateField(label="Their date of birth", required=False, when="past")
    why = forms.ChoiceField(
        label="Why can it not wait?",
        choices=EmergencyOpening.Why.choices,
        widget=fields.Radios,
        error_messages={"required": "Choose why it cannot wait"},
    )
    reason = forms.CharField(
        label="What happened, and what do you need to know?",
        max_length=2000,
        widget=fields.Textarea(rows=4),
        help_text="Those who are told will read this, and one of them checks it.",
        error_messages={"required": "Enter what happened, and what you need to know"},
    )

    def clean_reason(self) -> str:
        if is_empty_reason(self.cleaned_data["reason"]):
            raise ValidationError("Enter what happened, in your own words")
        return str(self.cleaned_data["reason"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("reference") or self.errors.keys() & {"reference", "name", "date_of_birth"}:
            return data
        if not (data.get("name") or data.get("date_of_birth")):
            self.add_error("reference", NO_RECORD)
        elif not data.get("name"):
            self.add_error("name", "Enter the full name as well")
        elif not data.get("date_of_birth"):
            self.add_error("date_of_birth", "Enter the date of birth as well")
        return data

    def answers(self) -> dict[str, Any]:
        data = self.cleaned_data
        meant = Meant(data["reference"], data["name"], data["date_of_birth"])
        return {"meant": meant, "why": data["why"], "reason": data["reason"]}
