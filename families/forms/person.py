from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from families.details import PersonDetails
from families.forms.asked_of import AsksWhatApplies
from families.forms.correction import Correction
from families.identifiers import NHS_MESSAGE, UPN_MESSAGE, compact, is_nhs_number, is_upn
from families.models import Person
from families.models.person import OLDEST
from rules.codes import PersonRole, YesNoUnknown
from ui import fields
from ui.forms import Form

BIRTH, AGE, DUE, NOT_KNOWN = "birth", "age", "due", "not_known"
LONGEST_WAIT = timedelta(days=300)
AGE_KINDS = [
    (BIRTH, "Date of birth"),
    (AGE, "Age in years"),
    (DUE, "Due date, not yet born"),
    (NOT_KNOWN, "Not known"),
]
MORE = ("known_as", "at_home", "opens_post", "hears_through", "nhs_number", "upn")
UNKNOWN_UNLESS_SAID = ("parental_responsibility", "at_home", "opens_post")
AGE_PARTS = {BIRTH: ("date_of_birth",), AGE: ("age", "age_on"), DUE: ("due_on",), NOT_KNOWN: ()}
RESPONSIBILITY_HINT = (
    "A mother always has it. A father has it when he was married to the mother, is named on the birth certificate "
    "of a child born from 1 December 2003, or has it by agreement or court order. Guardians, adopters and people "
    "with a “lives with” order have it; the council shares it under a care order. Foster carers, and step-parents "
    "without an order, do not."
)


class PersonForm(AsksWhatApplies, Form):
    """Who it is and how old, open; what only some need stands behind "More about them"."""

    folded_fields: tuple[str, ...] = ("parental_responsibility", "communication_need", *MORE)
    folded_title = "More about them: parental responsibility, needs, home, other names, numbers"

    name = forms.CharField(
        label="Name",
        max_length=100,
        help_text="If you do not know it, write what tells them apart, such as “Unborn baby” or “Partner of Mrs B”.",
    )
    role = forms.ChoiceField(
        label="Who are they in this family?",
        choices=PersonRole.choices(),
        widget=fields.Radios(
            hints={
                PersonRole.CHILD: "Under 18, brothers and sisters too.",
                PersonRole.PROFESSIONAL: "Someone who works with the family, not someone a concern is about.",
                PersonRole.INFORMANT: "A neighbour, a friend. Who they are is kept from the family.",
            }
        ),
    )
    age_kind = forms.ChoiceField(
        label="What do you know about their age?",
        choices=AGE_KINDS,
        widget=fields.Radios(reveals={key: names for key, names in AGE_PARTS.items() if names}),
    )
    date_of_birth = fields.DateField(label="Date of birth", when="past", help_text="For example, 27 3 2016")
    age = forms.IntegerField(
        label="Age",
        min_value=0,
        max_value=OLDEST,
        help_text="In whole years. Write 0 for a baby under one.",
        error_messages={
            "min_value": f"Age must be a whole number from 0 to {OLDEST}",
            "max_value": f"Age must be a whole number from 0 to {OLDEST}",
        },
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )
    age_on = fields.DateField(label="On which day were they that age?", when="past", help_text="For example, 3 11 2026")
    due_on = fields.DateField(label="Due date", help_text="For example, 27 3 2027")
    parental_responsibility = forms.ChoiceField(
        label="Do they have parental responsibility for a child of this family?",
        choices=YesNoUnknown.choices(),
        widget=fields.Radios,
        required=False,
        help_text=RESPONSIBILITY_HINT,
    )
    communication_need = forms.CharField(
        label="Anything they need to understand or be understood (optional)",
        max_length=200,
        required=False,
        help_text="Such as a Somali interpreter, British Sign Language, large print.",
    )
    known_as = forms.CharField(
        label="Other names they are known by (optional)",
        max_length=300,
        required=False,
        help_text="Nicknames, earlier names, other spellings. Put a comma between them.",
    )
    at_home = forms.ChoiceField(
        label="Do they live at the family's home?",
        choices=YesNoUnknown.choices(),
        widget=fields.Radios,
        required=False,
    )
    opens_post = forms.ChoiceField(
        label="Do they open the post at the family's home?",
        choices=YesNoUnknown.choices(),
        widget=fields.Radios,
        required=False,
    )
    hears_through = forms.CharField(
        label="Who could tell them what somebody else is told? (optional)",
        max_length=200,
        required=False,
        help_text="Such as his sister, or the children. You are reminded of it before you talk to anyone.",
    )
    nhs_number = forms.CharField(
        label="NHS number (optional)", max_length=20, required=False, help_text="10 digits, such as 943 476 5919."
    )
    upn = forms.CharField(
        label="Unique pupil number, UPN (optional)",
        max_length=20,
        required=False,
        help_text="A letter and 12 digits. Their school has it.",
    )

    def clean_nhs_number(self) -> str:
        number = compact(self.cleaned_data["nhs_number"])
        if number and not is_nhs_number(number):
            raise forms.ValidationError(NHS_MESSAGE)
        return number

    def clean_upn(self) -> str:
        upn = compact(self.cleaned_data["upn"])
        if upn and not is_upn(upn):
            raise forms.ValidationError(UPN_MESSAGE)
        return upn

    def clean_due_on(self) -> date | None:
        due: date | None = self.cleaned_data["due_on"]
        if due and due > timezone.localdate() + LONGEST_WAIT:
            raise forms.ValidationError("Check the year: the due date cannot be more than 10 months away")
        return due

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        unborn = typed.get("role") == PersonRole.UNBORN
        kind = typed.get("age_kind")
        if unborn and kind in {BIRTH, AGE}:
            self.add_error("age_kind", "An unborn child has a due date or “Not known”. If born, select another role")
        if "role" in typed and kind == DUE and not unborn:
            self.add_error("age_kind", "Only an unborn child has a due date. Select that role, or another kind of age")
        self.refuse_what_does_not_apply()
        return typed

    def details(self) -> PersonDetails:
        """A question that was passed over, or does not apply, has no answer yet."""
        unsaid = {name: YesNoUnknown.UNKNOWN for name in UNKNOWN_UNLESS_SAID if not self.cleaned_data.get(name)}
        typed = {**self.cleaned_data, **unsaid}
        return PersonDetails(**{name: typed[name] for name in PersonDetails.__dataclass_fields__ if name in typed})


class PersonCorrection(Correction, PersonForm):
    """The same questions about a person who is already recorded."""


def person_initial(person: Person) -> dict[str, Any]:
    """Initial values from a person."""
    known = {name: getattr(person, name) for name in PersonDetails.__dataclass_fields__}
    unsaid = {name: "" for name in UNKNOWN_UNLESS_SAID if known[name] == YesNoUnknown.UNKNOWN}
    return {**known, **unsaid, "age_kind": _age_kind(person), "version": person.version}


def _age_kind(person: Person) -> str:
    if person.date_of_birth:
        return BIRTH
    if person.age is not None:
        return AGE
    return DUE if person.due_on else NOT_KNOWN
