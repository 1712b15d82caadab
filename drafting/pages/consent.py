from datetime import datetime
from typing import Any

from accounts.models import User
from decisions.facts.people import age_then
from decisions.forms import consent_terms, read_back
from decisions.forms.part_form import PartForm
from decisions.models import ConsentCovers, Decision, DecisionPerson, DecisionRecipient
from drafting.pages.advice_first import HEADING, HINT, AdviceFirstForm, recorded_advice
from drafting.pages.base import Page, Rows
from drafting.pages.consent_by_age import CANNOT
from drafting.pages.consent_person import ANSWERS, AT_RISK, NOT_SAID, SAID, ConsentForm
from drafting.pages.outcome import reason
from drafting.record_copies import how_used
from drafting.rows import columns_of, set_columns
from rules.codes import (
    NOT_SHARED,
    REFUSALS,
    UNABLE_TO_DECIDE,
    WITHOUT_AGREEMENT,
    Competence,
    Consent,
    PersonRole,
    YesNoUnknown,
)
from rules.duties import duty_not_known_yet, leaves_no_choice, nothing_to_weigh
from rules.facts import PersonFacts
from rules.people import MAY_UNDERSTAND_AGE, PRESUMED_CAPABLE_AGE, is_baby, is_capable, is_parent, needs_a_parent

CHOICE = (
    "Answer for each recipient before you talk to anyone. Do not offer a choice that you would not honour, or hide one "
    "that they have. Where they have none, do not ask for consent: tell them, listen, and record what they say."
)
NO_CHOICE = (
    "The law or a court order leaves no choice here, so do not ask for consent. Tell them who will get what, and why, "
    "where that is safe. Listen, and record what they say."
)


