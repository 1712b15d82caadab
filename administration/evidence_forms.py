"""What an officer is asked before evidence is made: of what, why, and whether a second officer agrees."""

import datetime as dt
from typing import Any

from django import forms

from accounts.models import User
from administration.evidence_fields import Field
from administration.evidence_wanted import RESTRICTED, NotThere, Wanted
from administration.models import LONGEST_REASON, EvidenceRequest
from ui import fields
from ui.forms import Form

What = EvidenceRequest.What
NO_DECISION = "No recorded decision of your organisation has this reference. Check it, such as D-7K2M9Q"
NO_FAMILY = "No family of your organisation has this reference. Check it, such as F-7K2M9Q"
ENDS_BEFORE = "The last day must be the first day or after it"
AGAIN = "It repeats what you left out."
NO_NAMES = "It is kept for ever, so do not name anyone in the family."


def _reason(label: str, message: str, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONGEST_REASON, help_text=hint, widget=fields.Textarea(rows=3),
        error_messages={"required": message},
    )  # fmt: skip


def _reference(label: str, message: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=20, error_messages={"required": message})


class WantedForm(Form):
    """What the evidence is of: a decision, a family, a period or the whole log. Sets `wanted` once it is valid.

    Records are named by reference, because an officer sees no list of families.
    """

    what = forms.ChoiceField(
        label="What is the evidence of?", choices=What.choices,
        widget=fields.Radios(reveals={
            What.DECISION.value: ["decision"], What.FAMILY.value: ["family"],
            What.PERIOD.value: ["first_day", "last_day"],
        }),
        error_messages={"required": "Choose what the evidence is of"},
    )  # fmt: skip
    decision = _reference("Reference of the decision", "Enter the reference of the decision")
    family = _reference("Reference of the family", "Enter the reference of the family")
    first_day = fields.DateField(
        label="First day", when="past", error_messages={"required": "Enter the first day"}
    )  # fmt: skip
    last_day = fields.DateField(
        label="Last day", when="past", error_messages={"required": "Enter the last day"}
    )  # fmt: skip
    wanted: Wanted

    def __init__(self, *args: Any, officer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officer = officer

    def clean(self) -> None:
        what, first, last = (self.cleaned_data.get(name) for name in ("what", "first_day", "last_day"))
        if self.errors or not what:
            return
        if isinstance(first, dt.date) and isinstance(last, dt.date) and last < first:
            self.add_error("last_day", ENDS_BEFORE)
            return
        record = str(self.cleaned_data.get(what) or "").strip().upper()
        self.wanted = Wanted(self.officer.organisation_id, what, record, first or None, last or None)
        try:
            if self.wanted.is_closed_to(self.officer):
                self.add_error(what, RESTRICTED)
        except NotThere:
            self.add_error(what, NO_DECISION if what == What.DECISION else NO_FAMILY)


class AskForm(Form):
    reason = _reason("Why do you need it?", "Enter why you need it", f"Such as a court order. {NO_NAMES}")
    their_reference = forms.CharField(
        label="Reference of the court or regulator (if there is one)", max_length=120, required=False
    )
    addresses = forms.BooleanField(
        label="Include addresses and phone numbers", required=False,
        widget=fields.Checkbox(reveals=["why_addresses"]),
        help_text="They are left out unless you tick this. Words that people wrote may still have some.",
    )  # fmt: skip
    why_addresses = _reason("Why must addresses and phone numbers be in it?", "Enter why they must be in it")


class LeaveOutForm(Form):
    """Ticks of one kind, with the reason that all of them have; then the next."""

    fields_out = forms.MultipleChoiceField(
        label="What stays out?", widget=fields.Checkboxes(small=True),
        error_messages={"required": "Choose at least one field"},
    )  # fmt: skip
    reason = forms.CharField(
        label="Why does it stay out?", max_length=200, widget=fields.Textarea(rows=2),
        help_text="Whoever gets the evidence will read this, so do not name anyone in it.",
        error_messages={"required": "Enter why it stays out"},
    )  # fmt: skip

    def __init__(self, *args: Any, known: list[Field], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["fields_out"]
        choice.choices = [(field.code, field.words) for field in known]
        choice.widget.hints = {
            field.code: f"{AGAIN} {field.beginning}" if field.repeats else field.beginning for field in known
        }


class AnswerForm(Form):
    agreed = forms.ChoiceField(
        label="Do you agree that it leaves?", choices=[("yes", "Yes, it can leave"), ("no", "No")],
        widget=fields.Radios(), error_messages={"required": "Choose whether you agree"},
    )  # fmt: skip
    reason = _reason("Why?", "Enter why", NO_NAMES)
