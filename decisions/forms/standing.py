from collections.abc import Iterable
from typing import Any

from django import forms as django_forms

from decisions.facts.events import OUTSIDE_THE_GROUP
from decisions.forms.events import say
from decisions.models import DecisionRecipient, Sending
from rules.codes import AdditionKind
from ui import forms
from ui.fields import DateTimeField, Radios, Textarea
from ui.moments import moment

SOMEBODY_ELSE = "else"


class LineForm(forms.ModelForm[Sending]):
    """One sending within a group, with as little typing as there can be: to whom, and what."""

    refuses_concealed = True
    to = django_forms.ChoiceField(label="To whom?")
    outsider = django_forms.CharField(label="Who?", max_length=200)
    said_differently = django_forms.CharField(label="What?", max_length=2000, widget=Textarea(rows=2))
    how = django_forms.CharField(label="How?", max_length=500, initial="At the group's meeting")
    sent_at = DateTimeField(label="When?", when="past")

    class Meta:
        model = Sending
        fields = ["sent_at", "how", "said_differently"]

    field_order = ["to", "outsider", "said_differently", "how", "sent_at"]

    def __init__(self, *args: Any, recipients: Iterable[DecisionRecipient], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.recipients = {str(one.pk): one for one in recipients}
        choices = [*((key, one.name) for key, one in self.recipients.items()), (SOMEBODY_ELSE, "Somebody else")]
        to: Any = self.fields["to"]
        to.widget = Radios(
            reveals={SOMEBODY_ELSE: ["outsider"]},
            hints={SOMEBODY_ELSE: "It is kept, and your supervisor sees it: the group's decision does not cover them."},
        )
        to.choices = choices
        say(self, to="Choose to whom", outsider="Enter who it went to", said_differently="Enter what you shared")

    @property
    def chosen(self) -> DecisionRecipient | None:
        return self.recipients.get(self.cleaned_data["to"])

    def answers(self) -> dict[str, Any]:
        given = self.cleaned_data
        names = ("sent_at", "how", "said_differently")
        return {"received_by": "", **{name: given[name] for name in names}}

    def as_addition(self) -> dict[str, Any]:
        """The recipient is outside the group, so this is an addition to the record, not a sending of the decision."""
        given = self.cleaned_data
        text = f"To {given['outsider']}, {moment(given['sent_at'])}, {given['how']}:\n{given['said_differently']}"
        return {"kind": AdditionKind.SUPPLEMENT, "section": "sending", "text": text, "why": OUTSIDE_THE_GROUP}