class ChoiceForm(PartForm[DecisionRecipient]):
    class Meta:
        model = DecisionRecipient
        fields = ["choice"]
        labels = {"choice": "Do they have a real choice about this?"}
        help_texts = {"choice": "Early help stays the family's choice. Protecting a child from serious harm does not."}

    def __init__(self, *args: Any, shares: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.legend = self.error_prefix
        used = how_used(self.instance)
        self.lead = f"How they will use it: {used}" if used and shares else ""
        self.fields["choice"].required = shares
        if not shares:
            self._offer_only_a_real_choice()

    def _offer_only_a_real_choice(self) -> None:
        """Where nothing is shared, only a real choice can be recorded, not that sharing will go ahead."""
        yes = DecisionRecipient.Choice.YES
        choice: Any = self.fields["choice"]
        choice.choices = [(yes.value, yes.label), ("", "No, or that was not said")]
        if self.initial.get("choice") != yes:
            self.initial["choice"] = ""


class OutweighsForm(PartForm[Decision]):
    needed_if = ("why_outweighs",)

    class Meta:
        model = Decision
        fields = ["why_outweighs"]
        labels = {"why_outweighs": "Why does sharing outweigh their views, or not having asked them?"}
        help_texts = {
            "why_outweighs": "Needed when you share and someone objected, refused, changed their mind or was not "
            "asked, unless the law leaves you no choice."
        }


def _cannot_decide(person: PersonFacts) -> bool:
    """Assessed as unable to decide, or too young: a parent does not consent for an older child not yet assessed."""
    old_enough = person.age is not None and person.age >= MAY_UNDERSTAND_AGE
    return needs_a_parent(person) and (person.competence in UNABLE_TO_DECIDE or not old_enough)


class ConsentPage(Page):
    key = "consent"
    main_last = True
    lead = "Talk to each of them first, where that is safe, and record their views."

    def build(self) -> None:
        self.facts = self.draft.facts
        # Under a duty to disclose or an order nobody has a choice, but everybody is still informed.
        self.no_choice = leaves_no_choice(self.facts, self.draft.law)
        choices = self._choices()
        people = Rows("consent", "Each person's views and consent", [self._row(person) for person in self.draft.people])
        self.groups = [group for group in (choices, self._advice_first(), people) if group]
        if self.draft.shares:
            self.main = OutweighsForm(self.data, instance=self.draft.decision, prefix="outweighs")

    def _choices(self) -> Rows | None:
        """Asked before anybody's views: whoever has no choice is told, and not asked to consent."""
        shares, heading = self.draft.shares, "Do they have a choice about sharing?"
        if self.no_choice:
            return Rows("choices", heading, [], hint=NO_CHOICE, empty="") if shares else None
        if not shares and self.draft.decision.outcome not in NOT_SHARED:
            return None
        # A refusal they were free to make can be the reason for not sharing, so it is asked then too.
        names = self.draft.recipient_names
        choices = [
            ChoiceForm(
                self.data, instance=recipient, prefix=f"choice-{recipient.pk}", error_prefix=names[recipient.pk],
                shares=shares,
            )
            for recipient in self.draft.recipients
        ]  # fmt: skip
        return Rows("choices", heading, choices, hint=CHOICE)

    def _advice_first(self) -> Rows | None:
        if not any(person.source_of_harm for person in self.draft.people):
            return None
        form = AdviceFirstForm(self.data, instance=self.draft.decision, prefix="before", draft=self.draft)
        return Rows("before", HEADING, [form], hint=" ".join(filter(None, [HINT, recorded_advice(self.draft)])))

    def _rows(self, name: str) -> list[Any]:
        return [row for group in self.groups if group.name == name for row in group.rows]

    def _row(self, person: DecisionPerson) -> ConsentForm:
        state = person.consent_state
        initial: dict[str, Any] = {"spoken": ANSWERS.get(state, ""), "child_views": person.views}
        initial |= self._consent_terms(person)
        if person.competence:
            initial["looked_at"] = "no" if person.competence == Competence.NOT_ASSESSED else "yes"
        for name, states in (("said", SAID), ("not_said", NOT_SAID), ("cannot", CANNOT)):
            initial[name] = state if state in states else ""
        if not state:
            initial["cannot"] = self._why_unable(person)
        if self.fresh and not state:
            initial |= self._suggested(person)
        if self.fresh and not person.could_hear and person.person.hears_through:
            initial["could_hear"] = YesNoUnknown.YES.value
        return ConsentForm(
            self.data, instance=person, prefix=f"consent-{person.pk}", initial=initial, names=self.draft.person_names,
            people=self._may_be_covered(person), by=self.draft.user.name_on_record,
        )  # fmt: skip

    def _fact(self, person: DecisionPerson) -> PersonFacts:
        return next(fact for fact in self.facts.people if fact.ref == str(person.pk))

    def _why_unable(self, person: DecisionPerson) -> str:
        """Before sixteen the question is Gillick competence, from then on it is capacity."""
        age = age_then(self.draft.decision, person)
        if age is None:
            return Consent.NOT_COMPETENT if person.role == PersonRole.UNBORN else ""
        return Consent.NOT_COMPETENT if age < PRESUMED_CAPABLE_AGE else Consent.LACKS_CAPACITY

    def _consent_terms(self, person: DecisionPerson) -> dict[str, Any]:
        """The saved terms of consent; before any are saved, the most usual ones."""
        offered = {str(covered.pk) for covered in self._may_be_covered(person)}
        saved = [key for key in (str(row.person_id) for row in person.covers.all()) if key in offered]
        covered = saved or self._consents_for(person)
        return {
            **consent_terms.initial(person),
            **{f"{prefix}covers": covered for prefix in consent_terms.PREFIXES.values()},
        }

    def _may_be_covered(self, person: DecisionPerson) -> list[DecisionPerson]:
        """The person and those who cannot decide: nobody consents for a person who can."""
        able = {fact.ref for fact in self.facts.people if is_capable(fact)} - {str(person.pk)}
        return [person for person in self.draft.people if str(person.pk) not in able]

    def _consents_for(self, person: DecisionPerson) -> list[str]:
        """The person, and with parental responsibility each child who cannot decide."""
        giver = self._fact(person)
        children = [fact.ref for fact in self.facts.people if fact is not giver and _cannot_decide(fact)]
        return [giver.ref, *(children if is_parent(giver) else [])]

    def _suggested(self, person: DecisionPerson) -> dict[str, str]:
        """For a suspected source of harm the cautious answer is suggested; under a duty nobody is asked to consent."""
        if is_baby(self._fact(person)):
            return {"spoken": "cannot"}
        if person.source_of_harm:
            return {"spoken": "no", "not_said": Consent.NOT_SOUGHT_UNSAFE}
        if self.no_choice and self.draft.shares:
            return {"spoken": "no", "not_said": Consent.NOT_SOUGHT_NO_CHOICE}
        return {"looked_at": "no"} if person.role == PersonRole.CHILD and not person.competence else {}

    def check(self) -> None:
        states = {row.state for row in self._rows("consent")}
        weighs = not (nothing_to_weigh(self.facts, self.draft.law) or duty_not_known_yet(self.facts))
        if self.main is not None and states & WITHOUT_AGREEMENT and weighs:
            reason(self.main, "why_outweighs", "Enter why sharing outweighs their views, or not having asked")

    def save(self, decision: Decision, *, by: User, at: datetime) -> None:  # noqa: ARG002 - every page saves with the same call
        self.save_main(decision)
        refused = any(person.consent_state in REFUSALS for person in self.draft.people)
        for form in self._rows("consent"):
            answers = dict(form.cleaned_data)
            answers["consent_state"] = form.state
            answers["views"] = answers.get("child_views") or answers.get("views") or ""
            terms = consent_terms.columns(answers, form.state)
            terms |= read_back.columns(answers, by.name_on_record)
            at_risk = {name: answers.get(name) or "" for name in AT_RISK}
            set_columns(
                form.instance, {**answers, **terms, **at_risk}, ["consent_state", *columns_of(form), *terms, *at_risk]
            )
            _covers(form.instance, form.covered)
        _keep_level(decision, before=refused, now=any(form.state in REFUSALS for form in self._rows("consent")))
        for form in self._rows("before"):
            form.save_answers(decision)
        for form in self._rows("choices"):
            set_columns(form.instance, form.cleaned_data, ["choice"])
        for recipient in decision.recipients.all() if self.no_choice else ():
            # Clear an answer given before the duty was chosen: they do not have that choice.
            set_columns(recipient, {"choice": ""}, ["choice"])


def _keep_level(decision: Decision, *, before: bool, now: bool) -> None:
    """When somebody first says no, keep the level of concern as it was then: a refusal alone never raises it."""
    if before != now:
        set_columns(decision, {"level_at_refusal": decision.level if now else ""}, ["level_at_refusal"])


def _covers(giver: DecisionPerson, wanted: list[str]) -> None:
    here = {str(row.person_id): row for row in giver.covers.all()}
    for key in [key for key in wanted if key not in here]:
        common = {"organisation_id": giver.organisation_id, "decision": giver.decision}
        ConsentCovers(**common, giver=giver, person_id=int(key)).save()
    for key, row in here.items():
        if key not in wanted:
            row.delete()
