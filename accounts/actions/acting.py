"""How every action begins: a recording block, the permission checked again, the row locked."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from accounts.access import require
from accounts.models import (
    DutyNumber,
    Inspection,
    Membership,
    Organisation,
    Recipient,
    ReviewCover,
    RoleAgreement,
    SignOn,
    Team,
    User,
)
from accounts.roles import Permission
from audit import ledger
from audit.statements import rows_of

Owned = TypeVar("Owned", Team, User, Membership, Recipient, DutyNumber, ReviewCover, RoleAgreement, SignOn, Inspection)


@contextmanager
def acting(*, by: User, permission: Permission, at: datetime) -> Iterator[User]:
    """A recording block in which `by`, read again, has the permission now."""
    with ledger.recording(actor=by, at=at):
        [fresh] = rows_of(User, _fresh, [by.pk])
        require(fresh, permission)
        yield fresh


def _fresh(keys: list[int]) -> "QuerySet[User]":
    return User.objects.select_related("organisation").filter(pk__in=keys)


def lock_organisation(user: User) -> Organisation:
    """Lock the organisation, so that checks such as "the last administrator" cannot race.

    Not its key: whoever writes a row of the organisation meanwhile, and holds a person that is locked next, would wait
    for this lock and this lock for them.
    """
    locked: Organisation = Organisation.objects.select_for_update(no_key=True).get(pk=user.organisation_id)
    return locked


def lock(row: Owned, *, by: User) -> Owned:
    """The row, locked, if it is of the actor's own organisation."""
    model = type(row)
    locked: Owned | None = (
        model.objects.select_for_update(no_key=True).filter(pk=row.pk, organisation_id=by.organisation_id).first()
    )
    if locked is None:
        raise PermissionDenied
    return locked
