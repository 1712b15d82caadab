"""Forms for working together with a person after a decision was recorded."""

from typing import Any

from django.core.exceptions import ValidationError

from decisions.forms.events import set_required_messages
from decisions.models import ContactOutcome, ContactPlan
from rules.contact import ContactHad
from rules.empty_reasons import is_empty_reason
from ui import forms
from ui.fields import DateField, DateTimeField, Radios, Textarea

NEEDED = {
    "planned_on": "Enter the day of the next contact, or clear how and who",
    "planned_how": "Enter how you will have contact, or clear the day",
    "planned_by": "Enter who will have contact with them, or clear the day",
}


class ContactPlanForm(forms.ModelForm[ContactPlan]):
    """One question or the other may stay empty. A day has a way and a person, or nobody would know what is planned."""

    warning = ""
    planned_on = DateField(label="When is the next contact with them? (optional)", required=False)

    class Meta:
        model = ContactPlan
        fields = ["kept_working", "planned_on", "planned_how", "planned_by"]
        labels = {
            "kept_working": "What did you do to keep working together? (optional)",
            "planned_how": "How will you have contact? (optional)",
            "planned_by": "Who will have contact with them? (optional)",
        }
        help_texts = {
            "kept_working": "Such as “I went through the letter with her, and we agreed what I will tell the school”.",
            "planned_on": "You will be reminded on the day.",
            "planned_how": "Such as a home visit, or a call to a safe number.",
            "planned_by": "Name and role.",
        }
        widgets = {"kept_working": Textarea(rows=3)}

    field_order = ["kept_working", "planned_on", "planned_how", "planned_by"]

    def clean(self) -> None:
        given = [name for name in NEEDED if self.cleaned_data.get(name)]
        if not given and not self.cleaned_data.get("kept_working") and not self.errors:
            self.add_error("kept_working", "Enter what you did to keep working together, or the next contact")
        for name in NEEDED if given else ():
            if name not in given and name not in self.errors:
                self.add_error(name, NEEDED[name])

    def answers(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class ContactOutcomeForm(forms.ModelForm[ContactOutcome]):
    """Both answers ask for words, so each has its own box."""

    refuses_concealed = True
    contact_at = DateTimeField(label="When was it?", when="past")

    class Meta:
        model = ContactOutcome
        fields = ["had", "contact_at", "text"]
        labels = {"had": "Did it take place?", "text": "In a few words"}
        help_texts = {"text": "What was said. If it did not take place, why, and what happens instead."}
        widgets = {"had": Radios(reveals={ContactHad.HAD: ["contact_at"]}), "text": Textarea(rows=3)}

    field_order = ["had", "contact_at", "text"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["had"].choices = ContactHad.choices()  # type: ignore[attr-defined]
        set_required_messages(self, had="Choose whether it took place")

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"])
        if self.cleaned_data.get("had") == ContactHad.NOT_HAD and is_empty_reason(text):
            raise ValidationError("Enter why it did not take place, in your own words")
        return text

    def answers(self) -> dict[str, Any]:
        return dict(self.cleaned_data)
