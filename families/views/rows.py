"""How views find the row in a URL."""

from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import User
from families.models import Disclosure, Family, Person, SafeContact
from families.queries import FamilyBoundQuerySet

Row = TypeVar("Row", Disclosure, Family, Person, SafeContact)


def visible(rows: FamilyBoundQuerySet[Row], user: User, public_id: UUID) -> Row:
    return _get(rows.visible_to(user), public_id)


def editable(rows: FamilyBoundQuerySet[Any], user: User, public_id: UUID) -> Any:
    """404 for a row the user may not see, 403 for one they may see but not edit."""
    row = rows.editable_by(user).filter(public_id=public_id).first()
    if row is None:
        _get(rows.visible_to(user), public_id)
        raise PermissionDenied
    return row


def _get(rows: FamilyBoundQuerySet[Row], public_id: UUID) -> Row:
    row = rows.filter(public_id=public_id).first()
    if row is None:
        raise Http404
    return row
