from datetime import datetime
from typing import Any

from accounts.models import User
from decisions.forms.part_form import PartForm
from decisions.models import Decision
from drafting.pages.base import Page
from drafting.pages.duty_fields import CONDITIONS
from drafting.pages.legal_basis import LABELS
from drafting.pages.outcome import reason
from drafting.rows import columns_of, set_columns
from rules.codes import Outcome
from rules.duties import share_duty_binds, under_share_duty
from ui.fields import Radios, Textarea

WORDS = ("no_basis_reason", "detriment", "risk_if_shared", "risk_if_not")


class ReasonsNotToShareForm(PartForm[Decision]):
    needed_if = ("detriment",)

    class Meta:
        model = Decision
        fields = ["no_basis", "no_basis_reason", *CONDITIONS, "detriment", "risk_if_shared", "risk_if_not"]
        labels = {
            "no_basis": "Could you have shared it?",
            "no_basis_reason": "What are your reasons for not sharing?",
            "duty_holds": "Do you hold it?",
            "duty_relevant": "Is it relevant to the child's safety or welfare?",
            "duty_helps": "May it help them in their work?",
            "detriment": "Why would sharing do the child more harm than not?",
            **{name: LABELS[name] for name in ("risk_if_shared", "risk_if_not")},
        }
        help_texts = {
            "detriment": "Needed where you said yes to all three: then only this is a reason not to share it."
        }
        widgets = {
            **{name: Radios(inline=True) for name in CONDITIONS},
            **{name: Textarea(rows=3) for name in WORDS},
        }

    def __init__(self, *args: Any, binds: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.outcome == Outcome.DEFERRED:
            # A deferred decision does not say yet whether there is a lawful basis.
            for name in ("no_basis", "no_basis_reason"):
                del self.fields[name]
        for name in self._not_asked(binds=binds):
            del self.fields[name]
        for name, field in self.fields.items():
            field.required = name != "detriment"

    def _not_asked(self, *, binds: bool) -> list[str]:
        """Where the duty to share was chosen on the request page, its conditions were answered there."""
        if not binds:
            return [*CONDITIONS, "detriment"]
        if not under_share_duty(self.instance.trigger, self.instance.duty_code):
            return []
        met = all(getattr(self.instance, name) == "yes" for name in CONDITIONS)
        return CONDITIONS if met else [*CONDITIONS, "detriment"]

    def clean(self) -> None:
        """`detriment` is required where every condition is met, and must say something where it is given."""
        here = [name for name in CONDITIONS if name in self.fields]
        met = all(self.cleaned_data.get(name) == "yes" for name in here)
        if "detriment" in self.fields and (met or self.cleaned_data.get("detriment")):
            reason(self, "detriment", "Enter why sharing would do the child more harm than not")

    def clean_no_basis_reason(self) -> str:
        return reason(self, "no_basis_reason", "Enter your reasons for not sharing")


class ReasonsNotToSharePage(Page):
    # The same URL as the lawful basis page, with a row of its own, so that neither overwrites the other.
    key = "reasons_not_to_share"
    lead = "A decision not to share is held to the same standard as one to share."

    def build(self) -> None:
        binds = share_duty_binds(self.draft.facts, self.draft.law)
        decision = self.draft.decision
        # Asked for on the page of the decision already: the same words stand here, to keep or change.
        initial = {"no_basis_reason": decision.no_basis_reason or decision.why_now} if self.fresh else {}
        self.main = ReasonsNotToShareForm(self.data, instance=decision, prefix="reasons", binds=binds, initial=initial)

    def save(self, decision: Decision, *, by: User, at: datetime) -> None:  # noqa: ARG002 - every page saves with the same call
        answers = {"detriment": "", **self.main.cleaned_data}
        set_columns(decision, answers, {"detriment", *columns_of(self.main)})
