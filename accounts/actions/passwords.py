from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError

from accounts.actions.acting import acting, lock
from accounts.models import User
from accounts.roles import Permission
from audit import ledger


def withdraw_password(*, user: User, by: User, at: datetime) -> User:
    """Make a new one-time link possible: the password, older links and open sessions all end.

    So nobody can make a link for somebody else without them noticing.
    """
    with acting(by=by, permission=Permission.MANAGE_PEOPLE, at=at) as actor:
        person = lock(user, by=actor)
        if not person.is_active:
            raise ValidationError("This person has been deactivated. Reactivate them first.")
        person.set_unusable_password()
        person.save()
        ledger.append("account.link_made", organisation=person.organisation_id, obj=person)
        return person


def choose_password(*, user: User, password: str, at: datetime) -> User:
    """Set the password that the user chose after opening a one-time link."""
    with ledger.recording(actor=user, at=at):
        person: User = User.objects.select_for_update().get(pk=user.pk)
        if not person.is_active:
            raise PermissionDenied
        person.set_password(password)
        person.save()
        ledger.append("account.password_chosen", organisation=person.organisation_id, obj=person)
        return person
