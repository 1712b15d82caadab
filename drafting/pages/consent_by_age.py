"""Who is asked what on the page of views and consent: by their age and role, only what can apply to them."""

from collections.abc import Mapping
from typing import Any

from django import forms as django_forms

from decisions.facts.people import age_then
from decisions.models import DecisionPerson
from rules.codes import Competence, Consent, PersonRole
from rules.people import MAY_UNDERSTAND_AGE, PRESUMED_CAPABLE_AGE

CANNOT = [Consent.NOT_COMPETENT, Consent.LACKS_CAPACITY]
LOOKED = ["competence_note", "competence_by", "competence_on"]
LOOKED_AT = ["looked_at", "competence"]
GILLICK = (Competence.COMPETENT, Competence.PARTIAL, Competence.NOT_COMPETENT)
CAPACITY = (Competence.CAPABLE, Competence.LACKS_CAPACITY)
GILLICK_QUESTION, CAPACITY_QUESTION = "Is the child Gillick competent?", "Has capacity been assessed?"
SPOKEN_LABELS: dict[str, str] = {
    Consent.NOT_COMPETENT: "They cannot decide this: not Gillick competent",
    Consent.LACKS_CAPACITY: "They lack capacity to decide this",
}
TOO_YOUNG = {"cannot": "They are too young to be asked"}
# Paraphrased from the NSPCC's guidance and the Gillick judgment.
TO_THINK_ABOUT = (
    "How old and how mature are they?",
    "Do they understand what this is about, the benefits and risks of sharing, and what it may mean later?",
    "Do they see the risks, and what follows from their answer?",
    "How well do they take in advice?",
    "Do they know what else could be done?",
    "Can they explain their reasons?",
    "Are they free from pressure?",
)


class AsksByAge:
    """A mixin for the form of one person."""

    fields: Any
    initial: Any
    instance: DecisionPerson
    to_think_about: tuple[str, ...]

    def _leave_out_of_a_baby(self) -> None:
        """Nobody assesses the competence of a baby, or tells it anything; what was answered before stays to be seen."""
        answered = bool(self.instance.competence)
        self.to_think_about = self.to_think_about if answered else ()
        names = ["could_hear"] if not self.instance.could_hear else []
        self._leave_out(*(name for name in (*names, *(() if answered else LOOKED_AT + LOOKED)) if name in self.fields))
        if not self.instance.views:
            self._leave_out("child_views")
        answers = {"yes", "no"} - {self.initial.get("spoken")}
        self._offer_only("spoken", {"yes", "no", "cannot", "anon"} - answers)
        self._leave_out(*(name for answer in answers for name in self._behind("spoken", answer)))
        self._rename("spoken", TOO_YOUNG)

    def _offer_only(self, name: str, codes: set[Any]) -> None:
        field = self.fields[name]
        field.choices = [(value, label) for value, label in field.choices if value in codes]

    def _rename(self, name: str, labels: Mapping[str, str]) -> None:
        field = self.fields[name]
        field.choices = [(value, labels.get(value, label)) for value, label in field.choices]

    def _ask_why_unable(self) -> None:
        """Where there is one reason only, it is not asked for: a small child is never tested for capacity."""
        age = age_then(self.instance.decision, self.instance)
        if self.instance.role == PersonRole.UNBORN or (age is not None and age < MAY_UNDERSTAND_AGE):
            self._offer_only("cannot", {Consent.NOT_COMPETENT, self.instance.consent_state})
        reasons = [value for value, _ in self.fields["cannot"].choices]
        if len(reasons) == 1:
            self._take_as_why(reasons[0])

    def _take_as_why(self, only: str) -> None:
        self.fields["cannot"].widget, self.fields["cannot"].disabled = django_forms.HiddenInput(), True
        self.initial["cannot"] = only
        self._rename("spoken", {"cannot": SPOKEN_LABELS[only]})
        if only == Consent.NOT_COMPETENT and "best_interests" in self.fields:
            self._leave_out("best_interests")
        self._reveal("cannot", tuple(name for name in ("best_interests", "child_views") if name in self.fields))

    def _reveal(self, answer: str, names: tuple[str, ...]) -> None:
        spoken: Any = self.fields["spoken"]
        spoken.widget.reveals = {**spoken.widget.reveals, answer: names}

    def _behind(self, name: str, answer: str) -> list[str]:
        """Every question that this answer opens, and those that they open."""
        opened = [each for each in self.fields[name].widget.reveals.get(answer, ()) if each in self.fields]
        further = [(each, code) for each in opened for code in getattr(self.fields[each].widget, "reveals", {})]
        return [*opened, *(inner for each, code in further for inner in self._behind(each, code))]

    def _leave_out(self, *names: str) -> None:
        for name in names:
            del self.fields[name]
        for field in self.fields.values():
            if reveals := getattr(field.widget, "reveals", None):
                field.widget.reveals = {
                    answer: tuple(name for name in opened if name not in names) for answer, opened in reveals.items()
                }

    def _ask_a_young_person(self) -> None:
        """Gillick competence under sixteen; from sixteen the Mental Capacity Act test of an adult."""
        self.to_think_about = TO_THINK_ABOUT
        age = age_then(self.instance.decision, self.instance)
        tests = [*GILLICK, *CAPACITY] if age is None else GILLICK if age < PRESUMED_CAPABLE_AGE else CAPACITY
        if age is not None:
            gillick = age < PRESUMED_CAPABLE_AGE
            self.fields["looked_at"].label = GILLICK_QUESTION if gillick else CAPACITY_QUESTION
            if not gillick:
                self._ask_from_sixteen()
        competence: Any = self.fields["competence"]
        competence.choices = [
            (code.value, code.label) for code in Competence if code in {*tests, self.instance.competence}
        ]
        if self.instance.competence == Competence.NOT_ASSESSED:
            self.initial["competence"] = ""
            competence.choices = [choice for choice in competence.choices if choice[0] != Competence.NOT_ASSESSED]

    def _ask_from_sixteen(self) -> None:
        """From sixteen capacity is what counts. "Not Gillick competent" stays where it was answered before."""
        self._offer_only("cannot", {Consent.LACKS_CAPACITY, self.instance.consent_state})
        self._rename("spoken", {"cannot": SPOKEN_LABELS[Consent.LACKS_CAPACITY]})

    def _ask_an_adult(self) -> None:
        """An adult is never "not Gillick competent": the only alternative to an answer is lack of capacity."""
        self._leave_out("cannot", *LOOKED_AT)
        self._rename("spoken", {"cannot": SPOKEN_LABELS[Consent.LACKS_CAPACITY]})
        self._reveal("cannot", ("child_views", *LOOKED, "best_interests"))
        if self.initial.get("spoken") == "cannot" and self.instance.consent_state == Consent.NOT_COMPETENT:
            self.initial["spoken"] = ""
