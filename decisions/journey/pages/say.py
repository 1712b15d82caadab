from typing import Any

from django import forms as django_forms

from decisions.facts_of_people import age_then
from decisions.journey.pages.base import Page, PartForm, Rows
from decisions.journey.pages.minded import reason
from decisions.models import Decision, DecisionPerson, DecisionRecipient
from decisions.presenters.people import age_words
from decisions.rules.codes import NOT_SHARED, WITHOUT_AGREEMENT, Competence, Consent, PersonRole
from decisions.rules.facts import PersonFacts
from decisions.rules.people import is_adult
from ui.fields import DateTimeField, Radios, Select, Textarea

SAID = [Consent.GIVEN, Consent.GIVEN_PARTIAL, Consent.AGREED_NOT_BASIS, Consent.REFUSED, Consent.OBJECTED,
        Consent.WITHDRAWN, Consent.NO_RESPONSE]  # fmt: skip
NOT_SAID = [Consent.NOT_SOUGHT_UNSAFE, Consent.NOT_SOUGHT_DELAY, Consent.NOT_SOUGHT_NO_CHOICE, Consent.NOT_CONTACTABLE]
CANNOT = [Consent.NOT_COMPETENT, Consent.LACKS_CAPACITY]
SPOKEN = {
    "yes": ["said", "consent_at", "consent_how", "views"],
    "no": ["not_said", "not_asked_reason", "not_asked_text", "not_asked_agreed_with"],
    "cannot": ["cannot", "child_views", "competence_note"],
}
ANSWERS: dict[str, str] = {
    **dict.fromkeys(SAID, "yes"),
    **dict.fromkeys(NOT_SAID, "no"),
    **dict.fromkeys(CANNOT, "cannot"),
    Consent.NOT_NEEDED_ANON: "anon",
}


# Yes to a part is no to the rest.
HINTS: dict[str, str] = {
    Consent.GIVEN_PARTIAL: "What they did not agree to needs a basis of its own: consent does not cover it.",
}


def _radio(label: str, codes: list[Consent], *, missing: str) -> django_forms.ChoiceField:
    choices = [(code.value, code.label) for code in codes]
    widget = Radios(hints=HINTS)
    return django_forms.ChoiceField(label=label, choices=choices, widget=widget, error_messages={"required": missing})


