"""One person's views and consent: the form for each person on the page."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms as django_forms
from django.utils import timezone

from decisions.facts.people import age_then
from decisions.forms import consent_terms, contact, read_back
from decisions.forms.part_form import PartForm
from decisions.models import DecisionPerson
from decisions.models.answers import CONTACT_FIELDS, READ_BACK_FIELDS
from decisions.presenters.people import age_words
from drafting.pages.consent_by_age import CANNOT, LOOKED, LOOKED_AT, AsksByAge
from drafting.pages.outcome import reason
from rules.codes import Competence, Consent, Level, PersonRole
from rules.facts import PersonFacts
from rules.people import is_adult, is_baby
from ui.fields import Checkboxes, DateField, DateTimeField, Radios, Select, Textarea

SAID = [Consent.GIVEN, Consent.GIVEN_PARTIAL, Consent.AGREED_NOT_BASIS, Consent.REFUSED, Consent.OBJECTED,
        Consent.WITHDRAWN, Consent.NO_RESPONSE]  # fmt: skip
NOT_SAID = [Consent.NOT_SOUGHT_UNSAFE, Consent.NOT_SOUGHT_DELAY, Consent.NOT_SOUGHT_NO_CHOICE, Consent.NOT_CONTACTABLE]
SPOKEN = {
    "yes": ["said", "consent_at", "consent_how", "views"],
    "no": ["not_said", "not_asked_reason", "not_asked_text", "not_asked_agreed_with"],
    "cannot": ["cannot", "child_views"],
}
ANSWERS: dict[str, str] = {
    **dict.fromkeys(SAID, "yes"),
    **dict.fromkeys(NOT_SAID, "no"),
    **dict.fromkeys(CANNOT, "cannot"),
    Consent.NOT_NEEDED_ANON: "anon",
}
AT_RISK = ["needs_support", "may_be_harmed", "cannot_protect"]
# Partial consent refuses everything else.
HINTS: dict[str, str] = {
    Consent.GIVEN_PARTIAL: "What they did not agree to needs its own lawful basis: consent does not cover it.",
}
YES = consent_terms.opened("agreed_to", "covers", "limits", "until")


def _radio(
    label: str, codes: list[Consent], *, missing: str, reveals: dict[str, list[str]] | None = None
) -> django_forms.ChoiceField:
    choices = [(code.value, code.label) for code in codes]
    widget = Radios(hints=HINTS, reveals=reveals)
    return django_forms.ChoiceField(label=label, choices=choices, widget=widget, error_messages={"required": missing})


def _covers() -> django_forms.MultipleChoiceField:
    return django_forms.MultipleChoiceField(
        label="Whose information does their consent cover?", widget=Checkboxes(small=True),
        error_messages={"required": "Tick whose information their consent covers"},
    )  # fmt: skip


class ConsentForm(AsksByAge, PartForm[DecisionPerson]):
    spoken = django_forms.ChoiceField(
        label="Have you spoken with them about this?",
        choices=[
            ("yes", "Yes"),
            ("no", "No"),
            ("cannot", "They cannot decide this: not Gillick competent, or they lack capacity"),
            ("anon", "Not needed: anonymised"),
        ],
        widget=Radios(reveals=SPOKEN),
    )
    said = _radio("What did they say?", SAID, missing="Choose what they said", reveals=YES)
    agreed_to, covers, limits, until = (
        consent_terms.agreed_to(),
        _covers(),
        consent_terms.limits(),
        consent_terms.until(),
    )
    part_agreed_to, part_covers, part_limits, part_until = (
        consent_terms.agreed_to(), _covers(), consent_terms.limits(part=True), consent_terms.until(),
    )  # fmt: skip
    not_said = _radio("Why not?", NOT_SAID, missing="Choose why you have not spoken with them")
    cannot = _radio(
        "Why can they not decide this?", CANNOT, missing="Choose why they cannot decide this",
        reveals={Consent.LACKS_CAPACITY: ["best_interests"]},
    )  # fmt: skip
    child_views = django_forms.CharField(
        label="What did they say, in their own words?", required=False, max_length=2000,
        widget=Textarea(rows=2),
    )  # fmt: skip
    looked_at = django_forms.ChoiceField(
        label="Has Gillick competence or capacity been assessed?", required=False,
        choices=[("yes", "Assessed"), ("no", "Not assessed")],
        widget=Radios(reveals={"yes": ["competence", *LOOKED]}),
    )  # fmt: skip
    consent_at = DateTimeField(label="When?", when="past", required=False)
    competence_on = DateField(label="When was it assessed?", when="past", required=False)
    planned_on = DateField(label=contact.WHEN, required=False)
    read_back_at = DateTimeField(label=read_back.WHEN, when="past", required=False, help_text=read_back.WHEN_HELP)

    class Meta:
        model = DecisionPerson
        fields = [
            "consent_at", "consent_how", "views", "not_asked_reason", "not_asked_text", "not_asked_agreed_with",
            "competence", *LOOKED, "best_interests", *AT_RISK, "could_hear", *READ_BACK_FIELDS,
            *CONTACT_FIELDS,
        ]  # fmt: skip
        labels = {
            **contact.LABELS,
            **read_back.LABELS,
            "consent_how": "How?",
            "views": "What did they say, in their own words?",
            "not_asked_reason": "Which reason?",
            "not_asked_text": "What makes you think so?",
            "not_asked_agreed_with": "Who agreed with you?",
            "competence": "What did the assessment find?",
            "competence_note": "What is the evidence for this?",
            "competence_by": "Who assessed it?",
            "best_interests": "Who was consulted, and why is this in their best interests?",
            "needs_support": "Do they have needs for care and support?",
            "may_be_harmed": "Are they experiencing, or at risk of, abuse or neglect?",
            "cannot_protect": "Because of those needs, are they unable to protect themselves?",
            "could_hear": "Could they find out about this through someone else?",
        }
        help_texts = {
            **contact.HELP_TEXTS,
            **read_back.HELP_TEXTS,
            "consent_how": "Such as by phone, or in person with an interpreter.",
            "not_asked_reason": "Only where it is not safe to ask.",
            "not_asked_text": "What makes it unsafe, why it cannot wait, or how often you tried.",
            "not_asked_agreed_with": "Name and role. A person may have to decide alone; your supervisor will see that.",
            "could_hear": "Such as from a parent, a child or a letter. What one person is told, another may then know.",
        }
        error_messages = {"competence": {"required": "Choose what the assessment found"}}
        widgets = {
            "consent_how": django_forms.TextInput(),
            "views": Textarea(rows=3),
            "not_asked_reason": Select(),
            "not_asked_text": Textarea(rows=2),
            "competence_note": Textarea(rows=2),
            "best_interests": Textarea(rows=2),
            "kept_working": Textarea(rows=2),
            "read_back": read_back.widget(),
            "corrected_to": Textarea(rows=2),
            **{name: Radios(inline=True) for name in (*AT_RISK, "could_hear")},
        }

    folded_fields = (*AT_RISK, *READ_BACK_FIELDS, *CONTACT_FIELDS)
    folded_title = "More about them: reading it back to them, working together, and the next contact"
    field_order = [
        "spoken", "said", "agreed_to", "covers", "limits", "until", "part_agreed_to", "part_covers", "part_limits",
        "part_until", "consent_at", "consent_how", "views", "not_said", "not_asked_reason", "not_asked_text",
        "not_asked_agreed_with", "cannot", "child_views", "looked_at", "competence", *LOOKED, "best_interests",
        "could_hear", *AT_RISK, *READ_BACK_FIELDS, *CONTACT_FIELDS,
    ]  # fmt: skip

    def __init__(
        self, *args: Any, people: list[DecisionPerson], names: Mapping[int, str], by: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, error_prefix=names[kwargs["instance"].pk], **kwargs)
        self.legend = names[self.instance.pk]
        self.lead = ", ".join(filter(None, [self.instance.get_role_display(), age_words(self.instance)]))
        self.to_think_about: tuple[str, ...] = ()
        for name in ("covers", "part_covers"):
            self.fields[name].choices = [(str(person.pk), names[person.pk]) for person in people]
        self.fields["read_back"].choices = read_back.CHOICES
        self._suggest_assessor(by)
        known = PersonFacts(role=self.instance.role, age=age_then(self.instance.decision, self.instance))
        adult = is_adult(known)
        if not adult or self.instance.decision.level != Level.ADULT_AT_RISK:
            self._leave_out(*AT_RISK)
        else:
            self.folded_title = f"{self.folded_title}, care and support, abuse, protecting themselves"
        if adult:
            self._ask_an_adult()
        elif self.instance.role == PersonRole.UNBORN:
            self._leave_out(*LOOKED_AT, *LOOKED, "best_interests")
        else:
            self._ask_a_young_person()
        if not adult:
            self._ask_why_unable()
        if is_baby(known):
            self._leave_out_of_a_baby()
            self._leave_out(*READ_BACK_FIELDS, *CONTACT_FIELDS)
        if self.instance.source_of_harm:
            self.warning = (
                f"{self.legend} is an alleged or suspected source of harm. Do not contact them about this. Take advice "
                "first, from children's social care, the police or your safeguarding lead."
            )

    def _suggest_assessor(self, by: str) -> None:
        """Suggest the author and the day of the decision, which does not change while the page is open."""
        if self.instance.competence_by or self.instance.competence_on:
            return
        self.initial["competence_by"] = by
        self.initial["competence_on"] = timezone.localdate(self.instance.decision.decided_at)

    def clean(self) -> None:
        answers = self.cleaned_data
        if answers.get("not_said") == Consent.NOT_SOUGHT_UNSAFE:
            if not answers.get("not_asked_reason"):
                self.add_error("not_asked_reason", "Choose why it is not safe to ask")
            reason(self, "not_asked_text", "Enter what makes it unsafe to ask")
        consent_terms.check_limits(self, answers.get("said") or "")
        self._competence()
        contact.check_plan(self)
        read_back.check(self)
        consent_terms.check_until(self, answers.get("said") or "", self._first_day())

    def _competence(self) -> None:
        """Whoever was assessed and cannot decide was found so: the finding is not asked for twice."""
        answers = self.cleaned_data
        if answers.get("looked_at") == "no":
            answers["competence"] = Competence.NOT_ASSESSED
        elif answers.get("looked_at") == "yes" and not answers.get("competence") and "competence" not in self.errors:
            answers["competence"] = self.state if answers.get("spoken") == "cannot" else ""
            if not answers["competence"]:
                self.add_error("competence", self.fields["competence"].error_messages["required"])

    def _first_day(self) -> date | None:
        """Consent cannot end before the day it was given, nor before the day of the decision."""
        times = [self.cleaned_data.get("consent_at"), self.instance.decision.decided_at]
        return max((timezone.localdate(when) for when in times if when), default=None)

    @property
    def state(self) -> str:
        """The consent state that the answers amount to."""
        if self.cleaned_data.get("spoken") == "anon":
            return Consent.NOT_NEEDED_ANON
        if self.cleaned_data.get("spoken") == "cannot" and "cannot" not in self.fields:
            return Consent.LACKS_CAPACITY
        asked = {"yes": ("said",), "no": ("not_said",), "cannot": ("cannot",)}
        answers = (self.cleaned_data.get(name) for name in asked.get(self.cleaned_data.get("spoken") or "", ()))
        return next((answer for answer in answers if answer), "")

    @property
    def covered(self) -> list[str]:
        """Whose information their consent covers."""
        prefix = consent_terms.PREFIXES.get(self.state)
        return [] if prefix is None else list(self.cleaned_data.get(f"{prefix}covers") or [])
