"""The questions about somebody who was to be informed later, or by somebody else."""

from datetime import date
from typing import Any

from django import forms as django_forms

from decisions.facts.informing import InformingNow
from decisions.forms.additions import AddInformingForm
from decisions.forms.informing import CLOSING_REVEALS, REVEALS, SHARED_COLUMNS, SUGGESTED
from decisions.presenters.informing import last_answer
from rules.codes import Closing, Informing
from ui.fields import DateField, Radios, Textarea

NOT_SAFE = ["informing_reason", "informing_exemption", "informing_text", "informing_agreed_with", "informing_closing",
            "informing_review_on"]  # fmt: skip
NOT_YET: dict[str, list[str]] = {
    Informing.ATTEMPTED: ["attempted_at", "attempted_how", "attempted_safely", "attempted_note", "try_again_on"],
    Informing.DELEGATED: ["handed_to", "handed_to_agency", "informed_by_date"],
}
COLUMNS = {
    **SHARED_COLUMNS,
    "informing_text": ("informed_note", "attempted_note", "informing_text"),
    "informing_review_on": ("informing_review_on", "try_again_on", "informed_by_date"),
}


class InformingAgainForm(AddInformingForm):
    """Whether it is safe comes first: only then what they were told; else why not, until when, and who agreed."""

    shared_columns = COLUMNS
    safe_now = django_forms.ChoiceField(
        label="Is it safe to tell them now?",
        choices=[("yes", "Yes, or they know already"), ("no", "No")],
        widget=Radios(reveals={"yes": ["informed"], "no": NOT_SAFE}),
        error_messages={"required": "Choose whether it is safe to tell them now"},
    )
    attempted_note = django_forms.CharField(
        label="What happened?", max_length=1000, required=False, widget=Textarea(rows=2)
    )
    try_again_on = DateField(
        label="When will you try again?",
        required=False,
        help_text="If you leave this empty, the earlier date stays.",
    )
    informed_by_date = DateField(label="By when will they be told?", required=False)

    def __init__(self, *args: Any, now: InformingNow, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.was = now.row.informing_state
        self.initial["informing_review_on"] = today + SUGGESTED
        safe: Any = self.fields["safe_now"]
        safe.help_text = last_answer(now)
        self._ask("informed", {**REVEALS, "no": ["not_informed_state"]})
        self._ask("not_informed_state", NOT_YET)
        later: Any = self.fields["not_informed_state"]
        later.choices = [(Informing.ATTEMPTED.value, "I tried, and could not"), *later.choices[3:]]
        later.label = "Which of these?"
        for name, message in (("attempted_at", "Enter when you tried"), ("attempted_how", "Enter how you tried")):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = message
        self.fields["informing_text"].label = "What makes you think so?"
        self.fields["informing_review_on"].label = "When will you review this?"
        self.order_fields([
            "safe_now", "informed", *REVEALS["yes"], "not_informed_state", *NOT_YET[Informing.ATTEMPTED],
            *NOT_YET[Informing.DELEGATED], *NOT_SAFE, *CLOSING_REVEALS[Closing.HANDED_OVER], "safe_contact",
        ])  # fmt: skip

    def _ask(self, name: str, reveals: dict[str, list[str]]) -> None:
        """Where nothing is shared, a question is left out."""
        widget: Any = self.fields[name].widget
        widget.reveals = {
            answer: tuple(field for field in names if field in self.fields) for answer, names in reveals.items()
        }

    @property
    def state(self) -> str:
        if self.cleaned_data.get("safe_now") != "no":
            return super().state
        closed = self.cleaned_data.get("informing_closing") or self.was == Informing.NOT_TELLING
        return Informing.NOT_TELLING if closed else Informing.DEFERRED


class HandedOverForm(AddInformingForm):
    """Whether whoever took it on has told them; nobody is asked to do it themselves."""

    def __init__(self, *args: Any, now: InformingNow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who = now.row.handed_to or "whoever took it on"
        self.fields["informed"].label = f"Has {who} told them?"
        self.fields["informed"].help_text = f"Ask {who}. Do not ask the family." if now.row.handed_to else ""
        informed: Any = self.fields["informed"]
        informed.choices = [("yes", "Yes, or in part"), ("no", "Not yet"), ("none", "There is nothing to tell them")]
        self.fields["informed_by"].label = "By whom?"
        self.initial["informed_by"] = self.initial["handed_to"] = now.row.handed_to
        self.initial["handed_to_agency"] = now.row.handed_to_agency
