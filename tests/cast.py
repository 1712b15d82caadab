"""The people every test knows: one organisation in full, and the same again next door."""

from dataclasses import dataclass
from typing import TypeVar

from django.contrib.auth.hashers import make_password
from django.db import models
from django.utils import timezone

from accounts.models import Membership, Organisation, Team, User
from accounts.roles import Role
from audit import ledger
from audit.closed_rows import entered_values
from audit.models import LedgerEntry
from audit.row_history import CREATE

PASSWORD = "lantern-orchard-37"

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class Company:
    """An organisation with somebody in every role."""

    organisation: Organisation
    team: Team
    other_team_row: Team
    practitioner: User
    teammate: User
    other_team: User  # a practitioner of the other team
    supervisor: User
    administrator: User
    officer: User

    @property
    def everybody(self) -> tuple[User, ...]:
        return (
            self.practitioner,
            self.teammate,
            self.other_team,
            self.supervisor,
            self.administrator,
            self.officer,
        )


@dataclass(frozen=True)
class Cast(Company):
    """The tests' own organisation, and the one that must never see it."""

    stranger: Company


def make_cast() -> Cast:
    """Built in bulk, past the ledger: eight inserts, and a chain that begins with what the test does."""
    north, south = _insert(
        Organisation(name="Northmere Council", kind="PUB", sector="la", in_scope_16la=True),
        Organisation(name="Southfold Youth Trust", kind="NON", sector="youth_charity"),
    )
    teams = _insert(*(Team(organisation=one, name=name) for one in (north, south) for name in ("Harbour", "Quarry")))
    password = make_password(PASSWORD)
    people = _insert(
        *(
            User(
                organisation=one,
                email=f"{key}@{place}.test",
                full_name=full_name,
                job_title=job_title,
                organisation_role=organisation_role,
                password=password,
            )
            for one, place, people in ((north, "north", _NORTH), (south, "south", _SOUTH))
            for key, full_name, job_title, organisation_role in people
        )
    )
    ours, theirs = people[:6], people[6:]
    _insert(*_places(north, teams[:2], ours), *_places(south, teams[2:], theirs))
    next_door = Company(south, teams[2], teams[3], *theirs)
    return Cast(north, teams[0], teams[1], ours[0], ours[1], ours[2], ours[3], ours[4], ours[5], stranger=next_door)


def enter_people(cast: Cast) -> None:
    """Say in the log that these people and their places were made, for tests that compare rows with it."""
    now = timezone.now()
    for company in (cast, cast.stranger):
        with ledger.recording(actor=None, at=now):
            for kind in (User, Membership):
                for row in kind.objects.filter(organisation=company.organisation).order_by("pk"):
                    if not LedgerEntry.objects.filter(event__startswith="created", **_about(row)).exists():
                        LedgerEntry.objects.log_create(row, action=CREATE, changes=entered_values(row))


def _about(row: models.Model) -> dict[str, str]:
    return {"subject": row._meta.label_lower, "object_pk": str(row.pk)}


def _places(organisation: Organisation, teams: list[Team], people: list[User]) -> list[Membership]:
    first, second = teams
    practitioner, teammate, other_team, supervisor = people[:4]
    placed = [
        (practitioner, first, Role.PRACTITIONER),
        (teammate, first, Role.PRACTITIONER),
        (other_team, second, Role.PRACTITIONER),
        (supervisor, first, Role.SUPERVISOR),
    ]
    return [Membership(organisation=organisation, user=user, team=team, role=role) for user, team, role in placed]


def _insert(*rows: Row) -> list[Row]:
    plain: models.QuerySet[Row] = models.QuerySet(type(rows[0]))
    return plain.bulk_create(rows)


_KEYS = ("practitioner", "teammate", "other-team", "supervisor", "administrator", "officer")
_JOBS = ("Social worker", "Social worker", "Social worker", "Team manager", "Business manager", "Information officer")
_OFFICES = ("", "", "", "", Role.ADMINISTRATOR.value, Role.DATA_PROTECTION_OFFICER.value)
_NORTH = tuple(
    zip(
        _KEYS,
        ("Asha Verrall", "Bram Oduya", "Cerys Holt", "Dilan Marsh", "Edie Farrow", "Femi Larkin"),
        _JOBS,
        _OFFICES,
        strict=True,
    )
)
_SOUTH = tuple(
    zip(
        _KEYS,
        ("Gwen Tollard", "Hari Pemble", "Isla Crane", "Jonah Whitby", "Kit Rowan", "Lena Abara"),
        _JOBS,
        _OFFICES,
        strict=True,
    )
)
