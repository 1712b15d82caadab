"""Which family is meant: by its reference, or by the whole name and the date of birth of somebody in it."""

import unicodedata
from dataclasses import dataclass
from datetime import date

from accounts.closed import without_closed
from accounts.models import User
from families.models import Family, Person


@dataclass(frozen=True)
class Meant:
    """As it was typed. It is kept nowhere."""

    reference: str = ""
    name: str = ""
    date_of_birth: date | None = None


def family_meant(meant: Meant, user: User) -> Family | None:
    """None where there is none, or more than one, or where it is closed to this person: nobody is told which."""
    rows = without_closed(Family.objects.filter(organisation_id=user.organisation_id), "pk", user.closed_families)
    if meant.reference:
        by_reference: Family | None = rows.filter(reference=meant.reference.strip().upper()).first()
        return by_reference
    found = rows.filter(pk__in=_families_of(meant, user)).order_by("pk")[:2]
    return found[0] if len(found) == 1 else None


def _families_of(meant: Meant, user: User) -> set[int]:
    born = Person.objects.filter(organisation_id=user.organisation_id, date_of_birth=meant.date_of_birth)
    wanted = _plain(meant.name)
    return {person.family_id for person in born.only("name", "family_id") if _plain(person.name) == wanted}


def _plain(name: str) -> str:
    """Whole, but for capitals and how many spaces: nobody types these alike in a hurry."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
