from collections.abc import Iterable
from datetime import date, timedelta
from itertools import chain
from typing import Any

from django import forms as django_forms

from decisions.forms.part_form import PartForm
from decisions.models import DecisionPerson
from decisions.models.answers import NOT_INFORMED_UNDER
from decisions.presenters.informing import UNSHARED, exemption_words
from decisions.presenters.people import age_words
from rules.codes import AGREED, NOT_INFORMED, REFUSALS, Closing, Consent, Informing, YesNoUnknown
from rules.empty_reasons import is_empty_reason
from ui.fields import DateTimeField, Radios, Select, Textarea
from ui.options import BLANK_LABEL

# Within 7 days is usual: the date that is offered where somebody is not informed yet.
SUGGESTED = timedelta(days=7)
SPOKEN_WITH = AGREED | REFUSALS | {Consent.GIVEN_PARTIAL}
TOLD = [Informing.TOLD_BEFORE, Informing.TOLD_AT_TIME, Informing.TOLD_AFTER, Informing.PARTLY_TOLD]
LATER = [Informing.DEFERRED, Informing.NOT_TELLING, Informing.ATTEMPTED, Informing.DELEGATED]
REVEALS = {
    "yes": ["informed_state", "informed_at", "informed_how", "informed_by", "informed_safely", "informed_who_what_why",
            "informed_no_choice", "informed_note"],
    "no": ["not_informed_state", "informing_reason", "informing_exemption", "informing_text", "informing_agreed_with",
           "informing_review_on"],
}  # fmt: skip
NOT_INFORMED_REVEALS: dict[str, list[str]] = {
    Informing.NOT_TELLING: ["informing_closing"],
    Informing.ATTEMPTED: ["attempted_at", "attempted_how", "attempted_safely"],
    Informing.DELEGATED: ["handed_to", "handed_to_agency"],
}
CLOSING_REVEALS: dict[str, list[str]] = {Closing.HANDED_OVER: ["closing_handed_to", "closing_agency"]}
# Questions that several answers ask: each has a field of its own, and they share a column.
SHARED_COLUMNS: dict[str, tuple[str, ...]] = {
    "informed_at": ("informed_at", "attempted_at"),
    "informed_how": ("informed_how", "attempted_how"),
    "informed_safely": ("informed_safely", "attempted_safely"),
    "handed_to": ("handed_to", "closing_handed_to"),
    "handed_to_agency": ("handed_to_agency", "closing_agency"),
    "informing_text": ("informed_note", "informing_text"),
}
WHO_WILL, WHICH_AGENCY = "Who will tell them?", "Which organisation are they from?"
CLOSED_WITH = "Enter who agreed that they are never told"
# The field of each time that cannot be so, by finding code.
TIME_FIELDS = {
    "INFORMED_BEFORE_LATE": "informed_at",
    "INFORMED_AFTER_EARLY": "informed_at",
    "INFORMING_REVIEW_EARLY": "informing_review_on",
}
ANSWERS: dict[str, str] = {**dict.fromkeys(TOLD, "yes"), **dict.fromkeys(LATER, "no"), Informing.NOT_APPLICABLE: "none"}


def blank(column: str) -> str | None:
    return None if column in {"informed_at", "informing_review_on"} else ""


def shared_initial(person: DecisionPerson) -> dict[str, Any]:
    """What a draft keeps in a column that several questions share, at the question that was answered."""
    tried = person.informing_state == Informing.ATTEMPTED
    closed = bool(person.informing_closing)
    return {
        "attempted_at": person.informed_at if tried else None,
        "attempted_how": person.informed_how if tried else "",
        "attempted_safely": person.informed_safely if tried else "",
        "closing_handed_to": person.handed_to if closed else "",
        "closing_agency": person.handed_to_agency if closed else "",
        "informed_note": person.informing_text,
    }


