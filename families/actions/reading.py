"""Opening something is an entry in the ledger too, made before the page is shown."""

from collections.abc import Iterable
from datetime import datetime

from django.http import Http404

from accounts.access import require
from accounts.models import User
from accounts.roles import Permission
from audit import ledger
from families.models import Disclosure, Family, Person
from families.queries import may_see_who_looked_at_family


def open_family(*, family: Family, by: User, at: datetime) -> None:
    _opened("family.opened", family, by=by, at=at)


def open_disclosure(*, disclosure: Disclosure, by: User, at: datetime) -> None:
    _opened("disclosure.opened", disclosure, by=by, at=at)


def open_person(*, person: Person, by: User, at: datetime) -> None:
    _opened("person.opened", person, by=by, at=at)


def open_contacts(*, person: Person, by: User, at: datetime) -> None:
    """Addresses and numbers are on a page of their own, so that the ledger can say who saw them."""
    _opened("contacts.opened", person, by=by, at=at)


def show_who_looked(*, family: Family, by: User, at: datetime) -> None:
    """Record that the list of who has looked at a family is opened. Raises Http404 for users who may not see it."""
    require(by, Permission.SEE_WHO_LOOKED)
    if not may_see_who_looked_at_family(family, by):
        raise Http404
    with ledger.recording(actor=by, at=at):
        ledger.append("family.who_looked_shown", organisation=family.organisation_id, obj=family)


def list_families(*, families: Iterable[str], by: User, at: datetime) -> None:
    """Their references, before a page of families is shown, or a form that offers some of them."""
    _looked("families.listed", {"families": families}, by=by, at=at)


def show_similar_families(*, families: Iterable[Family], by: User, at: datetime) -> None:
    """Before "Is it one of these?" is shown: their references, never the name that was typed."""
    _looked("families.similar_shown", {"families": [family.reference for family in families]}, by=by, at=at)


def show_similar_people(*, people: Iterable[Person], by: User, at: datetime) -> None:
    """The same of people, who have no reference: the keys of their rows."""
    _looked("people.similar_shown", {"people": [person.pk for person in people]}, by=by, at=at)


def _opened(event: str, row: Family | Disclosure | Person, *, by: User, at: datetime) -> None:
    require(by, Permission.SEE_FAMILIES)
    with ledger.recording(actor=by, at=at):
        ledger.append(event, organisation=row.organisation_id, obj=row)


def _looked(event: str, shown: dict[str, Iterable[int | str]], *, by: User, at: datetime) -> None:
    require(by, Permission.SEE_FAMILIES)
    with ledger.recording(actor=by, at=at):
        ledger.append_list(event, organisation=by.organisation_id, shown=shown)
