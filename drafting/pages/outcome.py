from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils import timezone

from accounts.models import User
from accounts.namesakes import colleague_names
from decisions.facts.people import local
from decisions.forms.part_form import PartForm
from decisions.models import Decision
from drafting.pages.base import Page
from drafting.rows import set_columns
from rules.codes import Outcome
from rules.empty_reasons import is_empty_reason
from rules.recording import lateness
from ui.fields import Checkbox, DateTimeField, Radios, Textarea
from ui.moments import weekday

Late = Callable[[datetime], str]
STANDING = ["standing_scope", "standing_until"]
HINTS: dict[str, str] = {
    Outcome.SHARED_ALL_NECESSARY: "Everything they need for their job, and nothing more.",
    Outcome.SHARED_PART: "They asked for more, or need more, than you will share.",
    Outcome.SHARED_WHOLE_FILE: "Nearly always too much. You will be asked why.",
    Outcome.NOT_SHARED: "You will be asked what you do instead, and when you will review the decision.",
    Outcome.DEFERRED: "You will be asked what protects the child until then, and when you will decide.",
    Outcome.PASSED_UP: "They read what you have written, and decide. You say what protects the child until then.",
    Outcome.STOPPED: "Nothing more is sent. You will be asked who was told, and what cannot be recalled.",
}


