"""Ways to reach somebody, as they stand in the tests of what may leave by them."""

from datetime import date, datetime, timedelta
from typing import Any

from families.actions import add_safe_contact, correct_person, set_known_risks, set_safe_contact
from families.details import ContactDetails, PersonDetails
from families.models import Person, SafeContact
from tests.decisions.cases import Case

# In no answer but on the page that enters who saw them.
ADDRESSES = {
    "letter": "14 Zedquarry Lane, Zedtown",
    "email": "zed@zedmail.test",
    "in_person": "The zed cafe",
    "phone": "01632 960888",
    "text": "01632 960889",
}
DAYS_AGO = {"no": 3, "unknown": None, "old": 91, "yes": 90}


def person(case: Case, name: str) -> Person:
    found: Person = Person.objects.get(family=case.family, name=name)
    return found


def reached(case: Case, name: str, kind: str, stands: str) -> SafeContact:
    return add_safe_contact(
        person=person(case, name), details=_details(case, kind, stands), by=case.cast.practitioner, at=case.at
    )


def no_longer(case: Case, way: SafeContact, stands: str) -> None:
    """Asked again since, or so long ago that it would have to be."""
    by = case.cast.practitioner
    details = _details(case, way.kind, stands)
    set_safe_contact(contact=way, details=details, version=way.version, why="Asked", by=by, at=case.at)


def _details(case: Case, kind: str, stands: str) -> ContactDetails:
    """`old`: it was safe, and that was asked more than 90 days ago."""
    ago = DAYS_AGO[stands]
    checked: date | None = None if ago is None else case.at.date() - timedelta(days=ago)
    safe = "yes" if stands == "old" else stands
    return ContactDetails(kind=kind, detail=ADDRESSES[kind], safe=safe, why="She says", checked_on=checked)


def risk(case: Case, name: str, kind: str = "violence_at_home") -> None:
    row = person(case, name)
    set_known_risks(person=row, notes={kind: ""}, version=row.version, by=case.cast.practitioner, at=case.at)


def lives_at_home(case: Case, name: str, answer: str, **more: str) -> None:
    row = person(case, name)
    known: dict[str, Any] = {each: getattr(row, each) for each in PersonDetails.__dataclass_fields__}
    details = PersonDetails(**{**known, "at_home": answer, **more})
    correct_person(person=row, details=details, version=row.version, why="Asked", by=case.cast.practitioner, at=case.at)


def later(case: Case, days: int) -> datetime:
    return case.at + timedelta(days=days)
