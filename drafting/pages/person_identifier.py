"""Which number a child's information goes with, or why none: asked where the law on the single identifier has begun."""

from typing import Any

from django import forms as django_forms
from django.utils import timezone

from decisions.facts.decision import law_of
from decisions.models import Decision, DecisionPerson
from families.identifiers import NHS_MESSAGE, UPN_MESSAGE, compact, is_nhs_number, is_upn, nhs_in_groups
from families.models import Person
from rules.codes import PersonRole
from rules.empty_reasons import is_empty_reason
from rules.identifiers import IdentifierKind, identifier_due
from ui.fields import Radios, Textarea

COLUMNS = ("identifier_kind", "identifier", "why_no_identifier")
KIND = "identifier_kind"
# Each kind has a field of its own: a field can be revealed by one option only.
NUMBERS = {IdentifierKind.NHS: "nhs_number", IdentifierKind.UPN: "upn", IdentifierKind.OTHER: "other_number"}
WHY = "why_no_identifier"
IDENTIFIER_FIELDS = (KIND, *NUMBERS.values(), WHY)
WHY_HINT = (
    "Such as: you do not know it, and finding it would hold things up; using it would harm the child; or this law does "
    "not cover what you share."
)
ENTER_WHY = "Enter why no number is used for this child"


def is_asked(decision: Decision, role: str) -> bool:
    """Of a child, where the organisation is bound on the day of the decision; until there is one, of the draft."""
    if role != PersonRole.CHILD:
        return False
    day = timezone.localdate(decision.decided_at or decision.started_at)
    return identifier_due(law_of(decision), day, in_scope=decision.organisation.in_scope_16la)


def identifier_fields(*, has_upn: bool = True) -> dict[str, django_forms.Field]:
    """A child too young for a first school place has no unique pupil number."""
    fields = _fields([choice for choice in IdentifierKind.choices() if has_upn or choice[0] != IdentifierKind.UPN])
    return fields if has_upn else {name: field for name, field in fields.items() if name != "upn"}


def _fields(kinds: list[tuple[str, str]]) -> dict[str, django_forms.Field]:
    reveals = {**{kind.value: [name] for kind, name in NUMBERS.items()}, IdentifierKind.NONE.value: [WHY]}
    return {
        KIND: django_forms.ChoiceField(
            label="Which number do you use for this child?",
            choices=kinds,
            required=False,
            widget=Radios(reveals=reveals, small=True),
        ),
        "nhs_number": _number("NHS number", "Enter the NHS number"),
        "upn": _number("Unique pupil number, UPN", "Enter the unique pupil number, UPN"),
        "other_number": _number(
            "What is the number, and whose is it?", "Enter the number, and whose it is", longest=50
        ),
        WHY: django_forms.CharField(
            label="Why is no number used?",
            max_length=1000,
            help_text=WHY_HINT,
            error_messages={"required": ENTER_WHY},
            widget=Textarea(rows=2),
        ),
    }


def _number(label: str, missing: str, longest: int = 20) -> django_forms.CharField:
    return django_forms.CharField(label=label, max_length=longest, error_messages={"required": missing})


def initial_identifier(person: Person, chosen: DecisionPerson | None) -> dict[str, Any]:
    """What the draft has; a number not chosen yet is the one in the family's record."""
    initial = {"nhs_number": nhs_in_groups(person.nhs_number), "upn": person.upn}
    if chosen is None or not chosen.identifier_kind:
        return initial
    initial[KIND], initial[WHY] = chosen.identifier_kind, chosen.why_no_identifier
    if name := NUMBERS.get(IdentifierKind(chosen.identifier_kind)):
        is_nhs = chosen.identifier_kind == IdentifierKind.NHS
        initial[name] = nhs_in_groups(chosen.identifier) if is_nhs else chosen.identifier
    return initial


class IdentifierAnswers:
    """A mixin for the form of one person: checks the number, and reads the answers. Without the fields, none."""

    cleaned_data: dict[str, Any]

    def clean_nhs_number(self) -> str:
        number = compact(self.cleaned_data["nhs_number"])
        if number and not is_nhs_number(number):
            raise django_forms.ValidationError(NHS_MESSAGE)
        return number

    def clean_upn(self) -> str:
        upn = compact(self.cleaned_data["upn"])
        if upn and not is_upn(upn):
            raise django_forms.ValidationError(UPN_MESSAGE)
        return upn

    def clean_why_no_identifier(self) -> str:
        why = str(self.cleaned_data[WHY])
        if self.cleaned_data.get(KIND) == IdentifierKind.NONE and is_empty_reason(why):
            raise django_forms.ValidationError(ENTER_WHY)
        return why

    @property
    def identifier(self) -> dict[str, str]:
        """The columns of the decision's person: a question that is not asked has no answer."""
        kind = self.cleaned_data.get(KIND) or ""
        name = NUMBERS.get(IdentifierKind(kind)) if kind else None
        number = self.cleaned_data.get(name) if name else ""
        why = self.cleaned_data.get(WHY) if kind == IdentifierKind.NONE else ""
        return {KIND: kind, "identifier": number or "", WHY: why or ""}
