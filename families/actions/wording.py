"""Keeping the wording that a change replaces, in the same transaction and before the change."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError

from accounts.models import User
from families.models import Disclosure, EarlierWording, Family, Person, SafeContact
from families.wording import RISK, SUBJECTS, UNWRITTEN
from rules.empty_reasons import is_empty_reason

WHY_CHANGED = (
    "Enter why this is changed, such as “I had misheard the day”. What was written before stays in the history"
)


def keep_wording(
    row: Disclosure | Family | Person | SafeContact,
    before: Mapping[str, str | None],
    *,
    why: str,
    by: User,
    at: datetime,
) -> None:
    """`before` has the answers that are about to change, as they are now. Raises ValidationError without a reason."""
    if is_empty_reason(why) and _needs_reason(row, before):
        raise ValidationError({"why_changed": WHY_CHANGED})
    EarlierWording(
        organisation_id=row.organisation_id,
        family_id=_family_of(row),
        subject=SUBJECTS[type(row)],
        subject_id=row.pk,
        version=row.version,
        before=dict(before),
        changed_at=at,
        changed_by=by,
        changed_by_name=by.name_on_record,
        why=why.strip(),
    ).save()


def _needs_reason(row: Disclosure | Family | Person | SafeContact, before: Mapping[str, str | None]) -> bool:
    """Always for a disclosure. Elsewhere to replace an answer, not to fill in what nobody knew.

    Contact details say how somebody knows, and a known risk has its note.
    """
    if isinstance(row, SafeContact):
        return False
    written = any(text not in UNWRITTEN for name, text in before.items() if not name.startswith(RISK))
    return isinstance(row, Disclosure) or written


def _family_of(row: Disclosure | Family | Person | SafeContact) -> int:
    if isinstance(row, Family):
        return int(row.pk)
    return int(row.person.family_id if isinstance(row, SafeContact) else row.family_id)
