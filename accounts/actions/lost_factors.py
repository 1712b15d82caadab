"""Somebody's phone is lost: what they signed in with is taken away, and they set up again (ADR 0049)."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.actions.acting import acting, lock
from accounts.actions.notices import tell_of_reset
from accounts.models import Organisation, User
from accounts.roles import Permission
from audit import ledger

OWN = "You cannot do this for yourself. Ask another administrator or data protection officer."
NO_REASON = "Write how you know that it is them, and what happened."


def reset_factors(*, user: User, reason: str, by: User, at: datetime) -> User:
    """Take away all second factors of somebody else. Their open sessions end; the password stays."""
    with acting(by=by, permission=Permission.MANAGE_PEOPLE, at=at) as actor:
        person = lock(user, by=actor)
        if person.pk == actor.pk:
            raise ValidationError({"reason": OWN})
        _reset(person, {"reason": _said(reason)}, at=at)
        tell_of_reset(person, by=actor, at=at)
        return person


def reset_factors_by_command(*, user: User, reason: str, at: datetime) -> User:
    """The same for an administrator or officer, by whoever runs the site, where nobody of the organisation can."""
    with ledger.recording(actor=None, at=at):
        Organisation.objects.select_for_update(no_key=True).get(pk=user.organisation_id)
        person: User = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if not (person.is_active and person.organisation_role):
            raise PermissionDenied
        _reset(person, {"reason": _said(reason), "by": "manage.py new_link"}, at=at)
        tell_of_reset(person, by=None, at=at)
        return person


def _said(reason: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": NO_REASON})
    return reason.strip()


def _reset(person: User, details: dict[str, str], *, at: datetime) -> None:
    Authenticator.objects.filter(user=person).delete()
    person.factors_reset_at = at
    person.save()
    ledger.append("account.second_factor_reset", organisation=person.organisation_id, obj=person, details=details)
