"""Forms for sendings and informing events added to a recorded decision."""

from typing import Any

from django.core.exceptions import ValidationError

from decisions.forms.informing import InformingForm
from decisions.forms.sending import ANSWERS, SendingForm
from decisions.models import DecisionPerson, DecisionRecipient, NotSent
from decisions.models.answers import INFORMING_FIELDS
from decisions.presenters.people import recipient_names_of
from rules.empty_reasons import is_empty_reason
from ui import forms
from ui.fields import Textarea

WHY_NOT = "Enter why it will not be sent, in words another reader would understand"


class AddSendingForm(SendingForm):
    """The guided form's questions about one sending, for a recorded decision."""

    def __init__(self, *args: Any, recipients: list[DecisionRecipient], **kwargs: Any) -> None:
        choices = [(str(key), name) for key, name in recipient_names_of(recipients).items()]
        super().__init__(*args, choices=choices, **kwargs)
        self.recipients = {str(recipient.pk): recipient for recipient in recipients}
        for name in ("pk", "remove"):
            self.fields.pop(name, None)

    @property
    def chosen(self) -> DecisionRecipient:
        return self.recipients[self.cleaned_data["recipient"]]

    def answers(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("sent_at", *ANSWERS)}


class AddNotSentForm(forms.ModelForm[NotSent]):
    """Why it will not be sent to one recipient."""

    refuses_concealed = True

    class Meta:
        model = NotSent
        fields = ["why"]
        labels = {"why": "Why will it not be sent to them?"}
        help_texts = {"why": "What has changed since you decided, and who agreed. If it was sent, record that instead."}
        error_messages = {"why": {"required": WHY_NOT}}
        widgets = {"why": Textarea(rows=3)}

    def clean_why(self) -> str:
        why = str(self.cleaned_data["why"])
        if is_empty_reason(why):
            raise ValidationError(WHY_NOT)
        return why

    def answers(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class AddInformingForm(InformingForm):
    """The guided form's questions about informing one person, blank: earlier answers stay in their own rows."""

    # Who it goes to and how they use it, to be told with it.
    recipients_use: tuple[tuple[str, str], ...] = ()

    def __init__(self, *args: Any, person: DecisionPerson, **kwargs: Any) -> None:
        super().__init__(*args, instance=person, initial=dict.fromkeys(self.base_fields), **kwargs)
        if not person.decision.is_shared:
            self.ask_of_the_decision()

    def answers(self) -> dict[str, Any]:
        columns = self.columns()
        return {name: columns[name] for name in INFORMING_FIELDS if name in columns}
