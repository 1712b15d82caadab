from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import Membership, User
from accounts.namesakes import colleague_names
from accounts.sign_on import account_matching
from ui.rows import Row


@dataclass(frozen=True)
class PersonLine:
    """One person in the list of people."""

    person: User
    name: str
    roles: list[str]
    state: str
    colour: str


def lines(people: Iterable[User]) -> list[PersonLine]:
    everybody = list(people)
    names, signing_on = colleague_names(everybody), account_matching.who_sign_on(everybody)
    return [
        PersonLine(person, names[person.pk], _roles(person), *state(person, signs_on=person.pk in signing_on))
        for person in everybody
    ]


def state(person: User, *, signs_on: bool) -> tuple[str, str]:
    """The tag's text and colour: whether the user can sign in."""
    if not person.is_active:
        return "Deactivated", "grey"
    return ("Active", "green") if signs_on or person.has_usable_password() else ("Invited", "blue")


def _roles(person: User) -> list[str]:
    teams = [f"{held.team.name}: {held.get_role_display().lower()}" for held in person.memberships.all()]
    if person.is_inspector:
        return ["Inspector"]
    return [person.get_organisation_role_display(), *teams] if person.organisation_role else teams


def details(person: User) -> list[Row]:
    key = [person.public_id]
    change = reverse("administration:person_change", args=key)
    role = Row(
        "Role in the organisation",
        person.get_organisation_role_display() or "None",
        reverse("administration:person_role", args=key),
        "organisation_role",
    )
    return [
        Row("Full name", person.full_name, change, "full name"),
        Row("Job title", person.job_title or "Not given", change, "job title"),
        Row("Email address", person.email),
        Row("Role in the organisation", "Inspector") if person.is_inspector else role,
    ]


def memberships(person: User) -> list[Membership]:
    return list(person.memberships.select_related("team").order_by("team__name", "role"))
