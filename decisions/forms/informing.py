from typing import Any

from django import forms as django_forms

from decisions.forms.part_form import PartForm
from decisions.models import DecisionPerson
from decisions.presenters.people import age_words
from rules.codes import AGREED, SAID_NO, Consent, Telling
from ui.fields import DateTimeField, Radios, Select, Textarea

SPOKEN_WITH = AGREED | SAID_NO | {Consent.GIVEN_PARTIAL}
TOLD = [Telling.TOLD_BEFORE, Telling.TOLD_AT_TIME, Telling.TOLD_AFTER, Telling.PARTLY_TOLD]
LATER = [Telling.DEFERRED, Telling.NOT_TELLING, Telling.ATTEMPTED, Telling.DELEGATED]
REVEALS = {
    "yes": ["told_state", "told_at", "told_how", "told_by", "told_safely", "told_who_what_why", "told_no_choice",
            "told_note"],
    "no": ["later_state", "telling_reason", "telling_text", "telling_agreed_with", "telling_review_on",
           "telling_closing"],
}  # fmt: skip
ANSWERS: dict[str, str] = {**dict.fromkeys(TOLD, "yes"), **dict.fromkeys(LATER, "no"), Telling.NOT_APPLICABLE: "none"}


class TellingForm(PartForm[DecisionPerson]):
    told = django_forms.ChoiceField(
        label="Have they been told who gets what, and why?",
        choices=[
            ("yes", "Yes, or in part"),
            ("no", "Not yet, or not by me"),
            ("none", "There is nothing to tell them"),
        ],
        widget=Radios(reveals=REVEALS),
    )
    told_state = django_forms.ChoiceField(
        label="When did they hear, or how much?", choices=[(one.value, one.label) for one in TOLD], widget=Radios()
    )
    told_at = DateTimeField(label="When were they told?", when="past", required=False)
    told_note = django_forms.CharField(
        label="What they said, or what was left out", max_length=1000, required=False, widget=Textarea(rows=2)
    )
    later_state = django_forms.ChoiceField(
        label="What will happen?", choices=[(one.value, one.label) for one in LATER], widget=Radios()
    )

    class Meta:
        model = DecisionPerson
        fields = [
            "told_at", "told_how", "told_by", "told_safely", "told_who_what_why", "told_no_choice", "telling_reason",
            "telling_text", "telling_agreed_with", "telling_review_on", "telling_closing", "safe_contact",
        ]  # fmt: skip
        labels = {
            "told_how": "How were they told?",
            "told_by": "By whom, if not you?",
            "told_safely": "Was that way of reaching them safe?",
            "told_who_what_why": "They know who gets what, and why",
            "told_no_choice": "They know that this was not a choice of theirs",
            "telling_reason": "Which reason?",
            "telling_text": "What makes you think so? Or who will tell them, and by when?",
            "telling_agreed_with": "Who agreed to this?",
            "telling_review_on": "When will you look at this again?",
            "telling_closing": "Or how will this end, if you never tell them?",
            "safe_contact": "How can they be reached safely?",
        }
        help_texts = {
            "telling_agreed_with": "Name and role.",
            "safe_contact": "Such as alone, at the clinic only; no letters, no texts.",
        }
        widgets = {
            "told_safely": Radios(inline=True),
            "telling_reason": Select(),
            "telling_text": Textarea(rows=2),
            "telling_closing": Select(),
        }

    field_order = ["told", *REVEALS["yes"], *REVEALS["no"], "safe_contact"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["told"].error_messages["required"] = "Say whether they have been told"
        self.legend = self.instance.person.name
        self.lead = ", ".join(filter(None, [self.instance.get_role_display(), age_words(self.instance)]))
        if self.instance.source_of_harm:
            self.warning = f"{self.legend} may be a source of harm. Do not tell them before you have taken advice."

    def clean(self) -> None:
        later = self.cleaned_data.get("later_state")
        if later not in {Telling.DEFERRED, Telling.NOT_TELLING}:
            return
        if not self.cleaned_data.get("telling_reason"):
            self.add_error("telling_reason", "Choose why they are not told now")
        closed = later == Telling.NOT_TELLING and self.cleaned_data.get("telling_closing")
        if not self.cleaned_data.get("telling_review_on") and not closed and "telling_review_on" not in self.errors:
            self.add_error("telling_review_on", "Enter when you will look at this again, or choose how it ends")

    @property
    def state(self) -> str:
        if self.cleaned_data.get("told") == "none":
            return Telling.NOT_APPLICABLE
        return self.cleaned_data.get("told_state") or self.cleaned_data.get("later_state") or ""
