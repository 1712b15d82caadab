from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from decisions.facts.decision import law_of
from decisions.forms.part_form import PartForm
from decisions.models import Decision, DecisionPerson, DecisionProvision
from drafting import own_words
from drafting.pages.base import Page, Rows
from drafting.pages.legal_basis_person import PersonLegalBasisForm
from drafting.pages.outcome import reason
from drafting.pages.provision_fields import Layered, choose_one, choose_several, offer_provisions
from drafting.provision_copies import by_value
from drafting.rows import columns_of, set_columns
from rules.basis import suggested_basis
from rules.codes import RISK_OF_HARM, Layer
from rules.duties import nothing_to_weigh
from rules.facts import BasisFacts, day_of
from rules.law import Provision
from rules.legal_options import available_provisions
from rules.people import needs_offences, needs_special_category
from rules.suggestions import PersonSuggestion, Suggestion, suggest, suggest_for_person
from ui.fields import Radios, Textarea

CONSENT, EXPLICIT_CONSENT = "ART6_A", "ART9_A"
RISKS = ["risk_if_shared", "risk_if_not"]
REASONS = ["why_no_more", *RISKS]
# A code, and the person it was chosen for: none where it is for the whole decision.
ProvisionKey = tuple[str, int | None]
# One field for each layer; the recipient's functions are in L3 with the powers.
OF_A_PERSON = {"l2": Layer.L2, "schedule1": Layer.SCHEDULE1, "schedule8": Layer.SCHEDULE8}
LAYERS = {"l1": Layer.L1, "annex1": Layer.ANNEX1, "l3": Layer.L3, "l4": Layer.L4}
LABELS = {
    "why_no_more": "Why is this no more than is needed?",
    "risk_if_shared": "What could happen if you share?",
    "risk_if_not": "What could happen if you do not?",
}


SENSITIVE = (
    "Special category data, such as health, sex life, race or religion, and criminal offence data need a condition of "
    "their own, for each person they are about."
)


