"""Forms for working together with a person after a decision was recorded."""

from typing import Any, ClassVar

from django import forms as django_forms
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


LABELS = {
    "kept_working": "What did you do to keep working together?",
    "planned_how": "How will you have contact?",
    "planned_by": "Who will have contact with them?",
}
WHEN = "When is the next contact with them?"
HELP_TEXTS = {
    "kept_working": "Such as “I went through the letter with her, and we agreed what I will tell the school”.",
    "planned_on": "You will be reminded on the day.",
    "planned_how": "Such as a home visit, or a call to a safe number.",
    "planned_by": "Name and role.",
}


def check_plan(form: django_forms.BaseForm) -> None:
    """A day has a way and a person, or nobody would know what is planned."""
    given = [name for name in NEEDED if form.cleaned_data.get(name)]
    for name in NEEDED if given else ():
        if name not in given and name not in form.errors:
            form.add_error(name, NEEDED[name])


class ContactPlanForm(forms.ModelForm[ContactPlan]):
    """One question or the other may stay empty."""

    warning = ""
    planned_on = DateField(label=f"{WHEN} (optional)", required=False)

    class Meta:
        model = ContactPlan
        fields = ["kept_working", "planned_on", "planned_how", "planned_by"]
        labels: ClassVar[dict[str, str]] = {name: f"{label} (optional)" for name, label in LABELS.items()}
        help_texts = HELP_TEXTS
        widgets = {"kept_working": Textarea(rows=3)}

    field_order = ["kept_working", "planned_on", "planned_how", "planned_by"]

    def clean(self) -> None:
        if not any(self.cleaned_data.values()) and not self.errors:
            self.add_error("kept_working", "Enter what you did to keep working together, or the next contact")
        check_plan(self)

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
