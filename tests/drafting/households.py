"""Families and address books for the tests, made through the actions."""

from datetime import datetime

from accounts.actions import add_recipient
from accounts.models import Team, User
from families.actions import add_person, register_family
from families.details import PersonDetails
from families.models import Family


def household(people: list[PersonDetails], *, team: Team, by: User, at: datetime, name: str = "Ashdown") -> Family:
    family = register_family(name=name, teams=[team], by=by, at=at)
    for details in people:
        add_person(family=family, details=details, by=by, at=at)
    return family


def address_book(*names: str, by: User, at: datetime) -> None:
    for name in names:
        add_recipient(
            name=name, kind="social_care", route_kind="phone", route="01632 960111", checked_on=None, by=by, at=at
        )
