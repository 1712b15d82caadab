from collections.abc import Iterable
from typing import Any

from django import forms as django_forms

from decisions.facts.events import OUTSIDE_THE_GROUP
from decisions.forms.events import set_required_messages
from decisions.models import DecisionRecipient, Sending
from decisions.presenters.people import recipient_names_of
from rules.codes import AdditionKind
from ui import forms
from ui.fields import DateTimeField, Radios, Textarea
from ui.moments import moment

SOMEBODY_ELSE = "else"


class LineForm(forms.ModelForm[Sending]):
    """One sharing within the group of a standing decision, as short as possible: with whom, and what."""

    refuses_concealed = True
    to = django_forms.ChoiceField(label="Who did you share it with?")
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
        self.recipients = {str(recipient.pk): recipient for recipient in recipients}
        choices = [
            *((str(key), name) for key, name in recipient_names_of(self.recipients.values()).items()),
            (SOMEBODY_ELSE, "Someone else"),
        ]
        to: Any = self.fields["to"]
        to.widget = Radios(
            reveals={SOMEBODY_ELSE: ["outsider"]},
            hints={
                SOMEBODY_ELSE: "This is recorded and your supervisor will see it: the decision does not cover them."
            },
        )
        to.choices = choices
        set_required_messages(
            self,
            to="Choose who you shared it with",
            outsider="Enter who you shared it with",
            said_differently="Enter what you shared",
        )

    @property
    def chosen(self) -> DecisionRecipient | None:
        return self.recipients.get(self.cleaned_data["to"])

    def answers(self) -> dict[str, Any]:
        answers = self.cleaned_data
        names = ("sent_at", "how", "said_differently")
        return {"received_by": "", **{name: answers[name] for name in names}}

    def as_addition(self) -> dict[str, Any]:
        """The recipient is outside the group, so this is an addition to the record and not a sending."""
        answers = self.cleaned_data
        text = (
            f"To {answers['outsider']}, {moment(answers['sent_at'])}, {answers['how']}:\n{answers['said_differently']}"
        )
        return {"kind": AdditionKind.SUPPLEMENT, "section": "sending", "text": text, "why": OUTSIDE_THE_GROUP}
