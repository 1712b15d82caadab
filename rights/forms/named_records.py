"""Which records a request is about, and what is left out of their print."""

from collections.abc import Iterable
from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError

from rights.actions.named_records import NOT_AS_SHOWN
from rights.models import ItemDecision
from rights.whole_record import Line
from rules.empty_reasons import is_empty_reason
from rules.rights.codes import PrintGround
from rules.rights.suggest import ItemChoice
from ui import forms
from ui.fields import Checkboxes, Radios, Textarea

OWN_WORDS = "Enter why, in your own words"


def _own_words(text: str) -> str:
    if text and is_empty_reason(text):
        raise ValidationError(OWN_WORDS)
    return text


class NameForm(forms.Form):
    reference = django_forms.CharField(
        label="What is the reference of the decision or of the family?",
        max_length=20,
        help_text="Such as D-7K2M9Q or F-7K2M9Q. A family's reference names every decision about it.",
        error_messages={"required": "Enter the reference of a decision or of a family"},
    )
    why = django_forms.CharField(
        label="Why do you have to read it for this request?",
        max_length=1000,
        widget=Textarea(rows=3),
        help_text="Such as what the order says, and which part of it this record answers.",
        error_messages={"required": "Enter why you have to read it"},
    )

    def clean_why(self) -> str:
        return _own_words(self.cleaned_data["why"])


class LeaveOutForm(forms.Form):
    """Several lines of a record, which are shown whole beside their boxes, for one reason."""

    refuses_concealed = True
    items = django_forms.MultipleChoiceField(
        label="Which of these?", widget=Checkboxes(),
        error_messages={"required": "Tick what you want to leave out or put back", "invalid_choice": NOT_AS_SHOWN},
    )  # fmt: skip
    choice = django_forms.ChoiceField(
        label="What will you do with what is ticked?",
        choices=[(ItemChoice.LEAVE_OUT.value, "Leave it out of the print"), (ItemChoice.GIVE.value, "Put it back")],
        widget=Radios(reveals={ItemChoice.LEAVE_OUT: ["ground", "reason"]}),
        error_messages={"required": "Choose what you will do with what is ticked"},
    )
    ground = django_forms.ChoiceField(
        label="Why is it left out?", choices=PrintGround.choices(), widget=Radios(small=True),
        help_text="The print shows this where something is left out.",
        error_messages={"required": "Choose why it is left out"},
    )  # fmt: skip
    reason = django_forms.CharField(
        label="What shows that?", max_length=1000, widget=Textarea(rows=2),
        help_text="For your own record. It is not printed.",
        error_messages={"required": "Enter what shows that"},
    )  # fmt: skip

    def __init__(self, *args: Any, lines: Iterable[Line | ItemDecision], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].choices = [(line.key, line.key) for line in lines]  # type: ignore[attr-defined]

    @property
    def top_fields(self) -> list[Any]:
        """Without the boxes, which the page prints beside what they are about."""
        return [bound for bound in super().top_fields if bound.name != "items"]

    def clean_reason(self) -> str:
        return _own_words(self.cleaned_data["reason"])

    def answers(self) -> dict[str, Any]:
        data = self.cleaned_data
        why = {"ground": data["ground"], "reason": data["reason"]} if data["choice"] == ItemChoice.LEAVE_OUT else {}
        return {"keys": data["items"], "choice": data["choice"], **why}
