"""Who may read a restricted record."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.namesakes import colleague_names
from accounts.queries import people_visible_to
from decisions.restricted_queries import Record, may_be_named
from rules.empty_reasons import is_empty_reason
from ui import fields
from ui.forms import Form

SOMEBODY_ELSE = "else"
OF_ANOTHER_TEAM = (
    "If somebody from another team is missing, ask a practitioner who may read it to add their team to the family. "
    "In that team, only those named will be able to find it."
)


def said_why(text: str) -> str:
    if is_empty_reason(text):
        raise ValidationError("Enter why, in your own words")
    return text


def by_id(people: Any) -> dict[str, User]:
    return {str(person.public_id): person for person in people}


def choices_of(people: dict[str, User]) -> list[tuple[str, str]]:
    """With the difference where two have one name."""
    names = colleague_names(people.values())
    return [(key, names[person.pk]) for key, person in people.items()]


class WhyForm(Form):
    why = forms.CharField(max_length=1000, widget=fields.Textarea(rows=3))

    def __init__(self, *args: Any, question: str, missing: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].label = question
        self.fields["why"].error_messages["required"] = missing

    def clean_why(self) -> str:
        return said_why(str(self.cleaned_data["why"]))


class RecordForm(Form):
    record = forms.CharField(
        label="What is the reference of the record?",
        max_length=20,
        help_text="Such as F-7K2M9Q of a family, or D-7K2M9Q of a decision.",
        error_messages={"required": "Enter the reference of the record"},
    )


class PeopleForm(Form):
    """From those whose role lets them read it, without whom it is about."""

    people = forms.MultipleChoiceField(
        label="Who may read it?",
        widget=fields.Checkboxes(),
        help_text=f"Choose at least two, one of them a supervisor who can review it. {OF_ANOTHER_TEAM}",
        error_messages={"required": "Choose who may read it"},
    )
    concerned = forms.ChoiceField(
        label="Is it about somebody who works here and has an account?",
        required=False,
        widget=fields.Select,
        help_text="They will never see it, even if it is opened again later.",
    )

    def offer(self, people: dict[str, User], user: User) -> None:
        self.offered = people
        others = people_visible_to(user).filter(is_active=True).exclude(pk=user.pk).order_by("full_name", "pk")
        self.colleagues = by_id(others)
        self.fields["people"].choices = choices_of(people)  # type: ignore[attr-defined]  # choice fields, above
        self.fields["concerned"].choices = [("", "No"), *choices_of(self.colleagues)]  # type: ignore[attr-defined]

    def clean(self) -> None:
        if self.cleaned_data.get("concerned") in self.cleaned_data.get("people", []):
            self.add_error("people", "The person it is about cannot be named to read it. Remove them")

    @property
    def named(self) -> list[User]:
        return [self.offered[key] for key in self.cleaned_data["people"]]

    @property
    def about(self) -> User | None:
        return self.colleagues.get(self.cleaned_data.get("concerned", ""))


class RestrictForm(PeopleForm):
    why = forms.CharField(
        label="Why is it restricted?",
        max_length=1000,
        widget=fields.Textarea(rows=3),
        help_text="Those who may read it see this. Such as that a parent works here.",
        error_messages={"required": "Enter why it is restricted"},
    )
    field_order = ["why", "people", "concerned"]

    def __init__(self, *args: Any, record: Record, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(by_id(may_be_named(record)), user)

    def clean_why(self) -> str:
        return said_why(str(self.cleaned_data["why"]))


class NameForm(Form):
    person = forms.ChoiceField(
        label="Who else may read it?",
        widget=fields.Select,
        help_text=OF_ANOTHER_TEAM,
        error_messages={"required": "Choose who else may read it"},
    )
    keeper = forms.BooleanField(label="They may name others too", required=False, widget=fields.Checkbox())

    def __init__(self, *args: Any, people: dict[str, User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        self.fields["person"].choices = [("", "Choose one"), *choices_of(people)]  # type: ignore[attr-defined]

    @property
    def named(self) -> User:
        return self.people[self.cleaned_data["person"]]
