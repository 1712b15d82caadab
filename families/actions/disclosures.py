from dataclasses import asdict
from datetime import datetime

from accounts.actions.acting import acting
from accounts.models import User
from accounts.roles import Permission
from families.actions.rows import change, locked, same_version
from families.details import DisclosureDetails
from families.models import Disclosure, Family


def add_disclosure(*, family: Family, details: DisclosureDetails, by: User, at: datetime) -> Disclosure:
    """Record a disclosure, written now by this user, whenever it was received."""
    with acting(by=by, permission=Permission.EDIT_FAMILIES, at=at) as actor:
        row = locked(family, by=actor)
        disclosure = Disclosure(
            organisation_id=row.organisation_id,
            family=row,
            written_at=at,
            written_by=actor,
            **asdict(details),
        )
        disclosure.save()
        return disclosure


def correct_disclosure(
    *, disclosure: Disclosure, details: DisclosureDetails, version: int, why: str = "", by: User, at: datetime
) -> Disclosure:
    """Who first wrote it, and when, does not change; the history has each earlier wording and why it was changed."""
    with acting(by=by, permission=Permission.EDIT_FAMILIES, at=at) as actor:
        row = locked(disclosure, by=actor)
        same_version(row, version)
        change(row, details, why=why, by=actor, at=at)
        return row
