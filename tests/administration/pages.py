"""What every page of people, teams and settings is tried with."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts import actions
from accounts.models import SignOn, User
from audit import ledger
from tests.cast import Cast, Company
from tests.pages import PageClient

SignIn = Callable[[User], PageClient]
Ids = Callable[[Company], list[Any]]


def no_ids(_: Company) -> list[Any]:
    return []


@dataclass(frozen=True)
class Tried:
    """A page: its name, the ids it asks for, and whether it takes answers."""

    name: str
    ids: Ids = no_ids
    posts: bool = True

    def path(self, company: Company) -> str:
        return reverse(f"administration:{self.name}", args=self.ids(company))


def a_person(company: Company) -> list[Any]:
    return [company.practitioner.public_id]


def a_place(company: Company) -> list[Any]:
    held = company.practitioner.memberships.get()
    return [company.practitioner.public_id, held.public_id]


def a_sign_on(company: Company) -> list[Any]:
    person = company.practitioner
    found = person.sign_ons.first()
    if found is None:
        with ledger.recording(actor=person, at=timezone.now()):
            found = SignOn(
                organisation_id=person.organisation_id,
                user=person,
                issuer="https://login.test",
                subject=f"person-{person.pk}",
                bound_at=timezone.now(),
            )
            found.save()
    return [person.public_id, found.public_id]


def a_team(company: Company) -> list[Any]:
    return [company.team.public_id]


def an_entry(company: Company) -> list[Any]:
    """An address book has nobody in it at first."""
    found = company.organisation.recipients.first() or actions.add_recipient(
        name="Front door",
        kind="social_care",
        route_kind="phone",
        route="0300 000 0001",
        checked_on=None,
        by=company.administrator,
        at=timezone.now(),
    )
    return [found.public_id]


def a_cover(company: Company) -> list[Any]:
    """The supervisor helping the other team out today."""
    today = timezone.localdate()
    found = company.organisation.people.get(pk=company.supervisor.pk).covers.first() or actions.add_cover(
        team=company.other_team_row,
        user=company.supervisor,
        starts_on=today,
        ends_on=today,
        why="out_of_hours",
        by=company.administrator,
        at=timezone.now(),
    )
    return [company.other_team_row.public_id, found.public_id]


PAGES = [
    Tried("people", posts=False),
    Tried("invite"),
    Tried("person", a_person, posts=False),
    Tried("person_change", a_person),
    Tried("person_role", a_person),
    Tried("person_add_to_team", a_person),
    Tried("person_end_membership", a_place),
    Tried("person_sign_in", a_person),
    Tried("person_sign_out", a_person),
    Tried("person_link", a_person),
    Tried("person_end_sign_on", a_sign_on),
    Tried("person_deactivate", a_person),
    Tried("person_reactivate", a_person),
    Tried("teams", posts=False),
    Tried("team_add"),
    Tried("team", a_team, posts=False),
    Tried("team_rename", a_team),
    Tried("team_close", a_team),
    Tried("team_reopen", a_team),
    Tried("cover_add", a_team),
    Tried("cover_end", a_cover),
    Tried("organisation", posts=False),
    Tried("organisation_change"),
    Tried("duty_numbers"),
    Tried("school_holidays"),
    Tried("address_book", posts=False),
    Tried("recipient_add"),
    Tried("recipient_change", an_entry),
    Tried("recipient_retire", an_entry),
    Tried("recipient_restore", an_entry),
]


def offices(cast: Cast) -> tuple[User, User]:
    return cast.administrator, cast.officer


def without_what_changes(page: bytes) -> bytes:
    """Its token, and how many seconds of the session are left."""
    return re.sub(rb'value="\w{64}"|data-left="\d+"', b"", page)
