"""Every field for a name, wherever somebody is named: every script, one letter, and nothing that cannot be seen."""

from typing import Any

import pytest
from django import forms

from accounts.forms import CreateOrganisationForm
from administration.address_book import RecipientForm
from administration.people_forms import DetailsForm, InviteForm
from families.forms import DisclosureForm, FamilyCorrection, PersonForm
from ui.text import UNSEEN_MESSAGE

FIELDS: list[tuple[type[Any], str]] = [
    (PersonForm, "name"),
    (FamilyCorrection, "name"),
    (DisclosureForm, "said_by"),
    (InviteForm, "full_name"),
    (DetailsForm, "full_name"),
    (RecipientForm, "name"),
    (CreateOrganisationForm, "name"),
    (CreateOrganisationForm, "administrator_name"),
]
EACH = pytest.mark.parametrize(("form", "name"), FIELDS)


def errors(form: type[Any], name: str, value: str) -> list[str]:
    asked: forms.Form = form({name: value})
    return [str(error) for error in asked.errors.get(name, [])]


@EACH
@pytest.mark.parametrize("bad", ["Ti\u200blly", "\u202eyllit", "Till\u2066y", "T\u00ad", "\u3164"])
def test_what_cannot_be_seen_is_refused(form: type[Any], name: str, bad: str) -> None:
    assert UNSEEN_MESSAGE in errors(form, name, bad)


@EACH
@pytest.mark.parametrize("good", ["Ø", "李", "محمد علي", "Nguyễn", "O'Neill", "ശ്രീ", "J"])
def test_every_script_and_one_letter_is_taken(form: type[Any], name: str, good: str) -> None:
    assert errors(form, name, good) == []
