"""Making the copy for the family, and opening it. A copy that was made never changes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.access import require
from accounts.actions.acting import acting
from accounts.models import User
from accounts.roles import Permission
from audit import ledger
from letters.models import LetterMade
from letters.output import bytes_of, sha256_of
from letters.pdf import NotInFont, made_with
from rights.actions.requests import locked_request
from rights.content import copy_content
from rights.leaving import MayNotLeave, why_not_by
from rights.models import FamilyCopy, RightsRequest
from rights.preparing import prepared, why_no_copy

NOT_IN_FONT = "The PDF cannot show one of the characters in this copy. Choose a page to print instead"
NOT_SAFE = "not_safe"


def make_copy(
    *,
    request: RightsRequest,
    contact: str,
    layout: str,
    output_format: str,
    route: str,
    submission_id: UUID,
    by: User,
    at: datetime,
) -> FamilyCopy:
    """Make the copy from what was decided of every item, and keep it by value with the hash of its bytes.

    Raises ValidationError while an item is not decided or who asks was not checked, and MayNotLeave where it must not
    go this way, which is entered in the ledger. Submitting the same form twice makes one.
    """
    with (
        _entering_refusal(request, by, at, route),
        acting(by=by, permission=Permission.ANSWER_REQUESTS, at=at) as officer,
    ):
        locked = locked_request(request, officer)
        existing: FamilyCopy | None = FamilyCopy.objects.of(locked).filter(public_id=submission_id).first()
        if existing:
            return existing
        records = prepared(locked, officer)
        refused = why_no_copy(locked, records)
        if refused:
            raise ValidationError(refused)
        unsafe = why_not_by(locked, route, timezone.localdate(at))
        if unsafe:
            raise MayNotLeave({"route": ValidationError(unsafe, code=NOT_SAFE)})
        content = copy_content(locked, records, contact=contact, layout=layout, day=timezone.localdate(at))
        try:
            digest = sha256_of(bytes_of(content, output_format))
        except NotInFont as error:
            raise ValidationError({"format": NOT_IN_FONT}) from error
        row = FamilyCopy(
            public_id=submission_id, organisation_id=locked.organisation_id, request=locked, format=output_format,
            route=route, content=content, sha256=digest, written_by=officer, written_at=at,
            made_with=made_with() if output_format == LetterMade.Format.PDF else "",
        )  # fmt: skip
        row.save()
        details = {"copy": row.pk, "format": output_format, "route": route, "sha256": digest}
        ledger.append("rights.copy_made", organisation=locked.organisation_id, obj=locked, details=details)
        return row


def open_copy(*, copy: FamilyCopy, by: User, at: datetime) -> str:
    """Enter in the ledger that a copy was opened, before it is shown, or was refused. Why it may not leave, if so."""
    require(by, Permission.ANSWER_REQUESTS)
    refused = why_not_by(copy.request, copy.route, timezone.localdate(at))
    event = "rights.copy_refused" if refused else "rights.copy_opened"
    with ledger.recording(actor=by, at=at):
        ledger.append(event, organisation=copy.organisation_id, obj=copy.request, details={"copy": copy.pk})
    return refused


@contextmanager
def _entering_refusal(request: RightsRequest, by: User, at: datetime, route: str) -> Iterator[None]:
    """A copy that must not leave is in the ledger too, although nothing else is left of the attempt."""
    try:
        yield
    except MayNotLeave:
        with ledger.recording(actor=by, at=at):
            details = {"route": route}
            ledger.append("rights.copy_refused", organisation=request.organisation_id, obj=request, details=details)
        raise
