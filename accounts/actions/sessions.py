"""End a user's sessions, one's own elsewhere or all of somebody else's: each stops working at its next request."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.actions.acting import acting, lock
from accounts.models import User
from accounts.open_sessions import handle_of, keys_of
from accounts.roles import Permission
from audit import ledger

OWN = "To end your own, open “Where you are signed in” under “Your sign-in”."


def end_own_sessions(*, by: User, this: str, handle: str = "", at: datetime) -> int:
    """The one with that handle, or all but `this`. Returns how many were open."""
    with ledger.recording(actor=by, at=at):
        person: User = User.objects.select_for_update(no_key=True).get(pk=by.pk)
        if not person.is_active:
            raise PermissionDenied
        keys = [key for key in keys_of(person, at=at) if key != this]
        return _end([key for key in keys if handle in {"", handle_of(key)}], person)


def end_sessions(*, user: User, by: User, at: datetime) -> int:
    """All of somebody else's. Their password and second factor stay theirs: they may sign in again at once."""
    with acting(by=by, permission=Permission.MANAGE_PEOPLE, at=at) as actor:
        person = lock(user, by=actor)
        if person.pk == actor.pk:
            raise ValidationError(OWN)
        return _end(keys_of(person, at=at), person)


def _end(keys: list[str], person: User) -> int:
    ended: int = Session.objects.filter(session_key__in=keys).delete()[0]
    if ended:
        details = {"ended": str(ended)}
        ledger.append("account.sessions_ended", organisation=person.organisation_id, obj=person, details=details)
    return ended
