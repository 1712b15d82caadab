"""Before anybody is informed where somebody may have caused harm: advice first, and who speaks to that person."""

from datetime import datetime
from typing import Any

from django import forms as django_forms

from decisions.forms.part_form import PartForm
from decisions.models import Advice, Decision
from drafting.draft import Draft
from drafting.pages.outcome import reason
from drafting.rows import set_columns
from rules.codes import AdviceFirst
from ui.fields import DateTimeField, Radios, Textarea

HEADING = "Before anyone is told"
HINT = (
    "Somebody here is an alleged or suspected source of harm. Get advice before you tell them, or anyone who lives "
    "with them."
)
YES = "yes"
ASKED_OF_ADVICE = ("advice_who", "advice_role", "advice_at", "advice_gist")


class AdviceFirstForm(PartForm[Decision]):
    """Advice that is recorded already is not asked for again."""

    bare = True
    had = django_forms.ChoiceField(
        label="Have you had a strategy discussion, or advice from the police or a doctor?",
        choices=[(YES, "Yes"), *AdviceFirst.choices()],
        required=False,
        widget=Radios(reveals={YES: ASKED_OF_ADVICE, AdviceFirst.NOT_NEEDED: ("advice_not_needed",)}),
    )
    advice_who = django_forms.CharField(
        label="Who with?", max_length=200, error_messages={"required": "Enter who you had it with"}
    )
    advice_role = django_forms.CharField(label="Their role", max_length=200, required=False)
    advice_at = DateTimeField(label="When was it?", when="past", required=False)
    advice_gist = django_forms.CharField(
        label="What was agreed?", max_length=2000, required=False, widget=Textarea(rows=2)
    )

    class Meta:
        model = Decision
        fields = ["advice_not_needed", "source_talk"]
        labels = {
            "advice_not_needed": "Why is it not needed?",
            "source_talk": "Who speaks to the alleged or suspected source of harm, and when?",
        }
        help_texts = {"source_talk": "Such as the police, after the strategy discussion on Thursday."}
        widgets = {"advice_not_needed": Textarea(rows=2), "source_talk": django_forms.TextInput()}

    field_order = ["had", *ASKED_OF_ADVICE, "advice_not_needed", "source_talk"]

    def __init__(self, *args: Any, draft: Draft, **kwargs: Any) -> None:
        super().__init__(*args, initial={"had": draft.decision.advice_first}, **kwargs)
        if draft.advice:
            for name in ("had", *ASKED_OF_ADVICE, "advice_not_needed"):
                del self.fields[name]

    def clean(self) -> None:
        if self.cleaned_data.get("had") == AdviceFirst.NOT_NEEDED:
            reason(self, "advice_not_needed", "Enter why it is not needed")

    def save_answers(self, decision: Decision) -> None:
        answers = self.cleaned_data
        set_columns(decision, answers, ["source_talk"])
        if "had" not in self.fields:
            return
        without = {
            "advice_first": answers["had"] if answers["had"] != YES else "",
            "advice_not_needed": answers.get("advice_not_needed") or "",
        }
        set_columns(decision, without, without)
        if answers["had"] == YES:
            _add_advice(decision, answers)


def _add_advice(decision: Decision, answers: dict[str, Any]) -> None:
    given_at: datetime | None = answers.get("advice_at")
    Advice(
        organisation_id=decision.organisation_id, decision=decision, who=answers["advice_who"],
        role=answers.get("advice_role") or "", given_at=given_at, gist=answers.get("advice_gist") or "",
    ).save()  # fmt: skip


def recorded_advice(draft: Draft) -> str:
    """Who gave advice, in words."""
    given = [", ".join(filter(None, [row.who, row.role])) for row in draft.advice]
    return f"Advice recorded: {'; '.join(given)}." if given else ""
