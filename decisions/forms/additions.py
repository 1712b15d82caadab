"""What is added to a recorded decision."""

from typing import Any

from decisions.forms.informing import InformingForm
from decisions.forms.sending import SendingForm
from decisions.models import DecisionPerson, DecisionRecipient


class AddSendingForm(SendingForm):
    """The guided form's questions about one sending, asked of a recorded decision."""

    def __init__(self, *args: Any, recipients: list[DecisionRecipient], **kwargs: Any) -> None:
        choices = [(str(recipient.pk), recipient.name) for recipient in recipients]
        super().__init__(*args, choices=choices, **kwargs)
        self.recipients = {str(recipient.pk): recipient for recipient in recipients}
        for name in ("pk", "remove"):
            self.fields.pop(name, None)

    @property
    def chosen(self) -> DecisionRecipient:
        return self.recipients[self.cleaned_data["recipient"]]

    def answers(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("sent_at", "how", "said_differently", "received_by")}


class AddInformingForm(InformingForm):
    """The same questions about one person, asked afresh: what was answered before stands in its own row."""

    def __init__(self, *args: Any, person: DecisionPerson, **kwargs: Any) -> None:
        super().__init__(*args, instance=person, initial=dict.fromkeys(self.base_fields), **kwargs)

    def answers(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "state": self.state, "at": given["informed_at"], "how": given["informed_how"],
            "informed_by": given["informed_by"], "informed_safely": given["informed_safely"],
            "who_what_why": given["informed_who_what_why"],
            "no_choice": given["informed_no_choice"], "reason": given["informing_reason"],
            "text": given["informed_note"] or given["informing_text"], "agreed_with": given["informing_agreed_with"],
            "review_on": given["informing_review_on"], "closing": given["informing_closing"],
            "safe_contact": given["safe_contact"],
        }  # fmt: skip
