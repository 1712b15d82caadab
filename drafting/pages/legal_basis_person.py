"""The conditions for one person's sensitive information, and why without their consent where that applies."""

from collections.abc import Collection
from typing import Any

from django import forms as django_forms

from decisions.forms.part_form import PartForm
from decisions.models import DecisionPerson
from drafting.pages.outcome import reason
from drafting.pages.provision_fields import Layered, choose_several, offer_provisions
from rules.codes import WITHOUT_CONSENT_PROVISIONS, Paragraph18
from rules.law import Provision
from ui.fields import Radios, Textarea

WHY, WHAT = "Why without their consent?", "Why does this apply to them?"
SAFEGUARDING = "S1_P18"
# Each condition for use without consent has its own pair of fields: a field can be revealed by one option only.
OTHERS = tuple(sorted(WITHOUT_CONSENT_PROVISIONS - {SAFEGUARDING}))


class PersonLegalBasisForm(Layered, PartForm[DecisionPerson]):
    layers = ("l2", "schedule1", "schedule8")
    l2 = choose_several("Which condition applies? (UK GDPR Articles 9 and 10)")
    schedule1 = choose_several("Which further condition? (Data Protection Act 2018 Schedule 1)")
    schedule8 = choose_several("Which condition, in law enforcement? (Data Protection Act 2018 Schedule 8)")

    class Meta:
        model = DecisionPerson
        fields = ["p18_reason", "p18_text"]
        labels = {"p18_reason": WHY, "p18_text": WHAT}
        widgets = {"p18_reason": Radios(), "p18_text": Textarea(rows=2)}

    field_order = ["l2", "schedule1", "schedule8", "p18_reason", "p18_text"]

    def __init__(
        self, *args: Any, rows: dict[str, list[Provision]], suggested: Collection[str], lead: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.suggested = suggested
        self.legend = f"{self.error_prefix}: sensitive information"
        self.lead = lead
        reveals = {SAFEGUARDING: ["p18_reason", "p18_text"]}
        for code in OTHERS:
            if any(row.code == code for name in ("schedule1", "schedule8") for row in rows[name]):
                reveals[code] = self._ask_why(code)
        offer_provisions(self, "l2", rows["l2"])
        offer_provisions(self, "schedule1", rows["schedule1"], reveals)
        offer_provisions(self, "schedule8", rows["schedule8"], reveals)
        if not rows["schedule8"]:
            del self.fields["schedule8"]
        self.fields["p18_reason"].required = True
        self.fields["p18_text"].required = True

    def _ask_why(self, code: str) -> list[str]:
        names = [f"reason_{code}", f"text_{code}"]
        choose = {"required": "Choose why"}
        why = django_forms.ChoiceField(label=WHY, choices=Paragraph18.choices(), widget=Radios(), error_messages=choose)
        self.add_field(names[0], why)
        self.add_field(names[1], django_forms.CharField(label=WHAT, max_length=1000, widget=Textarea(rows=2)))
        self.initial.setdefault(names[0], self.instance.p18_reason)
        self.initial.setdefault(names[1], self.instance.p18_text)
        return names

    def clean(self) -> None:
        for code in OTHERS:
            if self.cleaned_data.get(f"text_{code}"):
                reason(self, f"text_{code}", "Enter why this applies to this person")

    def clean_p18_text(self) -> str:
        return reason(self, "p18_text", "Enter why this applies to this person")

    @property
    def why_without(self) -> dict[str, str]:
        """The answer saved for the person, under whichever condition it was given."""
        asked = [("p18_reason", "p18_text"), *((f"reason_{code}", f"text_{code}") for code in OTHERS)]
        given = [(self.cleaned_data.get(why), self.cleaned_data.get(what)) for why, what in asked]
        why, what = next((pair for pair in given if pair[0]), ("", ""))
        return {"p18_reason": why or "", "p18_text": what or ""}

    @property
    def chosen_provisions(self) -> dict[str, str]:
        """The conditions chosen for this person, each with the answer to its test."""
        codes = [code for name in self.layers for code in self.cleaned_data.get(name) or []]
        without_consent = self.why_without["p18_text"]
        return {code: without_consent if code in WITHOUT_CONSENT_PROVISIONS else self.answer_to(code) for code in codes}
