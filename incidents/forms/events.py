"""What is asked about each thing that was done: the same two questions, and what its kind needs."""

from typing import Any, ClassVar

from django import forms as django_forms
from django.core.exceptions import ValidationError

from decisions.forms.events import set_required_messages
from incidents.models import IncidentEvent
from incidents.pages import EventPage
from rules.empty_reasons import is_empty_reason
from rules.incidents.codes import IncidentEventKind, IncidentRisk, RecallOutcome, RecallWay
from ui import forms
from ui.fields import Checkbox, DateTimeField, Radios, Textarea


class EventForm(forms.ModelForm[IncidentEvent]):
    at = DateTimeField(label="When?", when="past")

    class Meta:
        model = IncidentEvent
        fields: ClassVar[list[str]] = ["text", "at"]
        widgets: ClassVar[dict[str, Any]] = {"text": Textarea(rows=4)}

    def __init__(self, *args: Any, page: EventPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].help_text = page.text, page.hint
        self.fields["at"].label = page.at
        set_required_messages(self, text="Enter an answer to this question")

    def clean_text(self) -> str:
        if is_empty_reason(self.cleaned_data["text"]):
            raise ValidationError("Enter it in your own words")
        return str(self.cleaned_data["text"])

    def answers(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


def _choice(label: str, choices: list[tuple[str, str]], missing: str, **hints: str) -> django_forms.ChoiceField:
    widget = Radios(hints=hints)
    return django_forms.ChoiceField(label=label, choices=choices, widget=widget, error_messages={"required": missing})


class AskedForm(EventForm):
    way = _choice("How did you ask?", RecallWay.choices(), "Choose how you asked")

    class Meta(EventForm.Meta):
        fields = ["text", "way", "at"]

    field_order = ["text", "way", "at"]


class AnsweredForm(EventForm):
    outcome = _choice("What did they do with it?", RecallOutcome.choices(), "Choose what they did with it")

    class Meta(EventForm.Meta):
        fields = ["outcome", "text", "in_writing", "at"]
        labels: ClassVar[dict[str, str]] = {"in_writing": "They confirmed it in writing"}
        widgets: ClassVar[dict[str, Any]] = {**EventForm.Meta.widgets, "in_writing": Checkbox()}

    field_order = ["outcome", "text", "in_writing", "at"]


class RiskForm(EventForm):
    risk = _choice(
        "How high is the risk for those it is about?", IncidentRisk.choices(), "Choose how high the risk is",
        RISK="Report it to the Information Commissioner.",
        HIGH="Report it, and tell those it is about without delay.",
    )  # fmt: skip

    class Meta(EventForm.Meta):
        fields = ["risk", "text", "at"]

    field_order = ["risk", "text", "at"]


class NotifiedForm(EventForm):
    class Meta(EventForm.Meta):
        fields = ["text", "at", "why_late"]
        labels: ClassVar[dict[str, str]] = {"why_late": "If it was late, why? (optional)"}
        help_texts: ClassVar[dict[str, str]] = {"why_late": "Needed if the deadline has passed."}
        widgets: ClassVar[dict[str, Any]] = {**EventForm.Meta.widgets, "why_late": Textarea(rows=2)}

    field_order = ["text", "at", "why_late"]


FORM_OF: dict[IncidentEventKind, type[EventForm]] = {
    IncidentEventKind.RECALL_ASKED: AskedForm,
    IncidentEventKind.RECALL_ANSWERED: AnsweredForm,
    IncidentEventKind.RISK_JUDGED: RiskForm,
    IncidentEventKind.REGULATOR_NOTIFIED: NotifiedForm,
}
