"""A role in the organisation that one person asks for, and another agrees to (ADR 0041)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts.actions.acting import acting, lock, lock_organisation
from accounts.actions.notices import officers, settle_agreement, tell_supervisors, tell_to_agree
from accounts.models import AccessNotice, RoleAgreement, User
from accounts.roles import Permission, Role

WAITS = "A colleague must first agree to what was asked for this person before, or refuse it."
ANSWERED = "This was answered already. Look at the person's page."
NOT_ALONE = "Another administrator or data protection officer must agree to what you asked for."
NOT_FOR_ONESELF = "This is about your own role. Another administrator or data protection officer must agree to it."
NO_LONGER = (
    "The person who asked for this no longer has a role in the organisation. Refuse it, and ask again if it is right."
)
SUPERVISOR_IS_NO_OFFICER = (
    "They review decisions as a supervisor, and a data protection officer answers complaints about them. "
    "End their place as supervisor first."
)
THEIR_LINK = (
    "One of you two made a new link for the other in the week before this was asked, or since. So it might be one "
    "person. Ask a third, or refuse it and ask again a week after the link."
)
INSPECTOR_ALONE = (
    "This account is an inspector's, and has no other role. For somebody who works here too, make an account with "
    "another email address."
)
DEACTIVATED = "This person has been deactivated. Refuse it, or reactivate them first."


def who_may_agree(person: User, asked_by: User) -> list[User]:
    """Administrators and officers beside both. Where there is none, the person it is about, if they hold a role."""
    others = list(officers(person, asked_by))
    if others or person.pk == asked_by.pk:
        return others
    return [person] if person.is_active and person.organisation_role else []


def somebody_else_may_agree(person: User, by: User) -> bool:
    """To the role of somebody who has been deactivated, and so does not agree themselves."""
    return officers(person, by).exists()


def give_or_ask(person: User, role: str, *, by: User, at: datetime) -> User:
    """Inside a recording block, both rows locked: ask those who may agree, or where nobody can, give it and tell."""
    agreeing = who_may_agree(person, by)
    if not agreeing:
        person.organisation_role = role
        person.save()
        tell_supervisors(person, AccessNotice.Change.OFFICE, role=role, by=by, at=at)
        return person
    if RoleAgreement.objects.filter(user=person, answered_at__isnull=True).exists():
        raise ValidationError({"organisation_role": WAITS})
    agreement = RoleAgreement(
        organisation_id=person.organisation_id, user=person, organisation_role=role, asked_by=by, asked_at=at
    )
    agreement.save()
    tell_to_agree(agreement, agreeing, by=by, at=at)
    return person


def answer_agreement(*, agreement: RoleAgreement, agreed: bool, by: User, at: datetime) -> RoleAgreement:
    """Give the role, or refuse it. Whoever asked may take it back, and never agrees to it."""
    with acting(by=by, permission=Permission.MANAGE_PEOPLE, at=at) as actor:
        lock_organisation(actor)
        row = lock(agreement, by=actor)
        if row.answered_at:
            raise ValidationError({"agreed": ANSWERED})
        if agreed:
            _give(row, actor)
        row.agreed, row.answered_by, row.answered_at = agreed, actor, at
        row.save()
        settle_agreement(row, at)
        return row


def refuse_supervisor(person: User, role: str, key: str) -> None:
    """Who answers a complaint about a decision must not have approved it."""
    if role == Role.DATA_PROTECTION_OFFICER and person.memberships.filter(role=Role.SUPERVISOR).exists():
        raise ValidationError({key: SUPERVISOR_IS_NO_OFFICER})


def refuse_inspector(person: User, key: str) -> None:
    """Whoever inspects is part of nothing that they inspect."""
    if person.is_inspector:
        raise ValidationError({key: INSPECTOR_ALONE})


def _give(row: RoleAgreement, actor: User) -> None:
    person = lock(row.user, by=actor)
    if actor.pk == row.asked_by_id:
        raise ValidationError({"agreed": NOT_ALONE})
    if actor.pk not in {user.pk for user in who_may_agree(person, row.asked_by)}:
        raise ValidationError({"agreed": NOT_FOR_ONESELF})
    if not (row.asked_by.is_active and row.asked_by.organisation_role):
        raise ValidationError({"agreed": NO_LONGER})
    if not person.is_active:
        raise ValidationError({"agreed": DEACTIVATED})
    refuse_supervisor(person, row.organisation_role, "agreed")
    refuse_made_link(row.asked_by, row.asked_at, actor)
    person.organisation_role = row.organisation_role
    person.save()


def refuse_made_link(asked_by: User, asked_at: datetime, actor: User) -> None:
    """Whoever made a link for the other one could be both of them."""
    since = asked_at - timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    links = AccessNotice.objects.filter(change=AccessNotice.Change.LINK, made_at__gte=since)
    pair = Q(about=actor, made_by=asked_by) | Q(about=asked_by, made_by=actor)
    if links.filter(pair).exists():
        raise ValidationError({"agreed": THEIR_LINK})