def _could_hear(person: DecisionPerson) -> bool:
    """Kept from them for safety, and not known to be out of their hearing."""
    unsafe = person.source_of_harm or person.consent_state == Consent.NOT_SOUGHT_UNSAFE
    may_hear = person.could_hear in {YesNoUnknown.YES, YesNoUnknown.UNKNOWN}
    return unsafe and may_hear and person.informing_state not in TOLD


class InformingForm(PartForm[DecisionPerson]):
    informed = django_forms.ChoiceField(
        label="Have they been told who gets what, and why?",
        choices=[
            ("yes", "Yes, or in part"),
            ("no", "Not yet, or not by me"),
            ("none", "There is nothing to tell them"),
        ],
        widget=Radios(reveals=REVEALS),
    )
    informed_state = django_forms.ChoiceField(
        label="When were they informed, or how much?",
        choices=[(code.value, code.label) for code in TOLD],
        widget=Radios(),
    )
    informed_at = DateTimeField(label="When were they told?", when="past", required=False)
    informed_note = django_forms.CharField(
        label="What they said, or what was left out", max_length=1000, required=False, widget=Textarea(rows=2)
    )
    not_informed_state = django_forms.ChoiceField(
        label="What will happen?",
        choices=[(code.value, code.label) for code in LATER],
        widget=Radios(reveals=NOT_INFORMED_REVEALS),
    )
    attempted_at = DateTimeField(label="When did you try?", when="past", required=False)
    attempted_how = django_forms.CharField(label="How did you try?", max_length=500, required=False)
    attempted_safely = django_forms.ChoiceField(
        label="Was that way of reaching them safe?",
        choices=YesNoUnknown.choices(),
        required=False,
        widget=Radios(inline=True),
    )
    closing_handed_to = django_forms.CharField(
        label="Who will tell them instead?", help_text="Name and role.", max_length=200
    )
    closing_agency = django_forms.CharField(label=WHICH_AGENCY, max_length=200, required=False)
    informing_closing = django_forms.ChoiceField(
        label="How will this end?",
        choices=[("", "I do not know yet: I will review it"), *Closing.choices()],
        required=False,
        widget=Radios(reveals=CLOSING_REVEALS),
    )
    informing_exemption = django_forms.ChoiceField(
        label="Which law lets you not tell them yet?",
        choices=[("", BLANK_LABEL), *((code.value, exemption_words(code)) for code in NOT_INFORMED_UNDER)],
        required=False,
        widget=Select(),
    )

    class Meta:
        model = DecisionPerson
        fields = [
            "informed_at", "informed_how", "informed_by", "informed_safely", "informed_who_what_why",
            "informed_no_choice", "informing_reason", "informing_exemption", "informing_text",
            "informing_agreed_with", "informing_review_on", "informing_closing", "handed_to", "handed_to_agency",
            "safe_contact",
        ]  # fmt: skip
        labels = {
            "informed_how": "How were they told?",
            "informed_by": "By whom, if not you?",
            "informed_safely": "Was that way of reaching them safe?",
            "informed_who_what_why": "They know who gets what, and why",
            "informed_no_choice": "They know that they had no choice about this",
            "informing_reason": "Which reason?",
            "informing_text": "What makes you think so, or what happened?",
            "informing_agreed_with": "Who agreed to this?",
            "informing_review_on": "When will you review this, or by when will they be told?",
            "handed_to": WHO_WILL,
            "handed_to_agency": WHICH_AGENCY,
            "safe_contact": "How can they be reached safely?",
        }
        help_texts = {
            "informing_agreed_with": "Name and role.",
            "informing_review_on": "Within 7 days is usual, and 28 at most.",
            "handed_to": "Name and role.",
            "safe_contact": "Such as alone, at the clinic only; no letters, no texts.",
        }
        widgets = {
            "informed_safely": Radios(inline=True),
            "informing_reason": Select(),
            "informing_text": Textarea(rows=2),
        }

    # A day that a draft filled in: no answer of somebody who then says how this ends.
    offered_review_on: date | None = None
    shared_columns = SHARED_COLUMNS
    always_optional = ("informing_exemption",)
    field_order = [
        "informed", *REVEALS["yes"], "not_informed_state", *chain(*NOT_INFORMED_REVEALS.values()),
        *chain(*CLOSING_REVEALS.values()), *REVEALS["no"][1:], "safe_contact",
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["informed"].error_messages["required"] = "Choose whether they have been told"
        self.fields["closing_handed_to"].error_messages["required"] = "Enter who will tell them"
        self.legend = self.error_prefix or self.instance.person.name
        self.lead = ", ".join(filter(None, [self.instance.get_role_display(), age_words(self.instance)]))
        if self.instance.source_of_harm:
            self.warning = (
                f"{self.legend} is an alleged or suspected source of harm. "
                "Do not tell them before you have taken advice."
            )

    def say_not_safe(self, kinds: list[str]) -> None:
        """Beside the question whether the way was safe, which ways are recorded as not safe. What was done counts."""
        if kinds:
            for name in ("informed_safely", "attempted_safely"):
                self.fields[name].help_text = f"Recorded as not safe for them: {', '.join(kinds).lower()}."

    def warn_of(self, people: Iterable[DecisionPerson]) -> None:
        """Say, before this person is told, who it is kept from and could find out through them."""
        names = [other.name for other in people if other.pk != self.instance.pk and _could_hear(other)]
        if names and not self.instance.source_of_harm:
            self.warning = (
                f"{' and '.join(names)} could find out about this through someone else. Before you tell {self.legend}, "
                "agree with children's social care or the police what you say."
            )

    def ask_of_the_decision(self) -> None:
        """Where nothing is shared they are told what was decided, and there was no sharing to be told of before."""
        self.fields["informed"].label = "Have they been told what you decided, and why?"
        self.fields["informed_who_what_why"].label = "They know what was decided, and why"
        state: Any = self.fields["informed_state"]
        state.choices = [(code, UNSHARED.get(code, label)) for code, label in state.choices]
        del self.fields["informed_no_choice"]
        widget: Any = self.fields["informed"].widget
        widget.reveals = {**REVEALS, "yes": [name for name in REVEALS["yes"] if name in self.fields]}

    def clean(self) -> None:
        if self.state in NOT_INFORMED:
            self.check_not_informed()

    def check_not_informed(self) -> None:
        """A reason, and a day or an end; and whoever agreed to the end."""
        if not self.cleaned_data.get("informing_reason"):
            self.add_error("informing_reason", "Choose why they are not told now")
        closing, review_on = (self.cleaned_data.get(name) for name in ("informing_closing", "informing_review_on"))
        if not review_on and not closing and "informing_review_on" not in self.errors:
            self.add_error("informing_review_on", "Enter when you will review this, or choose how it ends")
        if closing == Closing.NEVER_BY_US and is_empty_reason(self.cleaned_data.get("informing_agreed_with", "")):
            self.add_error("informing_agreed_with", CLOSED_WITH)

    @property
    def state(self) -> str:
        if self.cleaned_data.get("informed") == "none":
            return Informing.NOT_APPLICABLE
        return self.cleaned_data.get("informed_state") or self.cleaned_data.get("not_informed_state") or ""

    def columns(self) -> dict[str, Any]:
        """The answers by the column that keeps them. What was not asked leaves its column empty."""
        answers = {**self.cleaned_data}
        if answers.get("informing_closing") and answers.get("informing_review_on") == self.offered_review_on:
            answers["informing_review_on"] = None
        shared = {
            column: next((answers[name] for name in names if answers.get(name)), answers.get(column) or blank(column))
            for column, names in self.shared_columns.items()
        }
        return {"informed_no_choice": False, **answers, **shared, "informing_state": self.state}
