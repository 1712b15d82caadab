"""An invented family, made through the actions as anybody would."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Team, User
from audit.models import LedgerEntry
from families import actions
from families.details import ContactDetails, DisclosureDetails, PersonDetails
from families.models import Disclosure, Family, Person, SafeContact

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
TODAY = NOW.date()


@dataclass(frozen=True)
class Household:
    family: Family
    child: Person
    mother: Person
    contact: SafeContact
    disclosure: Disclosure


def register(by: User, team: Team, name: str = "Ashworth", at: datetime = NOW) -> Family:
    return actions.register_family(name=name, teams=[team], by=by, at=at)


def person(family: Family, by: User, **details: Any) -> Person:
    return actions.add_person(
        family=family, details=PersonDetails(**{"name": "Tilly Ashworth", **details}), by=by, at=NOW
    )


def contact(of: Person, by: User, **details: Any) -> SafeContact:
    return actions.add_safe_contact(person=of, details=ContactDetails(**{"kind": "phone", **details}), by=by, at=NOW)


def disclosure_details(**details: Any) -> DisclosureDetails:
    usual = {
        "said_by": "Tilly, at lunch",
        "said_to": "Asha Verrall",
        "received_at": NOW - timedelta(hours=2),
        "facts": "A bruise on the left arm, 3 cm.",
        "level": "s47",
    }
    return DisclosureDetails(**{**usual, **details})


def disclosure(family: Family, by: User, at: datetime = NOW, **details: Any) -> Disclosure:
    return actions.add_disclosure(family=family, details=disclosure_details(**details), by=by, at=at)


def household(by: User, team: Team) -> Household:
    family = register(by, team)
    child = person(family, by, date_of_birth=date(2016, 3, 27))
    mother = person(family, by, name="Rosa Ashworth", role="mother", parental_responsibility="yes")
    phone = contact(mother, by, detail="07700 900123", safe="yes", why="Her own phone", checked_on=timezone.localdate())
    return Household(family, child, mother, phone, disclosure(family, by))


def entries(event: str) -> list[LedgerEntry]:
    return list(LedgerEntry.objects.filter(event=event).order_by("organisation", "seq"))


def count_entries() -> int:
    count: int = LedgerEntry.objects.count()
    return count