class OutcomeForm(PartForm[Decision]):
    decided_at = DateTimeField(
        label="When did you decide?", when="past", help_text="The time you made the decision, not the time of writing."
    )

    decider = django_forms.ChoiceField(label="Who is to decide?", widget=Radios())
    standing = django_forms.BooleanField(
        label="This is a standing decision for a group that shares regularly, such as a core group",
        required=False,
        widget=Checkbox(reveals=STANDING),
    )

    class Meta:
        model = Decision
        fields = [
            "outcome",
            "whole_file_reason",
            *STANDING,
            "why_now",
            "decided_at",
            "late_reason",
            "lado_not_informed",
        ]
        labels = {
            "outcome": "What is your decision?",
            "whole_file_reason": "Why the whole file, when part is nearly always enough?",
            "standing_scope": "What may they share with each other, and what not?",
            "standing_until": "Until when?",
            "why_now": "What are your reasons, and why now?",
            "late_reason": "Why was it not recorded sooner?",
            "lado_not_informed": "If the LADO is not informed, why not?",
        }
        help_texts = {
            "lado_not_informed": "Such as a low-level concern: say who decided so. Leave it empty if it is informed.",
            "standing_scope": "The members are the recipients you chose. You decide once; each sharing is a line.",
            "standing_until": "This is usually six months at most. After that, make a new decision.",
            "why_now": "What you hope will happen for the child, or why nothing should. You will not be asked again.",
        }
        widgets = {
            "late_reason": Textarea(rows=2),
            "lado_not_informed": Textarea(rows=2),
            "standing_scope": Textarea(rows=2),
            "outcome": Radios(
                hints=HINTS,
                reveals={Outcome.SHARED_WHOLE_FILE: ["whole_file_reason"], Outcome.PASSED_UP: ["decider"]},
                dividers={Outcome.NOT_SHARED: "or"},
            ),
        }

    needed_if = ("late_reason",)
    field_order = [
        "outcome", "whole_file_reason", "decider", "why_now", "lado_not_informed", "decided_at", "late_reason",
        "standing", *STANDING,
    ]  # fmt: skip

    def __init__(self, *args: Any, deciders: list[User], late: Late, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.late = late
        for name in ("outcome", "why_now", "whole_file_reason", *STANDING):
            self.fields[name].required = True
        self.fields["late_reason"].help_text = "It is recorded more than a day after you decided."
        if self.lateness == "COMPLETED_LATE" and self.instance.urgent:
            due = weekday(self.instance.urgent.complete_by)
            self.fields["late_reason"].label = "Why was it not completed sooner?"
            self.fields["late_reason"].help_text = f"It was to be completed by {due}."
        if not self.instance.about_staff:
            del self.fields["lado_not_informed"]
        self.deciders = {str(decider.public_id): decider for decider in deciders}
        self._offer()

    def _offer(self) -> None:
        """Passing it to a manager needs somebody to pass it to, and stopping needs something that was shared."""
        left_out = set() if self.deciders else {Outcome.PASSED_UP}
        previous = self.instance.supersedes
        if not (previous and previous.is_shared):
            left_out.add(Outcome.STOPPED)
        outcome: Any = self.fields["outcome"]
        outcome.choices = [(code.value, code.label) for code in Outcome if code not in left_out]
        decider: Any = self.fields["decider"]
        names = colleague_names(self.deciders.values(), with_job=True)
        decider.choices = [(key, names[user.pk]) for key, user in self.deciders.items()]
        if not self.deciders:
            del self.fields["decider"]

    @cached_property
    def lateness(self) -> str:
        """What the times make of it, as they are typed or saved; nothing while they cannot be read."""
        try:
            asked = self["decided_at"]
            decided = asked.field.clean(asked.data) if self.is_bound else asked.initial
        except ValidationError:
            return ""
        return self.late(decided) if decided else ""

    @property
    def top_fields(self) -> list[BoundField]:
        """Why it is late is asked where it is, and stays where it was answered."""
        late = self.lateness or self.instance.late_reason or self._was_asked_why_late
        return [bound for bound in super().top_fields if late or bound.name != "late_reason"]

    @property
    def _was_asked_why_late(self) -> bool:
        return self.is_bound and self.add_prefix("late_reason") in self.data

    def clean(self) -> None:
        """Times that make it late bring the question; whoever left it open on the page is asked again at Check."""
        changed = self.cleaned_data.get("decided_at") != self.instance.decided_at
        if changed and self.lateness and not self._was_asked_why_late and not self.instance.late_reason:
            self.add_error("late_reason", "Enter why it was not recorded sooner")

    @property
    def passed_to(self) -> User | None:
        return self.deciders.get(str(self.cleaned_data.get("decider") or ""))

    def clean_standing_scope(self) -> str:
        return reason(self, "standing_scope", "Enter what the group may share with each other, and what not")

    def clean_standing_until(self) -> date | None:
        until: date | None = self.cleaned_data["standing_until"]
        decided = self.cleaned_data.get("decided_at")
        if until and decided and until <= timezone.localdate(decided):
            raise ValidationError("Enter a day after the decision")
        return until

    def clean_why_now(self) -> str:
        return reason(self, "why_now", "Enter your reasons, in words another reader would understand")


def reason(form: PartForm[Any], name: str, message: str) -> str:
    """The text of a reason; adds an error when it says nothing, such as "see notes"."""
    text = str(form.cleaned_data.get(name) or "")
    if is_empty_reason(text):
        form.add_error(name, message)
    return text


class OutcomePage(Page):
    key = "outcome"
    lead = "You can change this until you record the decision."

    def build(self) -> None:
        decision = self.draft.decision
        initial: dict[str, Any] = {
            "decider": str(decision.passed_to.public_id) if decision.passed_to else "",
            "standing": decision.standing_until is not None,
        }
        if self.fresh and not decision.decided_at:
            initial["decided_at"] = self._decided_at()
        self.main = OutcomeForm(
            self.data, instance=decision, prefix="outcome", initial=initial, deciders=self.draft.possible_deciders,
            late=self._lateness,
        )  # fmt: skip

    def _lateness(self, decided_at: datetime) -> str:
        """If it were recorded now."""
        now = local(timezone.now())
        return lateness(replace(self.draft.facts, decided_at=local(decided_at), recorded_at=now))

    def _decided_at(self) -> datetime:
        """When it was sent, where that is known already: it was decided by then, so now would be false."""
        sent = [sending.sent_at for sending in self.draft.sendings]
        if self.draft.decision.urgent:
            sent.append(self.draft.decision.urgent.shared_at)
        return min(sent, default=timezone.now())

    def save(self, decision: Decision, *, by: User, at: datetime) -> None:  # noqa: ARG002 - every page saves with the same call
        self.save_main(decision)
        set_columns(decision, {"passed_to": self.main.passed_to}, ["passed_to"])
