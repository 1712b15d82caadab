from typing import Any

from django import forms as django_forms

from decisions.forms.part_form import PartForm
from decisions.models import Sending
from ui.fields import Checkbox, DateTimeField, Select, Textarea

CONDITIONS = ["conditions_agreed", "return_agreed"]
ANSWERS = ["how", "said_differently", "received_by", *CONDITIONS]


class SendingForm(PartForm[Sending]):
    pk = django_forms.IntegerField(required=False, widget=django_forms.HiddenInput)
    recipient = django_forms.ChoiceField(
        label="Sent to", widget=Select(), error_messages={"required": "Choose who it was sent to"}
    )
    sent_at = DateTimeField(label="When?", when="past")
    remove = django_forms.BooleanField(label="Remove", required=False, widget=Checkbox())

    class Meta:
        model = Sending
        fields = ["sent_at", *ANSWERS]
        labels = {
            "how": "How?",
            "said_differently": "What did you actually share, if it was different?",
            "received_by": "Who received it?",
            "conditions_agreed": "What did they agree they may do with it?",
            "return_agreed": "When will they return or destroy it?",
        }
        help_texts = {
            "how": "Such as by phone and then the secure form.",
            "conditions_agreed": "Such as who else may see it, and what they need to ask you first.",
        }
        error_messages = {"how": {"required": "Enter how it was sent"}}
        widgets = {"said_differently": Textarea(rows=2), "conditions_agreed": Textarea(rows=2)}

    field_order = ["pk", "recipient", "sent_at", *ANSWERS, "remove"]
    folded_fields = ("said_differently", "received_by", *CONDITIONS)
    folded_title = "More about this: what was different, who received it, conditions agreed"

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recipient"].choices = [("", "---------"), *choices]  # type: ignore[attr-defined]
        self._keep_remove_only_if_used()
