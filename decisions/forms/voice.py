"""Forms for a person's own voice on a recorded decision."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError

from decisions.forms.events import set_required_messages
from decisions.models import DecisionRecipient, StatementPassedOn, StatementToRecipients, ViewsReadBack
from decisions.presenters.people import recipient_names_of
from decisions.presenters.voice import ALL_RECIPIENTS
from rules.contact import ReadBack
from rules.empty_reasons import is_empty_reason
from ui import forms
from ui.fields import DateTimeField, Radios, Select, Textarea

PASSED_ON, NOT_PASSED_ON = "yes", "no"


class ReadBackForm(forms.ModelForm[ViewsReadBack]):
    refuses_concealed = True
    read_back_at = DateTimeField(label="When did you read it back to them?", when="past")

    class Meta:
        model = ViewsReadBack
        fields = ["outcome", "corrected_to", "read_back_by", "read_back_at"]
        labels = {
            "outcome": "What did they say?",
            "corrected_to": "How should it be?",
            "read_back_by": "Who read it back to them?",
        }
        help_texts = {
            "corrected_to": "In their own words. What was recorded first stays.",
            "read_back_by": "Name and role.",
        }
        widgets = {
            "outcome": Radios(reveals={ReadBack.CORRECTED: ["corrected_to"]}),
            "corrected_to": Textarea(rows=3),
        }

    field_order = ["outcome", "corrected_to", "read_back_by", "read_back_at"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = ReadBack.choices()  # type: ignore[attr-defined]
        self.fields["corrected_to"].required = True
        set_required_messages(
            self,
            outcome="Choose what they said",
            corrected_to="Enter how it should be, in their own words",
            read_back_by="Enter who read it back to them",
        )

    def answers(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class StatementForm(forms.ModelForm[StatementToRecipients]):
    recipient = django_forms.ChoiceField(label="Who is it for?", widget=Select(), required=False)
    made_at = DateTimeField(label="When did they say it?", when="past")

    class Meta:
        model = StatementToRecipients
        fields = ["text", "made_at"]
        labels = {"text": "What do they want them to know?"}
        help_texts = {"text": "In their own words. They do not have to say anything."}
        widgets = {"text": Textarea(rows=5)}

    field_order = ["recipient", "text", "made_at"]

    def __init__(self, *args: Any, recipients: Iterable[DecisionRecipient], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.recipients: Mapping[str, DecisionRecipient] = {str(row.pk): row for row in recipients}
        named = [(str(key), name) for key, name in recipient_names_of(self.recipients.values()).items()]
        everybody = f"{ALL_RECIPIENTS[:1].upper()}{ALL_RECIPIENTS[1:]}"
        self.fields["recipient"].choices = [("", everybody), *named]  # type: ignore[attr-defined]
        set_required_messages(self, text="Enter what they want them to know, in their own words")

    @property
    def chosen(self) -> DecisionRecipient | None:
        return self.recipients.get(self.cleaned_data["recipient"])

    def answers(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


class PassedOnForm(forms.ModelForm[StatementPassedOn]):
    refuses_concealed = True
    was_passed_on = django_forms.ChoiceField(
        label="Have you passed it on?",
        choices=[(PASSED_ON, "Yes"), (NOT_PASSED_ON, "No, and it will not be")],
        widget=Radios(reveals={PASSED_ON: ["how", "passed_on_at"], NOT_PASSED_ON: ["why_not"]}),
        error_messages={"required": "Choose whether you have passed it on"},
    )
    passed_on_at = DateTimeField(label="When did you pass it on?", when="past")

    class Meta:
        model = StatementPassedOn
        fields = ["how", "passed_on_at", "why_not"]
        labels = {"how": "How?", "why_not": "Why will it not be passed on?"}
        help_texts = {
            "how": "Such as by secure e-mail, with what was shared.",
            "why_not": "Such as “they no longer want it passed on”. Tell them that it was not.",
        }

    field_order = ["was_passed_on", "how", "passed_on_at", "why_not"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("how", "why_not"):
            self.fields[name].required = True
        set_required_messages(self, how="Enter how you passed it on", why_not="Enter why it will not be passed on")

    def clean_why_not(self) -> str:
        why = str(self.cleaned_data["why_not"])
        if why and is_empty_reason(why):
            raise ValidationError("Enter why it will not be passed on, in your own words")
        return why

    def answers(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}
