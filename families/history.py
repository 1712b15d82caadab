"""The history of what is written about a family: each change with the wording before it, and the first in full."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models

from accounts.namesakes import with_name_now
from families import presenters
from families.models import Disclosure, EarlierWording, Family, KnownRisk, Person, SafeContact
from families.wording import KEPT, RISK, SUBJECTS, from_text
from ui.moments import moment
from ui.rows import Row

NOTHING = "Nothing written"
LABELS = {
    "date_of_birth": "Date of birth",
    "age": "Age in years",
    "age_on": "Day of that age",
    "due_on": "Due date",
    "name": "Name",
    "role": "In this family",
    "parental_responsibility": "Parental responsibility",
    "communication_need": "Communication needs",
    "known_as": "Also known as",
    "at_home": "Lives at the family's home",
    "opens_post": "Opens the post at home",
    "hears_through": "Could hear of it through",
    "nhs_number": "NHS number",
    "upn": "UPN",
    "kind": "Contact method",
    "detail": "Number, address or place",
    "safe": "Safe",
    "why": "How we know",
    "checked_on": "Checked",
    "said_by": "Said or seen by",
    "said_to": "Told to",
    "received_at": "Received",
    "happened": "Happened",
    "facts": "What was seen or heard",
    "opinion": "Professional opinion",
    "child_words": "The child's own words",
    "level": "Level of concern",
    "immediate_danger": "Immediate danger",
}


@dataclass(frozen=True)
class Changed:
    """One answer before and after a change."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    at: datetime
    by: str
    why: str
    answers: list[Changed]


@dataclass(frozen=True)
class Subject:
    """What was changed, newest change first, and the first wording in full."""

    heading: str
    changes: list[Change]
    first: list[Row]


def family_history(family: Family, wordings: Iterable[EarlierWording]) -> list[Subject]:
    changes, first = _rolled_back(family, wordings)
    return [Subject("Family name", changes, presenters.family_rows(Family(**first)))]


def disclosure_history(disclosure: Disclosure, wordings: Iterable[EarlierWording]) -> list[Subject]:
    changes, first = _rolled_back(disclosure, wordings)
    row = Disclosure(
        **first,
        written_at=disclosure.written_at,
        written_by=disclosure.written_by,
        written_by_name=disclosure.written_by_name,
    )
    return [
        Subject(
            f"Disclosure {disclosure.reference}",
            changes,
            [*presenters.disclosure_rows(row), *presenters.disclosure_texts(row)],
        )
    ]


def person_history(
    person: Person, contacts: Iterable[SafeContact], wordings: Iterable[EarlierWording], today: date
) -> list[Subject]:
    """The person with the known risks, then each way to contact them."""
    rows = list(wordings)
    changes, first = _rolled_back(person, _of(person, rows))
    subjects = [Subject("Details and known risks", changes, presenters.person_rows(Person(**first), today, name=True))]
    for contact in contacts:
        changes, first = _rolled_back(contact, _of(contact, rows))
        heading = f"Contact: {contact.get_kind_display().lower()}"
        subjects.append(Subject(heading, changes, presenters.contact_rows(SafeContact(**first))))
    return subjects


def _of(row: models.Model, wordings: Iterable[EarlierWording]) -> list[EarlierWording]:
    return [each for each in wordings if each.subject == SUBJECTS[type(row)] and each.subject_id == row.pk]


def _rolled_back(row: Any, wordings: Iterable[EarlierWording]) -> tuple[list[Change], dict[str, Any]]:
    """The changes, newest first, and the answers as they were before all of them."""
    model = type(row)
    now: dict[str, Any] = {name: getattr(row, name) for name in KEPT[model]}
    if isinstance(row, Person):
        now |= {f"{RISK}{risk.kind}": risk.note for risk in row.known_risks.all()}
    changes = []
    for earlier in sorted(wordings, key=lambda each: each.version, reverse=True):
        before = {name: _value(model, name, text) for name, text in earlier.before.items()}
        answers = [_changed(model, name, value, now) for name, value in before.items()]
        changes.append(
            Change(
                earlier.changed_at,
                with_name_now(earlier.changed_by_name, earlier.changed_by.full_name),
                earlier.why,
                answers,
            )
        )
        now |= before
    return changes, {name: now[name] for name in KEPT[model]}


def _value(model: type[models.Model], name: str, text: str | None) -> Any:
    return text if name.startswith(RISK) else from_text(model, name, text)


def _changed(model: type[models.Model], name: str, before: Any, now: Mapping[str, Any]) -> Changed:
    after = now.get(name)
    if name.startswith(RISK):
        kind = KnownRisk.Kind(name.removeprefix(RISK))
        return Changed(f"Known risk: {kind.label}", _risk_words(before), _risk_words(after))
    return Changed(LABELS[name], _words(model, name, before), _words(model, name, after))


def _risk_words(note: str | None) -> str:
    return "Not known" if note is None else note or "Known, no note"


def _words(model: type[models.Model], name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return moment(value)
    choices = dict(getattr(model._meta.get_field(name), "flatchoices", ()))
    return NOTHING if value in {None, ""} else str(choices.get(value, value))