class LegalBasisForm(Layered, PartForm[Decision]):
    layers = ("l1", "l3", "l4")
    l1 = choose_one("What is your lawful basis? (UK GDPR Article 6)")
    annex1 = choose_several("Which recognised legitimate interest? (UK GDPR Annex 1)")
    l3 = choose_several("Which power or duty allows you to share it?")
    l4 = choose_one("If it is confidential, what allows you to share it? (Duty of confidentiality)")

    class Meta:
        model = Decision
        fields = ["share_anyway", *REASONS]
        labels = {**LABELS, "share_anyway": "Would you share this even if they refused?"}
        help_texts = {
            "why_no_more": "What you withhold, which is filled in here, and why they need the rest.",
            "share_anyway": "You chose consent, and someone may come to harm. If you would share in any case, "
            "they have no real choice: asking for consent and overriding a refusal breaks trust.",
        }
        error_messages = {"share_anyway": {"required": "Choose whether you would share this even if they refused"}}
        widgets = {"share_anyway": Radios(inline=True), **{name: Textarea(rows=3) for name in REASONS}}

    field_order = ["l1", "annex1", "l3", "l4", "share_anyway", *REASONS]

    def __init__(
        self, *args: Any, rows: dict[str, list[Provision]], suggested: Collection[str], simple: bool, asks_again: bool,
        weighs: bool,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.suggested, self.simple, self.weighs = suggested, simple, weighs
        if not asks_again:
            del self.fields["share_anyway"]
        if simple:
            # Nobody has refused and nobody is at risk, so there are no risks to weigh.
            for name in RISKS:
                del self.fields[name]
        offer_provisions(self, "l1", rows["l1"], {"ART6_EA": ["annex1"]})
        for name in ("annex1", "l3", "l4"):
            offer_provisions(self, name, rows[name])
        for name in ("share_anyway", *REASONS):
            if name in self.fields:
                self.fields[name].required = weighs or name not in RISKS

    @property
    def folded(self) -> str:
        """The suggested provisions in one line, for a simple decision where everybody agrees."""
        layers = self.law
        if not self.simple or any(layer.field.errors for layer in layers):
            return ""
        return "; ".join(option.label for layer in layers for option in layer.field.options if option.checked)

    def clean_l1(self) -> str:
        if not self.cleaned_data["l1"]:
            raise ValidationError("Choose your lawful basis")
        return str(self.cleaned_data["l1"])

    def clean_why_no_more(self) -> str:
        return reason(self, "why_no_more", "Enter why this is no more than is needed")

    def clean_risk_if_not(self) -> str:
        return self._risk("risk_if_not", "Enter what could happen if you do not share")

    def clean_risk_if_shared(self) -> str:
        return self._risk("risk_if_shared", "Enter what could happen if you share")

    def _risk(self, name: str, missing: str) -> str:
        """Under an order or a duty the risks are weighed already: they may be entered."""
        return reason(self, name, missing) if self.weighs else str(self.cleaned_data[name])


class LegalBasisPage(Page):
    key = "legal_basis"
    lead = "Filled in from your answers. Change what does not fit; your reasons matter more than the ticks."

    def build(self) -> None:
        self.facts = self.draft.facts
        self.law = self.draft.law
        self.suggestion = suggest(self.facts, self.law)
        rows = {name: self._rows(layer) for name, layer in LAYERS.items()}
        own = {name: self._rows(layer) for name, layer in OF_A_PERSON.items()}
        people = [self._person(person, own) for person in self.draft.people if self._sensitive(person)]
        self.groups = (
            [Rows("sensitive", "Sensitive information, person by person", people, hint=SENSITIVE)] if people else []
        )
        initial = self._initial()
        self.main = LegalBasisForm(
            self.data, instance=self.draft.decision, prefix="legal_basis", rows=rows, initial=initial,
            suggested=self.suggestion.codes, simple=self.draft.is_simple, asks_again=self._asks_again(initial["l1"]),
            weighs=self._weighs(initial["l3"]),
        )  # fmt: skip

    def _weighs(self, powers: list[str]) -> bool:
        """Whether there is anything to weigh under the powers submitted with this page, or else those it shows."""
        chosen = powers if self.submitted is None else self.submitted.getlist("legal_basis-l3")
        rows = tuple(BasisFacts(code=code, layer=Layer.L3) for code in chosen)
        return not nothing_to_weigh(replace(self.facts, basis=rows), self.law)

    def _asks_again(self, l1: str) -> bool:
        """Whether consent is the chosen basis, saved or submitted, while someone may come to harm."""
        if self.draft.decision.level not in RISK_OF_HARM:
            return False
        chosen = l1 if self.submitted is None else self.submitted.get("legal_basis-l1", "")
        return chosen == CONSENT or any(self._rests_on_consent(row) for row in self._rows_of_people)

    @property
    def _rows_of_people(self) -> list[PersonLegalBasisForm]:
        return [row for group in self.groups for row in group.rows]

    @staticmethod
    def _rests_on_consent(row: PersonLegalBasisForm) -> bool:
        return EXPLICIT_CONSENT in ((row["l2"].data if row.is_bound else row["l2"].initial) or [])

    def check(self) -> None:
        """Consent that would be overridden is no lawful basis; the error is shown where it was chosen."""
        if self.main.cleaned_data.get("share_anyway") != "yes":
            return
        message = f"Then consent is not your lawful basis. Choose another: {suggested_basis(self.facts, self.law)}"
        if self.main.cleaned_data.get("l1") == CONSENT:
            self.main.add_error("l1", message)
        for row in self._rows_of_people:
            if self._rests_on_consent(row):
                row.add_error("l2", "Then consent is not your condition for using it. Choose another")

    @property
    def why_this(self) -> str:
        return self.suggestion.why

    @property
    def suggested_provisions(self) -> list[Provision]:
        """The suggested provisions, for "Why this?"."""
        day = day_of(self.facts)
        return [row for row in (self.law.provision(code, day) for code in self.suggestion.codes) if row] if day else []

    def _rows(self, layer: Layer) -> list[Provision]:
        return list(available_provisions(layer, self.facts, self.law))

    def _fact(self, person: DecisionPerson) -> Any:
        return next(fact for fact in self.facts.people if fact.ref == str(person.pk))

    def _sensitive(self, person: DecisionPerson) -> bool:
        fact = self._fact(person)
        return needs_special_category(self.facts, fact) or needs_offences(self.facts, fact)

    def _saved(self, person: DecisionPerson | None) -> list[DecisionProvision]:
        return [row for row in self.draft.provisions if row.person_id == (person.pk if person else None)]

    def _initial(self) -> dict[str, Any]:
        if self.fresh:
            written = self.draft.decision.why_no_more or own_words.why_no_more(self.draft.decision)
            return {**_from_suggestion(self.suggestion), "why_no_more": written}
        saved = self._saved(None)
        answers = {f"answer_{row.code}": row.answer for row in saved}
        by_layer = {name: [row.code for row in saved if row.layer == layer] for name, layer in LAYERS.items()}
        single = {name: next(iter(by_layer[name]), "") for name in ("l1", "l4")}
        return {**by_layer, **single, **answers}

    def _person(self, person: DecisionPerson, rows: dict[str, list[Provision]]) -> PersonLegalBasisForm:
        saved = self._saved(person)
        suggested = suggest_for_person(self.facts, self._fact(person), self.suggestion)
        initial: dict[str, Any] = {f"answer_{row.code}": row.answer for row in saved}
        for name, layer in OF_A_PERSON.items():
            initial[name] = [row.code for row in saved if row.layer == layer]
        if not saved and not person.p18_reason:
            initial |= _from_person_suggestion(suggested, person) if self.fresh else {}
        return PersonLegalBasisForm(
            self.data, instance=person, prefix=f"sensitive-{person.pk}", rows=rows, initial=initial, lead=suggested.why,
            suggested={*suggested.l2, *suggested.schedule1, *suggested.schedule8},
            error_prefix=self.draft.person_names[person.pk],
        )  # fmt: skip

    def save(self, decision: Decision, *, by: User, at: datetime) -> None:  # noqa: ARG002 - every page saves with the same call
        answers = self.main.cleaned_data
        anyway = {"share_anyway": answers.get("share_anyway") or ""}
        set_columns(decision, {**answers, **anyway}, [*columns_of(self.main), *anyway])
        for row in self._rows_of_people:
            set_columns(row.instance, row.why_without, ["p18_reason", "p18_text"])
        _save_provisions(decision, self._chosen_provisions(), at)

    def _chosen_provisions(self) -> dict[ProvisionKey, str]:
        """Each provision chosen for the decision or for a person, with the answer to its test."""
        answers = self.main.cleaned_data
        codes = [answers.get("l1"), *(answers.get("annex1") or []), *(answers.get("l3") or []), answers.get("l4")]
        chosen: dict[ProvisionKey, str] = {(code, None): self.main.answer_to(code) for code in codes if code}
        for row in self._rows_of_people:
            chosen |= {(code, row.instance.pk): answer for code, answer in row.chosen_provisions.items()}
        return chosen


def _save_provisions(decision: Decision, chosen: Mapping[ProvisionKey, str], at: datetime) -> None:
    saved = {(row.code, row.person_id): row for row in decision.provisions.all()}
    for key, row in saved.items():
        if key not in chosen:
            row.delete()
    day = timezone.localdate(decision.decided_at or at)
    law, sector = law_of(decision), decision.organisation.sector
    for (code, person), answer in chosen.items():
        row = saved.get((code, person)) or DecisionProvision(
            organisation_id=decision.organisation_id, decision=decision, person_id=person, code=code
        )
        values = {"answer": answer, **by_value(law, code, day, sector)}
        set_columns(row, values, values)


def _from_suggestion(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "l1": next(iter(suggestion.l1), ""),
        "annex1": list(suggestion.annex1),
        "l3": [*suggestion.l3, *suggestion.recipient_functions],
        "l4": next(iter(suggestion.l4), ""),
    }


def _from_person_suggestion(suggestion: PersonSuggestion, person: DecisionPerson) -> dict[str, Any]:
    rows = {"l2": list(suggestion.l2), "schedule1": list(suggestion.schedule1), "schedule8": list(suggestion.schedule8)}
    why = own_words.why_without_consent(person, suggestion.p18_reason)
    return {**rows, "p18_reason": suggestion.p18_reason, "p18_text": person.p18_text or why}
