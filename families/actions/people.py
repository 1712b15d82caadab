from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from accounts.actions.acting import acting
from accounts.models import User
from accounts.roles import Permission
from families.actions.rows import change, locked, same_version
from families.actions.wording import keep_wording
from families.details import ContactDetails, PersonDetails
from families.models import Family, KnownRisk, Person, SafeContact
from families.wording import RISK


def add_person(*, family: Family, details: PersonDetails, by: User, at: datetime) -> Person:
    with acting(by=by, permission=Permission.EDIT_FAMILIES, at=at) as actor:
        row = locked(family, by=actor)
        person = Person(organisation_id=row.organisation_id, family=row, **asdict(details))
        person.save()
        return person


def correct_person(
    *, person: Person, details: PersonDetails, version: int, why: str = "", by: User, at: datetime
) -> Person:
    with acting(by=by, permission=Permission.EDIT_FAMILIES, at=at) as actor:
        row = locked(person, by=actor)
        same_version(row, version)
        change(row, details, why=why, by=actor, at=at)
        return row


def add_safe_contact(*, person: Person, details: ContactDetails, by: User, at: datetime) -> SafeContact:
    with acting(by=by, permission=Permission.EDIT_FAMILIES, at=at) as actor:
        row = locked(person, by=actor)
        contact = SafeContact(organisation_id=row.organisation_id, person=row, **asdict(details))
        contact.save()
        return contact


def set_safe_contact(
    *, contact: SafeContact, details: ContactDetails, version: int, why: str = "", by: User, at: datetime
) -> SafeContact:
    """Record the latest answer about a way to contact somebody; earlier answers stay in the history."""
    with acting(by=by, permission=Permission.EDIT_FAMILIES, at=at) as actor:
        row = locked(contact, by=actor)
        same_version(row, version)
        if change(row, details, why=why, by=actor, at=at):
            # A draft about this person is told that something about them has changed.
            _new_version(locked(row.person, by=actor))
        return row


def set_known_risks(
    *, person: Person, notes: Mapping[str, str], version: int, why: str = "", by: User, at: datetime
) -> None:
    """Set the risks known about a person, each with its note. A kind that is left out is no longer known."""
    with acting(by=by, permission=Permission.EDIT_FAMILIES, at=at) as actor:
        row = locked(person, by=actor)
        same_version(row, version)
        known = {risk.kind: risk for risk in row.known_risks.all()}
        before = {kind: risk.note for kind, risk in known.items()}
        if before == dict(notes):
            return
        changed = [kind for kind in {**before, **notes} if before.get(kind) != notes.get(kind)]
        keep_wording(row, {f"{RISK}{kind}": before.get(kind) for kind in changed}, why=why, by=actor, at=at)
        for kind, risk in known.items():
            if kind not in notes:
                risk.delete()
        for kind, note in notes.items():
            _note_risk(row, known.get(kind), kind=kind, note=note)
        # Two users changing the risks at once would overwrite each other: the second is told.
        _new_version(row)


def _new_version(person: Person) -> None:
    person.version += 1
    person.save(update_fields=["version"])


def _note_risk(person: Person, known: KnownRisk | None, *, kind: str, note: str) -> None:
    if known is None:
        KnownRisk(organisation_id=person.organisation_id, person=person, kind=kind, note=note).save()
    elif known.note != note:
        known.note = note
        known.save(update_fields=["note"])
