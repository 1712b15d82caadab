"""Two invented organisations, made through the actions that an administrator uses."""

from dataclasses import dataclass
from datetime import date, datetime

from accounts.actions import (
    add_membership,
    add_recipient,
    add_team,
    change_duty_numbers,
    change_organisation,
    change_person,
    create_organisation,
    invite,
    mark_notices_seen,
)
from accounts.models import Team, User
from accounts.roles import Role
from safeguarding.demo.stories import MARAC, SOCIAL_CARE


@dataclass(frozen=True)
class DemoOrganisation:
    domain: str
    name: str
    kind: str
    sector: str
    teams: tuple[str, str]
    # practitioner, practitioner of the other team, supervisor, administrator, data protection officer
    people: tuple[tuple[str, str], ...]


DEMO = DemoOrganisation(
    "demo.test",
    "Alderbrook Academy",
    "PUB",
    "academy",
    ("Pastoral team", "Sixth form team"),
    (
        ("Maya Thornhill", "Designated safeguarding lead"),
        ("Owen Larch", "Head of sixth form"),
        ("Priya Wendell", "Deputy head"),
        ("Sam Kettering", "Business manager"),
        ("Ines Calder", "Data protection officer"),
    ),
)
OTHER = DemoOrganisation(
    "other.test",
    "Lanternway Youth Trust",
    "NON",
    "youth_charity",
    ("Street team", "Club team"),
    (
        ("Jude Marlin", "Youth worker"),
        ("Tess Okafor", "Club worker"),
        ("Rowan Pike", "Lead youth worker"),
        ("Alma Sefton", "Office manager"),
        ("Gil Hartwell", "Data protection officer"),
    ),
)
LOGINS = ("practitioner", "practitioner2", "supervisor", "administrator", "dpo")


@dataclass(frozen=True)
class SeededOrganisation:
    practitioner: User
    supervisor: User
    team: Team
    everybody: tuple[User, ...]
    public: bool


# Name, kind, how it is reached, and what the family is told about how it is used.
ADDRESS_BOOK = (
    (
        SOCIAL_CARE,
        "social_care",
        "phone",
        "01632 960111",
        "They look at what help is needed. They may ask to meet you.",
    ),
    (MARAC, "marac", "secure_email", "marac@ravensmere.test", "They plan how to keep people safe at home."),
    ("Ravensmere police", "police", "phone", "01632 960222", "They look at how to keep people safe."),
)


def _fill_address_book(administrator: User, at: datetime) -> None:
    for name, kind, how, route, used in ADDRESS_BOOK:
        add_recipient(
            name=name, kind=kind, route_kind=how, route=route, checked_on=at.date(), how_used=used, by=administrator,
            at=at,
        )  # fmt: skip


def make(plan: DemoOrganisation, at: datetime) -> SeededOrganisation:
    admin_name, admin_job = plan.people[LOGINS.index("administrator")]
    administrator = create_organisation(
        name=plan.name, kind=plan.kind, sector=plan.sector, administrator_name=admin_name,
        administrator_email=f"administrator@{plan.domain}", at=at,
    )  # fmt: skip
    change_person(user=administrator, full_name=admin_name, job_title=admin_job, by=administrator, at=at)
    change_organisation(
        name=plan.name, kind=plan.kind, sector=plan.sector, in_scope_16la=plan.kind == "PUB",
        policy_document_on=date(2026, 2, 2), policy_document_link=f"https://policy.{plan.domain}/appropriate",
        by=administrator, at=at,
    )  # fmt: skip
    change_duty_numbers(
        numbers=[("Ravensmere children's services, day and night", "01632 960111"), ("In danger now", "999")],
        by=administrator, at=at,
    )  # fmt: skip
    _fill_address_book(administrator, at)
    teams = [add_team(name=name, by=administrator, at=at) for name in plan.teams]
    roles = ("", "", "", "administrator", "data_protection_officer")
    people = [
        administrator
        if login == "administrator"
        else invite(
            full_name=name,
            email=f"{login}@{plan.domain}",
            job_title=job,
            organisation_role=role,
            by=administrator,
            at=at,
        )
        for login, (name, job), role in zip(LOGINS, plan.people, roles, strict=True)
    ]
    places = ((0, 0, Role.PRACTITIONER), (1, 1, Role.PRACTITIONER), (2, 0, Role.SUPERVISOR), (2, 1, Role.SUPERVISOR))
    for person, team, role in places:
        add_membership(user=people[person], team=teams[team], role=role, by=administrator, at=at)
    for reader in people:
        mark_notices_seen(by=reader, at=at)
    fresh = [User.objects.get(pk=person.pk) for person in people]
    return SeededOrganisation(fresh[0], fresh[2], teams[0], tuple(fresh), plan.kind == "PUB")
