"""Forms for a complaint about sharing, and for its answer."""

from collections.abc import Iterable
from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError

from decisions.forms.events import set_required_messages
from decisions.models import Complaint, ComplaintAnswer, DecisionPerson
from families.names import names_of
from rules.codes import ComplaintOutcome
from rules.empty_reasons import is_empty_reason
from ui import forms
from ui.fields import DateTimeField, Radios, Textarea

SOMEBODY_ELSE = "else"


class ComplaintForm(forms.ModelForm[Complaint]):
    refuses_concealed = True
    made_by = django_forms.ChoiceField(
        label="Who complained?",
        widget=Radios(reveals={SOMEBODY_ELSE: ["made_by_other"]}),
        error_messages={"required": "Choose who complained"},
    )
    received_at = DateTimeField(label="When was it received?", when="past")

    class Meta:
        model = Complaint
        fields = ["made_by_other", "text", "received_at"]
        labels = {"made_by_other": "Name, or who they are", "text": "What is the complaint?"}
        help_texts = {"text": "In their words, as far as you can."}
        widgets = {"text": Textarea(rows=4)}

    field_order = ["made_by", "made_by_other", "text", "received_at"]

    def __init__(self, *args: Any, people: Iterable[DecisionPerson], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        names = names_of((person.pk, person) for person in self.people.values())
        named = [(str(key), name) for key, name in names.items()]
        self.fields["made_by"].choices = [*named, (SOMEBODY_ELSE, "Somebody else")]  # type: ignore[attr-defined]
        self.fields["made_by_other"].required = True
        set_required_messages(self, made_by_other="Enter who complained", text="Enter what the complaint is")

    @property
    def chosen(self) -> DecisionPerson | None:
        return self.people.get(self.cleaned_data["made_by"])

    def answers(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


class ComplaintAnswerForm(forms.ModelForm[ComplaintAnswer]):
    answered_at = DateTimeField(label="When was it answered?", when="past")

    class Meta:
        model = ComplaintAnswer
        fields = ["outcome", "text", "answered_by", "answered_at"]
        labels = {
            "outcome": "How did it end?",
            "text": "What were they told?",
            "answered_by": "Who answered it?",
        }
        help_texts = {"answered_by": "Name and role."}
        widgets = {"outcome": Radios(), "text": Textarea(rows=4)}

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.complaint = complaint
        self.fields["outcome"].choices = ComplaintOutcome.choices()  # type: ignore[attr-defined]
        set_required_messages(
            self, outcome="Choose how it ended", text="Enter what they were told", answered_by="Enter who answered it"
        )

    def clean_text(self) -> str:
        if is_empty_reason(self.cleaned_data["text"]):
            raise ValidationError("Enter what they were told, in your own words")
        return str(self.cleaned_data["text"])

    def clean_answered_at(self) -> Any:
        at = self.cleaned_data["answered_at"]
        if at < self.complaint.received_at.replace(second=0, microsecond=0):
            raise ValidationError("The answer must be after the complaint was received")
        return at

    def answers(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}
