"""Whom a family's records are closed to."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.namesakes import colleague_names
from accounts.queries import people_visible_to
from families.actions.conflicts import may_enter_for_others
from families.models import DeclaredConflict
from rules.empty_reasons import is_empty_reason
from ui import fields
from ui.forms import Form


class ConflictForm(Form):
    """Whoever supervises or looks after people may enter it for somebody else; everybody enters it for themselves."""

    reference = forms.CharField(
        label="What is the reference of the family?",
        max_length=20,
        help_text="Such as F-7K2M9Q. If you do not know it, ask a colleague who works with them.",
        error_messages={"required": "Enter the reference of the family"},
    )
    who = forms.ChoiceField(
        label="Who knows them?",
        widget=fields.Select,
        error_messages={"required": "Choose who knows them"},
    )
    how = forms.ChoiceField(
        label="How do they know them?",
        choices=DeclaredConflict.How.choices,
        widget=fields.Radios,
        error_messages={"required": "Choose how they know them"},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(user.public_id): user}
        if may_enter_for_others(user):
            others = people_visible_to(user).filter(is_active=True).exclude(pk=user.pk).order_by("full_name", "pk")
            self.people |= {str(person.public_id): person for person in others}
            names = colleague_names(self.people.values())
            choices = [(key, "Me" if person == user else names[person.pk]) for key, person in self.people.items()]
            self.fields["who"].choices = choices  # type: ignore[attr-defined]  # a choice field, above
            self.initial = {"who": str(user.public_id), **self.initial}
        else:
            del self.fields["who"]
            self.fields["how"].label = "How do you know them?"
            self.fields["how"].error_messages["required"] = "Choose how you know them"
        self.user = user

    def answers(self) -> dict[str, Any]:
        person = self.people[self.cleaned_data["who"]] if "who" in self.fields else self.user
        return {"reference": self.cleaned_data["reference"], "how": self.cleaned_data["how"], "user": person}


class ConflictEndForm(Form):
    why = forms.CharField(
        label="Why are its records opened to them again?",
        max_length=1000,
        widget=fields.Textarea(rows=3),
        help_text="Such as that it was another family of the same name.",
        error_messages={"required": "Enter why its records are opened to them again"},
    )

    def clean_why(self) -> str:
        if is_empty_reason(self.cleaned_data["why"]):
            raise ValidationError("Enter why, in your own words")
        return str(self.cleaned_data["why"])
