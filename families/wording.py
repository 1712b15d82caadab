"""Which answers of which rows have a history, and how their earlier wording is written down."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from families.details import ContactDetails, DisclosureDetails, PersonDetails
from families.models import Disclosure, EarlierWording, Family, Person, SafeContact
from rules.codes import YesNoUnknown

Subject = EarlierWording.Subject
KEPT: dict[type[Any], tuple[str, ...]] = {
    Family: ("name",),
    Person: tuple(field.name for field in fields(PersonDetails)),
    SafeContact: tuple(field.name for field in fields(ContactDetails)),
    Disclosure: tuple(field.name for field in fields(DisclosureDetails)),
}
SUBJECTS: dict[type[Any], Subject] = {
    Family: Subject.FAMILY,
    Person: Subject.PERSON,
    SafeContact: Subject.CONTACT,
    Disclosure: Subject.DISCLOSURE,
}
RISK = "risk_"
UNWRITTEN = (None, "", YesNoUnknown.UNKNOWN.value)


def as_text(row: Any, names: Iterable[str]) -> dict[str, str | None]:
    """The answers with these names as the history keeps them: text that the column can be made of again."""
    columns = {name: row._meta.get_field(name) for name in names}
    return {
        name: None if getattr(row, name) is None else column.value_to_string(row) for name, column in columns.items()
    }


def from_text(model: type[Any], name: str, text: str | None) -> Any:
    return None if text is None else model._meta.get_field(name).to_python(text)
