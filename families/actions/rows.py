"""How every action of this app begins: find the row, lock it, and check that nobody changed it meanwhile."""

from dataclasses import asdict
from datetime import datetime
from typing import Any, Protocol, TypeVar, cast

from django.core.exceptions import PermissionDenied

from accounts.models import User
from families.actions.wording import keep_wording
from families.details import ContactDetails, DisclosureDetails, PersonDetails
from families.models import Disclosure, Family, Person, SafeContact
from families.queries import FamilyBoundQuerySet
from families.wording import as_text

Row = TypeVar("Row", Disclosure, Family, Person, SafeContact)


class Versioned(Protocol):
    version: int


class ChangedMeanwhile(Exception):
    """Somebody else saved the row after this person opened it. Nothing was changed."""


def locked(row: Row, *, by: User) -> Row:
    """The row, locked until the transaction ends. Refused unless the user may change it."""
    rows = cast("FamilyBoundQuerySet[Any]", type(row).objects)
    found = rows.editable_by(by).select_for_update().filter(pk=row.pk).first()
    if found is None:
        raise PermissionDenied
    return cast("Row", found)


def same_version(row: Versioned, version: int) -> None:
    if row.version != version:
        raise ChangedMeanwhile


def change(
    row: Row,
    details: PersonDetails | ContactDetails | DisclosureDetails | dict[str, Any],
    *,
    why: str,
    by: User,
    at: datetime,
) -> bool:
    """Keep the wording of what differs, then save it. Saving what was there already changes nothing: False."""
    wanted = details if isinstance(details, dict) else asdict(details)
    different: list[str] = [field for field, value in wanted.items() if getattr(row, field) != value]
    if not different:
        return False
    keep_wording(row, as_text(row, different), why=why, by=by, at=at)
    for field in different:
        setattr(row, field, wanted[field])
    row.version += 1
    row.save(update_fields=[*different, "version"])
    return True