class SaysForm(PartForm[DecisionPerson]):
    spoken = django_forms.ChoiceField(
        label="Have you spoken with them about this?",
        choices=[
            ("yes", "Yes"),
            ("no", "No"),
            ("cannot", "They cannot decide this: too young, or lacking capacity"),
            ("anon", "No need: nobody could tell that it is them"),
        ],
        widget=Radios(reveals=SPOKEN),
    )
    said = _radio("What did they say?", SAID, missing="Choose what they said")
    not_said = _radio("Why not?", NOT_SAID, missing="Choose why you have not spoken with them")
    cannot = _radio("Which?", CANNOT, missing="Choose why they cannot decide this")
    child_views = django_forms.CharField(
        label="What did they say, in their own words?", required=False, max_length=2000,
        widget=Textarea(rows=2),
    )  # fmt: skip
    consent_at = DateTimeField(label="When?", when="past", required=False)

    class Meta:
        model = DecisionPerson
        fields = [
            "consent_at", "consent_how", "views", "not_asked_reason", "not_asked_text", "not_asked_agreed_with",
            "competence", "competence_note", "could_hear",
        ]  # fmt: skip
        labels = {
            "consent_how": "How?",
            "views": "What did they say, in their own words?",
            "not_asked_reason": "Which reason?",
            "not_asked_text": "What makes you think so?",
            "not_asked_agreed_with": "Who agreed with you?",
            "competence": "Can this young person decide this for themselves?",
            "competence_note": "What tells you so?",
            "could_hear": "Could they hear of this through somebody else?",
        }
        help_texts = {
            "consent_how": "Such as by phone, or in person with an interpreter.",
            "not_asked_agreed_with": "Name and role. A person may have to decide alone; your supervisor will see that.",
            "could_hear": "Such as from a parent, a child or a letter. Then what one is told, the other may know.",
            "competence": "Do they understand it, the risks and the other ways, and is nobody pressing them?",
        }
        widgets = {
            "consent_how": django_forms.TextInput(),
            "views": Textarea(rows=3),
            "not_asked_reason": Select(),
            "not_asked_text": Textarea(rows=2),
            "competence": Select(),
            "competence_note": Textarea(rows=2),
            "could_hear": Radios(inline=True),
        }

    field_order = [
        "spoken", "said", "consent_at", "consent_how", "views", "not_said", "not_asked_reason", "not_asked_text",
        "not_asked_agreed_with", "cannot", "child_views", "competence", "competence_note", "could_hear",
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.legend = self.instance.person.name
        self.lead = ", ".join(filter(None, [self.instance.get_role_display(), age_words(self.instance)]))
        if self.instance.role not in {PersonRole.CHILD, PersonRole.UNBORN}:
            del self.fields["competence"]
        else:
            # A young person who was asked has been thought about too; an adult only where capacity is in doubt.
            spoken = self.fields["spoken"].widget
            spoken.reveals = {**spoken.reveals, "cannot": ("cannot", "child_views")}
        if is_adult(PersonFacts(role=self.instance.role, age=age_then(self.instance.decision, self.instance))):
            self._ask_an_adult()
        if self.instance.source_of_harm:
            self.warning = (
                f"{self.legend} may be a source of harm. Do not contact them about this. Take advice first, from "
                "children's services, the police or your safeguarding lead."
            )

    def _ask_an_adult(self) -> None:
        """No adult is too young to decide: all that can stand instead of an answer is that they lack capacity."""
        del self.fields["cannot"]
        labels = {"cannot": "They lack the capacity to decide this"}
        spoken: Any = self.fields["spoken"]
        spoken.choices = [(value, labels.get(value, label)) for value, label in spoken.choices]
        spoken.widget.reveals = {**spoken.widget.reveals, "cannot": ("child_views", "competence_note")}
        if self.initial.get("spoken") == "cannot" and self.instance.consent_state == Consent.NOT_COMPETENT:
            self.initial["spoken"] = ""

    def clean(self) -> None:
        if self.cleaned_data.get("not_said") == Consent.NOT_SOUGHT_UNSAFE:
            if not self.cleaned_data.get("not_asked_reason"):
                self.add_error("not_asked_reason", "Choose why it is not safe to ask")
            reason(self, "not_asked_text", "Enter what makes it unsafe to ask")

    @property
    def state(self) -> str:
        """The one state that the answers amount to."""
        if self.cleaned_data.get("spoken") == "anon":
            return Consent.NOT_NEEDED_ANON
        if self.cleaned_data.get("spoken") == "cannot" and "cannot" not in self.fields:
            return Consent.LACKS_CAPACITY
        answers = (self.cleaned_data.get(name) for name in ("said", "not_said", "cannot"))
        return next((answer for answer in answers if answer), "")


CHOICE = "Answer for each who would get it. Do not offer a choice that you would not keep to, or hide one they have."


class ChoiceForm(PartForm[DecisionRecipient]):
    class Meta:
        model = DecisionRecipient
        fields = ["choice"]
        labels = {"choice": "Do they really have a choice about this?"}
        help_texts = {"choice": "Early help stays the family's choice. Protecting a child from serious harm does not."}

    def __init__(self, *args: Any, shares: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.legend = self.instance.name
        self.fields["choice"].required = shares
        if not shares:
            self._ask_whether_their_no_decides()

    def _ask_whether_their_no_decides(self) -> None:
        """Nothing is sent, so nobody can be told that it will be."""
        yes = DecisionRecipient.Choice.YES
        choice: Any = self.fields["choice"]
        choice.choices = [(yes.value, yes.label), ("", "No, or that was not said")]
        if self.initial.get("choice") != yes:
            self.initial["choice"] = ""


class OutweighsForm(PartForm[Decision]):
    class Meta:
        model = Decision
        fields = ["why_outweighs"]
        labels = {"why_outweighs": "Why does this outweigh what they said, or not having asked them?"}
        help_texts = {
            "why_outweighs": "Needed when you share and someone objected, refused, changed their mind or was not asked."
        }


class SayPage(Page):
    key = "say"
    main_last = True
    openness = True
    lead = "Talk with each of them first, where that is safe, and write down what they said."

    def build(self) -> None:
        rows = [self._row(person) for person in self.draft.people]
        self.groups = [Rows("says", "What each of them says", rows)]
        shares = self.draft.shares
        if shares or self.draft.decision.outcome in NOT_SHARED:
            # A no that was theirs to say is why it is not shared, so it may be said there too.
            choices = [
                ChoiceForm(
                    self.data, instance=recipient, prefix=f"choice-{recipient.pk}", error_prefix=recipient.name,
                    shares=shares,
                )
                for recipient in self.draft.recipients
            ]  # fmt: skip
            self.groups.append(Rows("choices", "After the talk: do they have a choice?", choices, hint=CHOICE))
        if shares:
            self.main = OutweighsForm(self.data, instance=self.draft.decision, prefix="outweighs")

    def _row(self, person: DecisionPerson) -> SaysForm:
        state = person.consent_state
        initial: dict[str, Any] = {"spoken": ANSWERS.get(state, ""), "child_views": person.views}
        for name, states in (("said", SAID), ("not_said", NOT_SAID), ("cannot", CANNOT)):
            initial[name] = state if state in states else ""
        if self.fresh and not state:
            initial |= self._suggested(person)
        return SaysForm(
            self.data, instance=person, prefix=f"says-{person.pk}", initial=initial, error_prefix=person.person.name
        )

    @staticmethod
    def _suggested(person: DecisionPerson) -> dict[str, str]:
        """For a possible source of harm the careful answer is the first one offered."""
        if person.source_of_harm:
            return {"spoken": "no", "not_said": Consent.NOT_SOUGHT_UNSAFE}
        return {"competence": Competence.NOT_ASSESSED} if person.role == PersonRole.CHILD else {}

    def check(self) -> None:
        states = {row.state for row in self.groups[0].rows if isinstance(row, SaysForm)}
        if self.main is not None and states & WITHOUT_AGREEMENT:
            reason(self.main, "why_outweighs", "Enter why sharing outweighs what they said, or not having asked")
