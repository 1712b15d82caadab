"""How views find the row in a URL."""

from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import User
from audit.parts import read_parts
from audit.statements import rows_where
from families.models import Disclosure, Family, Person, SafeContact
from families.queries import FamilyBoundQuerySet, is_visible_to

Row = TypeVar("Row", Disclosure, Family, Person, SafeContact)


def visible(rows: FamilyBoundQuerySet[Row], user: User, public_id: UUID) -> Row:
    return _get(rows.visible_to(user), public_id)


def visible_family(user: User, public_id: UUID) -> Family:
    """As `visible`, of a family with its teams, without composing SQL at every request (ADR 0023)."""
    found = rows_where(Family, "public_id", [public_id])
    read_parts(found, ("family_teams__team",))
    if not found or not is_visible_to(found[0], user):
        raise Http404
    return found[0]


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
