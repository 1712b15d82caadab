"""Inviting many people at once from a file, with their teams. All of them or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.actions.acting import acting, lock_organisation
from accounts.actions.agreements import give_or_ask
from accounts.actions.people import CANNOT_BE_USED, add_person
from accounts.actions.teams import give_membership
from accounts.importing.rows import StaffRow
from accounts.models import Team, User
from accounts.roles import ORGANISATION_ROLES, TEAM_ROLES, Permission
from audit import ledger

CLOSED = "This team is closed. Choose another team, or reopen this one first."
DEACTIVATED = "This account is deactivated. Reactivate it on the person's page, or take the row out."
NO_SUCH_TEAM = "There is no team of this name. Check the name, or use --make-teams to make the teams of the file."
OTHER_NAME = (
    "This email address belongs to somebody with another name. Correct the row, or the name on the person's page."
)
HAS_ROLE = "This person has another role in the organisation. Change it on the person's page, or take the row out."


class RowsRefused(Exception):
    """Rows that cannot be taken, by number, with the reason. Nothing was imported."""

    def __init__(self, reasons: dict[int, tuple[str, ...]]) -> None:
        super().__init__(f"{len(reasons)} rows")
        self.reasons = reasons


@dataclass
class PeopleImported:
    """`invited` has no password yet: each needs a one-time link."""

    invited: list[User]
    teams: int = 0
    memberships: int = 0
    already: int = 0


def check_people(
    *, rows: Sequence[StaffRow], sha256: str, by: User, at: datetime, make_teams: bool = False
) -> PeopleImported:
    """What an import would do. Everything is tried, and nothing is kept."""
    with acting(by=by, permission=Permission.MANAGE_PEOPLE, at=at) as actor:
        done = _imported(rows, sha256, actor, at, make_teams=make_teams)
        transaction.set_rollback(True)
        return done


def import_people(
    *, rows: Sequence[StaffRow], sha256: str, by: User, at: datetime, make_teams: bool = False
) -> PeopleImported:
    """Invite who is not there, and give the roles. Twice changes nothing more. A team that is missing is refused, or
    made with `make_teams`: a name written wrongly would be a second team that nobody looks into."""
    with acting(by=by, permission=Permission.MANAGE_PEOPLE, at=at) as actor:
        return _imported(rows, sha256, actor, at, make_teams=make_teams)


def _imported(rows: Sequence[StaffRow], sha256: str, actor: User, at: datetime, *, make_teams: bool) -> PeopleImported:
    lock_organisation(actor)
    done, refused = PeopleImported([]), {row.number: row.reasons for row in rows if row.reasons}
    for row in rows:
        if not row.reasons:
            try:
                _take(row, actor, at, done, make_teams=make_teams)
            except ValidationError as error:
                refused[row.number] = tuple(error.messages)
    if refused:
        raise RowsRefused(refused)
    figures = {"invited": len(done.invited), "teams": done.teams, "memberships": done.memberships}
    details = {"rows": len(rows), **figures, "already_there": done.already, "sha256": sha256}
    ledger.append("people.imported", organisation=actor.organisation_id, details=details)
    return done


def _take(row: StaffRow, actor: User, at: datetime, done: PeopleImported, *, make_teams: bool) -> None:
    team = _team(row, actor, done, make_teams=make_teams) if row.role in TEAM_ROLES else None
    person, is_new = _person(row, actor, at, done)
    changed = team is not None and _placed(row, person, team, done, actor, at)
    done.already += not (is_new or changed)


def _person(row: StaffRow, actor: User, at: datetime, done: PeopleImported) -> tuple[User, bool]:
    office = row.role if row.role in ORGANISATION_ROLES else ""
    person: User | None = User.objects.filter(email=row.email).first()
    if person is None:
        person = add_person(
            organisation=actor.organisation, full_name=row.full_name, email=row.email, job_title=row.job_title
        )
        if office:
            give_or_ask(person, office, by=actor, at=at)
        done.invited.append(person)
        return person, True
    if person.organisation_id != actor.organisation_id:
        raise ValidationError(CANNOT_BE_USED)
    if not person.is_active:
        raise ValidationError(DEACTIVATED)
    if office and person.organisation_role != office:
        raise ValidationError(HAS_ROLE)
    if person.full_name.casefold() != row.full_name.casefold():
        raise ValidationError(OTHER_NAME)
    return person, False


def _team(row: StaffRow, actor: User, done: PeopleImported, *, make_teams: bool) -> Team:
    team: Team | None = Team.objects.filter(organisation_id=actor.organisation_id, name__iexact=row.team).first()
    if team is None:
        if not make_teams:
            raise ValidationError(NO_SUCH_TEAM)
        team = Team(organisation_id=actor.organisation_id, name=row.team)
        team.save()
        done.teams += 1
    if team.closed:
        raise ValidationError(CLOSED)
    return team


def _placed(row: StaffRow, person: User, team: Team, done: PeopleImported, actor: User, at: datetime) -> bool:
    """Whether they had to be given the role in the team."""
    if team.memberships.filter(user=person, role=row.role).exists():
        return False
    give_membership(person, team, row.role, by=actor, at=at)
    done.memberships += 1
    return True
