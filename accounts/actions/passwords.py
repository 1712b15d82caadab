from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError

from accounts.actions.acting import acting, lock
from accounts.actions.notices import tell_of_link
from accounts.actions.sign_on import end_sign_ons
from accounts.models import Organisation, User
from accounts.roles import Permission
from audit import ledger


def withdraw_password(*, user: User, by: User, at: datetime) -> User:
    """Make a new one-time link possible: the password, sign-ons, older links and open sessions all end.

    So nobody can make a link for somebody else without them noticing.
    """
    with acting(by=by, permission=Permission.MANAGE_PEOPLE, at=at) as actor:
        person = lock(user, by=actor)
        if not person.is_active:
            raise ValidationError("This person has been deactivated. Reactivate them first.")
        _withdraw(person, {}, at)
        tell_of_link(person, by=actor, at=at)
        return person


def withdraw_password_by_command(*, user: User, reason: str, at: datetime) -> User:
    """As `withdraw_password`, by whoever runs the site, where nobody of the organisation can: they are told, and why
    is in the ledger."""
    with ledger.recording(actor=None, at=at):
        Organisation.objects.select_for_update(no_key=True).get(pk=user.organisation_id)
        person: User = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if not (person.is_active and person.organisation_role):
            raise PermissionDenied
        _withdraw(person, {"reason": reason.strip(), "by": "manage.py new_link"}, at)
        tell_of_link(person, by=None, at=at)
        return person


def _withdraw(person: User, details: dict[str, str], at: datetime) -> None:
    end_sign_ons(person, at=at)
    person.set_unusable_password()
    person.save()
    ledger.append("account.link_made", organisation=person.organisation_id, obj=person, details=details)


def choose_password(*, user: User, password: str, at: datetime) -> User:
    """Set the password that the user chose after opening a one-time link."""
    with ledger.recording(actor=user, at=at):
        person: User = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if not person.is_active:
            raise PermissionDenied
        person.set_password(password)
        person.save()
        ledger.append("account.password_chosen", organisation=person.organisation_id, obj=person)
        return person
