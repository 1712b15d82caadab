from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.actions.acting import acting, lock, lock_organisation
from accounts.actions.agreements import give_or_ask, refuse_inspector, refuse_supervisor, somebody_else_may_agree
from accounts.actions.notices import tell_of_office, tell_of_teams
from accounts.models import AccessNotice, Organisation, User
from accounts.roles import ORGANISATION_ROLES, Permission, widens

CANNOT_BE_USED = "This email address cannot be used. Check it, or ask the person for another one."
OWN_ROLE = (
    "You cannot change your own role. Ask another administrator or data protection officer. "
    "If there is none, invite one first."
)


def add_person(
    *,
    organisation: Organisation,
    full_name: str,
    email: str,
    job_title: str = "",
    organisation_role: str = "",
    email_key: str = "email",
    is_inspector: bool = False,
) -> User:
    """Make a user without a password, inside an open recording block.

    The error is the same whoever has the address, because users of another organisation are confidential.
    """
    person = User(
        organisation=organisation,
        full_name=full_name.strip(),
        email=email.strip().lower(),
        job_title=job_title.strip(),
        organisation_role=_organisation_role(organisation_role),
        is_inspector=is_inspector,
    )
    person.set_unusable_password()
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:
        raise ValidationError({email_key: CANNOT_BE_USED}) from None
    return person


def invite(
    *, full_name: str, email: str, job_title: str = "", organisation_role: str = "", by: User, at: datetime
) -> User:
    """Add a user to the actor's organisation; a one-time link lets them choose a password.

    A role in the organisation is theirs once a second person agrees, if there is one.
    """
    with acting(by=by, permission=Permission.MANAGE_PEOPLE, at=at) as actor:
        lock_organisation(actor)
        role = _organisation_role(organisation_role)
        person = add_person(organisation=actor.organisation, full_name=full_name, email=email, job_title=job_title)
        return give_or_ask(person, role, by=actor, at=at) if role else person


def change_person(*, user: User, full_name: str, job_title: str, by: User, at: datetime) -> User:
    """Corrects a name or a job title. Recorded decisions keep what they copied."""
    with acting(by=by, permission=Permission.MANAGE_PEOPLE, at=at) as actor:
        person = lock(user, by=actor)
        person.full_name, person.job_title = full_name.strip(), job_title.strip()
        person.save()
        return person


def change_organisation_role(*, user: User, organisation_role: str, by: User, at: datetime) -> User:
    """Set or clear somebody else's role in the organisation. At least one active person must always hold one.

    What allows more is theirs once a second person agrees, if there is one (ADR 0041).
    """
    with acting(by=by, permission=Permission.MANAGE_PEOPLE, at=at) as actor:
        lock_organisation(actor)
        person = lock(user, by=actor)
        held, wanted = person.organisation_role, _organisation_role(organisation_role)
        if wanted == held:
            return person
        if not wanted:
            _refuse_last_administrator(person, "organisation_role")
        if person.pk == actor.pk:
            raise ValidationError({"organisation_role": OWN_ROLE})
        refuse_inspector(person, "organisation_role")
        refuse_supervisor(person, wanted, "organisation_role")
        if widens(held, wanted):
            return give_or_ask(person, wanted, by=actor, at=at)
        person.organisation_role = wanted
        person.save()
        tell_of_office(person, AccessNotice.Change.OFFICE_ENDED, role=held, by=actor, at=at)
        return person


def deactivate(*, user: User, by: User, at: datetime) -> User:
    """Stop somebody signing in, from their next request. Their records stay theirs."""
    with acting(by=by, permission=Permission.MANAGE_PEOPLE, at=at) as actor:
        lock_organisation(actor)
        person = lock(user, by=actor)
        if person.pk == actor.pk:
            raise ValidationError("You cannot deactivate yourself. Ask another administrator to do it.")
        _refuse_last_administrator(person)
        held = person.organisation_role if person.is_active else ""
        person.is_active = False
        person.save()
        if held:
            tell_of_office(person, AccessNotice.Change.DEACTIVATED, role=held, by=actor, at=at)
        return person


def reactivate(*, user: User, by: User, at: datetime) -> User:
    """Let somebody sign in again, with the team roles they had. A second person agrees to a role in the organisation
    again, if there is one."""
    with acting(by=by, permission=Permission.MANAGE_PEOPLE, at=at) as actor:
        lock_organisation(actor)
        person = lock(user, by=actor)
        if person.is_active:
            return person
        held = person.organisation_role
        asks = bool(held) and somebody_else_may_agree(person, actor)
        person.is_active = True
        person.organisation_role = "" if asks else held
        person.save()
        tell_of_teams(person, AccessNotice.Change.REACTIVATED, by=actor, at=at)
        if asks:
            return give_or_ask(person, held, by=actor, at=at)
        if held:
            tell_of_office(person, AccessNotice.Change.REACTIVATED, role=held, by=actor, at=at)
        return person


def _organisation_role(value: str) -> str:
    if value and value not in ORGANISATION_ROLES:
        raise ValidationError({"organisation_role": "Select a role from the list."})
    return str(value)


def _refuse_last_administrator(person: User, key: str | None = None) -> None:
    """Refuse to leave the organisation without an administrator: nobody could invite anybody again."""
    holders = User.objects.filter(organisation_id=person.organisation_id, is_active=True).exclude(organisation_role="")
    if person.organisation_role and person.is_active and not holders.exclude(pk=person.pk).exists():
        message = (
            "This is the last active administrator or data protection officer. Give the role to someone else first."
        )
        raise ValidationError({key: message} if key else message)
