"""Whether a record had to be opened."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from rules.empty_reasons import is_empty_reason
from ui import fields
from ui.forms import Form


class CheckForm(Form):
    justified = forms.ChoiceField(
        label="Was opening it justified?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=fields.Radios,
        error_messages={"required": "Choose whether opening it was justified"},
    )
    words = forms.CharField(
        label="Why do you think so?",
        max_length=2000,
        widget=fields.Textarea(rows=4),
        help_text="Talk to them first. Say too what has to change, if anything.",
        error_messages={"required": "Enter why you think so"},
    )

    def clean_words(self) -> str:
        if is_empty_reason(self.cleaned_data["words"]):
            raise ValidationError("Enter why, in your own words")
        return str(self.cleaned_data["words"])

    def answers(self) -> dict[str, Any]:
        return {"justified": self.cleaned_data["justified"] == "yes", "words": self.cleaned_data["words"]}
