from datetime import datetime

from django.core.exceptions import ValidationError

from accounts.actions.acting import acting, lock, lock_organisation
from accounts.actions.agreements import refuse_inspector
from accounts.actions.notices import tell_of_team
from accounts.models import AccessNotice, Membership, Team, User
from accounts.roles import TEAM_ROLES, Permission, Role

OWN_TEAM = (
    "You cannot put yourself in a team. Ask another administrator or data protection officer. "
    "If there is none, invite one first."
)
OFFICER_REVIEWS_NOTHING = (
    "A data protection officer answers complaints about decisions, so they review none. "
    "Choose somebody else as supervisor."
)


def add_team(*, name: str, by: User, at: datetime) -> Team:
    with acting(by=by, permission=Permission.MANAGE_PEOPLE, at=at) as actor:
        organisation = lock_organisation(actor)
        _refuse_taken_name(name, actor)
        team = Team(organisation=organisation, name=name.strip())
        team.save()
        return team


def rename_team(*, team: Team, name: str, by: User, at: datetime) -> Team:
    with acting(by=by, permission=Permission.MANAGE_PEOPLE, at=at) as actor:
        lock_organisation(actor)
        row = lock(team, by=actor)
        _refuse_taken_name(name, actor, but=row)
        row.name = name.strip()
        row.save()
        return row


def close_team(*, team: Team, by: User, at: datetime) -> Team:
    """Only an empty team can be closed, so that closing never silently ends somebody's role."""
    with acting(by=by, permission=Permission.MANAGE_PEOPLE, at=at) as actor:
        lock_organisation(actor)
        row = lock(team, by=actor)
        if row.memberships.exists():
            raise ValidationError("People are still in this team. End their membership of the team first.")
        row.closed = True
        row.save()
        return row


def reopen_team(*, team: Team, by: User, at: datetime) -> Team:
    with acting(by=by, permission=Permission.MANAGE_PEOPLE, at=at) as actor:
        row = lock(team, by=actor)
        row.closed = False
        row.save()
        return row


def add_membership(*, user: User, team: Team, role: str, by: User, at: datetime) -> Membership:
    """Give somebody else a role in a team; its supervisors are told. Doing it twice changes nothing."""
    with acting(by=by, permission=Permission.MANAGE_PEOPLE, at=at) as actor:
        lock_organisation(actor)
        person, row = lock(user, by=actor), lock(team, by=actor)
        if role not in TEAM_ROLES:
            raise ValidationError({"role": "Select a role from the list."})
        if row.closed:
            raise ValidationError({"team": "This team is closed. Choose another team, or reopen this one first."})
        held: Membership | None = row.memberships.filter(user=person, role=role).first()
        if held is None:
            held = give_membership(person, row, str(role), by=actor, at=at)
        return held


def give_membership(person: User, team: Team, role: str, *, by: User, at: datetime) -> Membership:
    """Inside an open recording block, with the organisation locked."""
    if person.pk == by.pk:
        raise ValidationError({"user": OWN_TEAM})
    refuse_inspector(person, "user")
    if role == Role.SUPERVISOR and person.organisation_role == Role.DATA_PROTECTION_OFFICER:
        raise ValidationError({"role": OFFICER_REVIEWS_NOTHING})
    held = Membership(organisation_id=team.organisation_id, user=person, team=team, role=role)
    held.save()
    tell_of_team(person, team, AccessNotice.Change.TEAM_ROLE, role=role, by=by, at=at)
    return held


def end_membership(*, membership: Membership, by: User, at: datetime) -> None:
    """End somebody's role in a team."""
    with acting(by=by, permission=Permission.MANAGE_PEOPLE, at=at) as actor:
        lock_organisation(actor)
        row = lock(membership, by=actor)
        Membership.objects.filter(pk=row.pk).remove_audited()


def _refuse_taken_name(name: str, actor: User, but: Team | None = None) -> None:
    same = Team.objects.filter(organisation_id=actor.organisation_id, name__iexact=name.strip())
    if any(row.pk != (but and but.pk) for row in same):
        raise ValidationError({"name": "There is already a team with this name. Choose another name."})
