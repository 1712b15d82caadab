"""Forms for information that turned out to be wrong, and for telling a recipient so."""

from collections.abc import Iterable
from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError

from decisions.forms.events import set_required_messages
from decisions.models import Correction, DecisionItem, WrongInformation
from rules.empty_reasons import is_empty_reason
from ui import forms
from ui.fields import DateTimeField, Radios, Select, Textarea
from ui.labels import Named, distinct

SOMETHING_ELSE = "else"
NOTIFIED, NOT_NOTIFIED = "yes", "no"


class WrongInformationForm(forms.ModelForm[WrongInformation]):
    item_wrong = django_forms.ChoiceField(label="What turned out to be wrong?", widget=Select())
    found_at = DateTimeField(label="When did you find out?", when="past")

    class Meta:
        model = WrongInformation
        fields = ["what_is_wrong", "what_is_right", "found_at"]
        labels = {"what_is_wrong": "What is wrong about it?", "what_is_right": "What is right, if you know? (optional)"}
        help_texts = {"what_is_wrong": "Such as “it was his brother who was at school that day”."}
        widgets = {"what_is_wrong": Textarea(rows=3), "what_is_right": Textarea(rows=3)}

    field_order = ["item_wrong", "what_is_wrong", "what_is_right", "found_at"]

    def __init__(self, *args: Any, items: Iterable[DecisionItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = {str(item.pk): item for item in items}
        numbered = enumerate(self.items.items(), 1)
        texts = distinct({key: Named(item.text, (f"item {number}",)) for number, (key, item) in numbered})
        self.fields["item_wrong"].choices = [  # type: ignore[attr-defined]
            ("", "---------"),
            *texts.items(),
            (SOMETHING_ELSE, "Something else that was said or sent"),
        ]
        set_required_messages(
            self, item_wrong="Choose what turned out to be wrong", what_is_wrong="Enter what is wrong about it"
        )

    def clean_what_is_wrong(self) -> str:
        if is_empty_reason(self.cleaned_data["what_is_wrong"]):
            raise ValidationError("Enter what is wrong about it, in your own words")
        return str(self.cleaned_data["what_is_wrong"])

    @property
    def chosen(self) -> DecisionItem | None:
        return self.items.get(self.cleaned_data["item_wrong"])

    def answers(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


class CorrectionForm(forms.ModelForm[Correction]):
    """Whether one recipient was told that something they got was wrong."""

    refuses_concealed = True
    was_notified = django_forms.ChoiceField(
        label="Have you told them?",
        choices=[(NOTIFIED, "Yes"), (NOT_NOTIFIED, "No, and they will not be told")],
        widget=Radios(reveals={NOTIFIED: ["notified_to", "how", "notified_at"], NOT_NOTIFIED: ["why_not_notified"]}),
        error_messages={"required": "Choose whether you have told them"},
    )
    notified_at = DateTimeField(label="When did you tell them?", when="past")

    class Meta:
        model = Correction
        fields = ["notified_to", "how", "notified_at", "why_not_notified"]
        labels = {
            "notified_to": "Who did you tell?",
            "how": "How? (optional)",
            "why_not_notified": "Why will they not be told?",
        }
        help_texts = {
            "notified_to": "Name or role.",
            "how": "Such as by phone.",
            "why_not_notified": "Such as “they closed the case and destroyed it”.",
        }

    field_order = ["was_notified", "notified_to", "how", "notified_at", "why_not_notified"]

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.legend = name
        for field in ("notified_to", "why_not_notified"):
            self.fields[field].required = True
        set_required_messages(
            self, notified_to="Enter who you told", why_not_notified="Enter why they will not be told"
        )

    def clean_why_not_notified(self) -> str:
        why = str(self.cleaned_data["why_not_notified"])
        if why and is_empty_reason(why):
            raise ValidationError("Enter why they will not be told, in your own words")
        return why

    def answers(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}
