from typing import Any

from django.utils import timezone

from decisions.journey.pages.base import Page, PartForm
from decisions.models import Decision
from decisions.rules.codes import Outcome
from decisions.rules.reasons import is_no_reason
from ui.fields import DateTimeField, Radios, Textarea

OFFERED = [Outcome.SHARED_ALL_NECESSARY, Outcome.SHARED_PART, Outcome.SHARED_WHOLE_FILE, Outcome.NOT_SHARED,
           Outcome.DEFERRED]  # fmt: skip


HINTS: dict[str, str] = {
    Outcome.SHARED_ALL_NECESSARY: "Everything they need for their job, and nothing more.",
    Outcome.SHARED_PART: "They asked for more, or need more, than you will give.",
    Outcome.SHARED_WHOLE_FILE: "Nearly always too much. You will be asked why.",
    Outcome.NOT_SHARED: "You will be asked what you do instead, and when you will look again.",
    Outcome.DEFERRED: "You will be asked what protects the child meanwhile, and when you will decide.",
}


class MindedForm(PartForm[Decision]):
    decided_at = DateTimeField(
        label="When did you decide?", when="past", help_text="The time you made up your mind, not the time of writing."
    )

    class Meta:
        model = Decision
        fields = ["outcome", "whole_file_reason", "why_now", "decided_at", "late_reason"]
        labels = {
            "outcome": "What do you mean to do?",
            "whole_file_reason": "Why the whole file, when part is nearly always enough?",
            "why_now": "Why this, and why now, for this child?",
            "late_reason": "If that is more than a day ago, why are you writing it only now?",
        }
        help_texts = {
            "why_now": "What you hope will happen for the child, or why nothing should. You are asked this once."
        }
        widgets = {
            "late_reason": Textarea(rows=2),
            "outcome": Radios(
                hints=HINTS,
                reveals={Outcome.SHARED_WHOLE_FILE: ["whole_file_reason"]},
                dividers={Outcome.NOT_SHARED: "or"},
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("outcome", "why_now", "whole_file_reason"):
            self.fields[name].required = True
        self.fields["outcome"].choices = [(one.value, one.label) for one in OFFERED]  # type: ignore[attr-defined]

    def clean_why_now(self) -> str:
        return reason(self, "why_now", "Enter why, in words another reader would understand")


def reason(form: PartForm[Any], name: str, message: str) -> str:
    """The text, refused where it says nothing: "see notes" is no reason."""
    text = str(form.cleaned_data.get(name) or "")
    if is_no_reason(text):
        form.add_error(name, message)
    return text


class MindedPage(Page):
    key = "minded"
    lead = "You can change your mind until it is recorded."

    def build(self) -> None:
        initial = {"decided_at": timezone.now()} if self.fresh and not self.draft.decision.decided_at else {}
        self.main = MindedForm(self.data, instance=self.draft.decision, prefix="minded", initial=initial)
