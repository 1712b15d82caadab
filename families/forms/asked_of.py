"""A form about one person asks only what can apply to their role and age."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils import timezone

from families.ages import youngest_age
from families.asked_of import ASKED_OF, OPTIONS_OF, as_data, is_asked
from rules.codes import YesNoUnknown

NAMES = {
    "source_of_harm": "A suspected source of harm",
    "parental_responsibility": "Parental responsibility",
    "communication_need": "A communication need",
    "at_home": "Living at the family's home",
    "opens_post": "Opening the post",
    "hears_through": "Hearing of it through somebody",
    "nhs_number": "An NHS number",
    "upn": "A UPN",
}


def does_not_apply(name: str) -> str:
    return f"{NAMES[name]} cannot apply to this person: change this answer, or their role or age"


class AsksWhatApplies:
    """A mixin for the form. With the page's script the other questions are hidden, and what is in them is not sent.

    Without it they stand there to be passed over: an answer of no meaning is dropped, any other refused.
    """

    fields: dict[str, Any]
    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields:
            self.say_of_whom(name)

    def say_of_whom(self, name: str) -> None:
        if name in ASKED_OF:
            self.fields[name].asked_of = as_data(ASKED_OF[name])
        if name in OPTIONS_OF:
            self.fields[name].options_asked_of = {option: as_data(roles) for option, roles in OPTIONS_OF[name].items()}

    def applies(self, name: str) -> bool:
        """Asked once the role and the age above it are cleaned; of an unknown role everything is."""
        role = self.cleaned_data.get("role")
        return not role or is_asked(name, role, self._age())

    def _age(self) -> int | None:
        typed = {name: self.cleaned_data.get(name) for name in ("date_of_birth", "age", "age_on", "due_on")}
        today: date = timezone.localdate()
        return youngest_age(SimpleNamespace(**{**typed, "age_on": typed["age_on"] or today}), today)

    def refuse_what_does_not_apply(self) -> None:
        """A tick, a yes or words that somebody put where they cannot be true: not to be lost in silence."""
        form: Any = self
        for name in self.fields:
            if not self.applies(name) and _means_something(form[name]):
                form.add_error(name, ValidationError(does_not_apply(name), code="does_not_apply"))


def _means_something(bound: BoundField) -> bool:
    sent = bound.data
    empty = {"", None, False, YesNoUnknown.NO.value, YesNoUnknown.UNKNOWN.value}
    return sent not in empty and bound.field.has_changed(bound.initial, sent)
