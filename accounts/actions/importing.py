"""Inviting many people at once from a file, with their teams. All of them or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError

from accounts.actions.acting import acting, lock_organisation
from accounts.actions.people import CANNOT_BE_USED, add_person
from accounts.importing.rows import StaffRow
from accounts.models import Membership, Team, User
from accounts.roles import ORGANISATION_ROLES, TEAM_ROLES, Permission
from audit import ledger

CLOSED = "This team is closed. Choose another team, or reopen this one first."
DEACTIVATED = "This account is deactivated. Reactivate it on the person's page, or take the row out."
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


def import_people(*, rows: Sequence[StaffRow], sha256: str, by: User, at: datetime) -> PeopleImported:
    """Invite who is not there, make teams that are missing, and give the roles. Twice changes nothing more."""
    with acting(by=by, permission=Permission.MANAGE_PEOPLE, at=at) as actor:
        lock_organisation(actor)
        done, refused = PeopleImported([]), {row.number: row.reasons for row in rows if row.reasons}
        for row in rows:
            if not row.reasons:
                try:
                    _take(row, actor, done)
                except ValidationError as error:
                    refused[row.number] = tuple(error.messages)
        if refused:
            raise RowsRefused(refused)
        figures = {"invited": len(done.invited), "teams": done.teams, "memberships": done.memberships}
        details = {"rows": len(rows), **figures, "already_there": done.already, "sha256": sha256}
        ledger.append("people.imported", organisation=actor.organisation_id, details=details)
        return done


def _take(row: StaffRow, actor: User, done: PeopleImported) -> None:
    person, is_new = _person(row, actor, done)
    changed = row.role in TEAM_ROLES and _placed(row, person, actor, done)
    done.already += not (is_new or changed)


def _person(row: StaffRow, actor: User, done: PeopleImported) -> tuple[User, bool]:
    office = row.role if row.role in ORGANISATION_ROLES else ""
    person: User | None = User.objects.filter(email=row.email).first()
    if person is None:
        person = add_person(
            organisation=actor.organisation, full_name=row.full_name, email=row.email, job_title=row.job_title,
            organisation_role=office,
        )  # fmt: skip
        done.invited.append(person)
        return person, True
    if person.organisation_id != actor.organisation_id:
        raise ValidationError(CANNOT_BE_USED)
    if not person.is_active:
        raise ValidationError(DEACTIVATED)
    if office and person.organisation_role != office:
        raise ValidationError(HAS_ROLE)
    return person, False


def _placed(row: StaffRow, person: User, actor: User, done: PeopleImported) -> bool:
    """Whether they had to be given the role in the team."""
    team: Team | None = Team.objects.filter(organisation_id=actor.organisation_id, name__iexact=row.team).first()
    if team is None:
        team = Team(organisation_id=actor.organisation_id, name=row.team)
        team.save()
        done.teams += 1
    if team.closed:
        raise ValidationError(CLOSED)
    if team.memberships.filter(user=person, role=row.role).exists():
        return False
    Membership(organisation_id=actor.organisation_id, user=person, team=team, role=row.role).save()
    done.memberships += 1
    return True
