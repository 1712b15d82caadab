"""Forms for a complaint about sharing or an objection to it, for its acknowledgement and for its answer."""

from collections.abc import Iterable
from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError

from decisions.forms.events import set_required_messages
from decisions.models import Complaint, ComplaintAcknowledgement, ComplaintAnswer, DecisionPerson
from families.names import names_of
from rules.complaints import OUTCOMES, ComplaintKind, ComplaintOutcome
from rules.empty_reasons import is_empty_reason
from ui import forms
from ui.fields import DateTimeField, Radios, Textarea

SOMEBODY_ELSE = "else"


class ComplaintForm(forms.ModelForm[Complaint]):
    refuses_concealed = True
    made_by = django_forms.ChoiceField(
        label="Who made it?",
        widget=Radios(reveals={SOMEBODY_ELSE: ["made_by_other"]}),
        error_messages={"required": "Choose who made it"},
    )
    received_at = DateTimeField(label="When was it received?", when="past")

    class Meta:
        model = Complaint
        fields = ["kind", "made_by_other", "text", "received_at"]
        labels = {"kind": "What is it?", "made_by_other": "Name, or who they are", "text": "What do they say?"}
        help_texts = {
            "kind": "If it is both, record each. Your data protection officer is told that it was received.",
            "text": "In their words, as far as you can.",
        }
        widgets = {"kind": Radios(), "text": Textarea(rows=4)}

    field_order = ["kind", "made_by", "made_by_other", "text", "received_at"]

    def __init__(self, *args: Any, people: Iterable[DecisionPerson], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        names = names_of((person.pk, person) for person in self.people.values())
        named = [(str(key), name) for key, name in names.items()]
        self.fields["made_by"].choices = [*named, (SOMEBODY_ELSE, "Somebody else")]  # type: ignore[attr-defined]
        self.fields["kind"].choices = ComplaintKind.choices()  # type: ignore[attr-defined]
        self.initial["kind"] = ""
        self.fields["made_by_other"].required = True
        set_required_messages(
            self, kind="Choose what it is", made_by_other="Enter who made it", text="Enter what they say"
        )

    @property
    def chosen(self) -> DecisionPerson | None:
        return self.people.get(self.cleaned_data["made_by"])

    def answers(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


class AcknowledgementForm(forms.ModelForm[ComplaintAcknowledgement]):
    acknowledged_at = DateTimeField(label="When were they told?", when="past")

    class Meta:
        model = ComplaintAcknowledgement
        fields = ["how", "acknowledged_at"]
        labels = {"how": "How were they told that you received it?"}
        help_texts = {"how": "Such as by letter to a safe address. Tell them what happens next, and when."}

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.complaint = complaint
        set_required_messages(self, how="Enter how they were told")

    def clean_acknowledged_at(self) -> Any:
        at = self.cleaned_data["acknowledged_at"]
        if at < self.complaint.received_at.replace(second=0, microsecond=0):
            raise ValidationError("The time that they were told must be after it was received")
        return at

    def answers(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


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
        offered = OUTCOMES[ComplaintKind(complaint.kind)]
        self.fields["outcome"].choices = [(code.value, code.label) for code in ComplaintOutcome if code in offered]  # type: ignore[attr-defined]
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
            raise ValidationError("The answer must be after it was received")
        return at

    def answers(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}
