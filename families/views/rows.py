"""How views find the row an address names."""

from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import User
from families.models import Disclosure, Family, Person, SafeContact
from families.queries import FamilyBoundQuerySet

Row = TypeVar("Row", Disclosure, Family, Person, SafeContact)


def visible(rows: FamilyBoundQuerySet[Row], user: User, public_id: UUID) -> Row:
    return _one(rows.visible_to(user), public_id)


def editable(rows: FamilyBoundQuerySet[Any], user: User, public_id: UUID) -> Any:
    """404 for what the person may not know of, 403 for what they may see and not change."""
    found = rows.editable_by(user).filter(public_id=public_id).first()
    if found is None:
        _one(rows.visible_to(user), public_id)
        raise PermissionDenied
    return found


def _one(rows: FamilyBoundQuerySet[Row], public_id: UUID) -> Row:
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found
