"""Whose account at another service is whose here. Nobody is made by signing on."""

from datetime import datetime, timedelta

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts.actions.acting import acting, lock
from accounts.models import Organisation, SignOn, User
from accounts.roles import Permission
from audit import ledger

OWN_SIGN_ON = "You cannot end your own sign-on: you could not sign in again. Ask another administrator."


def bind_sign_on(*, user: User, issuer: str, subject: str, at: datetime) -> SignOn:
    """For somebody invited who has no password: the link they have stops working with it.

    Whoever has a password keeps it until an administrator makes a new link, so nobody is bound without noticing.
    """
    with ledger.recording(actor=user, at=at):
        person: User = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if not person.is_active or person.has_usable_password():
            raise PermissionDenied
        held = SignOn(organisation_id=person.organisation_id, user=person, issuer=issuer, subject=subject, bound_at=at)
        try:
            with transaction.atomic():
                held.save()
        except IntegrityError:
            raise PermissionDenied from None
        # Another one that cannot be used: links and sessions are tied to it.
        person.set_unusable_password()
        person.save()
        return held


def unbind_sign_on(*, sign_on: SignOn, by: User, at: datetime) -> None:
    """Stop somebody signing on with that account. They are signed out everywhere, and need a new link."""
    with acting(by=by, permission=Permission.MANAGE_PEOPLE, at=at) as actor:
        row = lock(sign_on, by=actor)
        if row.user_id == actor.pk:
            raise ValidationError(OWN_SIGN_ON)
        end_sign_ons(row.user, at=at, only=row)


def end_sign_ons(person: User, *, at: datetime, only: SignOn | None = None) -> None:
    """Inside an open recording block."""
    rows = person.sign_ons.all()
    if (rows.filter(pk=only.pk) if only else rows).remove_audited():
        _end_sessions(person, at)


def _end_sessions(person: User, at: datetime) -> None:
    """Read one by one, because a session says whose it is only inside: this is seldom, and they are few."""
    for session in Session.objects.filter(expire_date__gt=at - timedelta(minutes=1)):
        if session.get_decoded().get(SESSION_KEY) == str(person.pk):
            session.delete()


def refuse_sign_on(*, organisation: Organisation | None, service: str, why: str, at: datetime) -> None:
    """An entry without a word of who it was: what a token says of somebody refused is not ours to keep."""
    with ledger.recording(actor=None, at=at):
        ledger.append(
            "account.sign_on_refused",
            organisation=organisation.pk if organisation else ledger.SITE,
            details={"service": service, "why": why},
        )
