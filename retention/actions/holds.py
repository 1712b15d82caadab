from datetime import datetime
from uuid import UUID

from django.http import Http404

from accounts.actions.acting import acting
from accounts.models import User
from accounts.roles import Permission
from decisions.models import Decision
from families.models import Family
from retention.closed_on_duty import without_closed_on_duty
from retention.models import Hold, HoldLifted
from rules.retention import RecordKind


def hold(*, record: Decision | Family, reason: str, submission_id: UUID, by: User, at: datetime) -> Hold:
    """Keep the record, whatever its rule says, until the hold is lifted. Sent twice, it makes one."""
    with acting(by=by, permission=Permission.DISPOSE, at=at) as officer:
        existing: Hold | None = Hold.objects.visible_to(officer).filter(public_id=submission_id).first()
        if existing:
            return existing
        # Locked, so that it is not disposed of meanwhile.
        rows = type(record).objects.select_for_update().filter(pk=record.pk, organisation=officer.organisation_id)
        kind = RecordKind.DECISION if isinstance(record, Decision) else RecordKind.FAMILY
        locked = without_closed_on_duty(kind, rows, officer).first()
        if locked is None or (isinstance(locked, Decision) and not locked.is_recorded):
            raise Http404
        made = Hold(
            public_id=submission_id, organisation_id=officer.organisation_id, reason=reason, written_by=officer,
            written_at=at, decision=locked if isinstance(locked, Decision) else None,
            family=locked if isinstance(locked, Family) else None,
        )  # fmt: skip
        made.save()
        return made


def lift_hold(*, hold: Hold, reason: str, by: User, at: datetime) -> HoldLifted:
    """Let the rule of the record count again."""
    with acting(by=by, permission=Permission.DISPOSE, at=at) as officer:
        locked = Hold.objects.visible_to(officer).standing().select_for_update(of=("self",)).filter(pk=hold.pk).first()
        if locked is None:
            raise Http404
        lifted = HoldLifted(
            organisation_id=officer.organisation_id, hold=locked, reason=reason, written_by=officer, written_at=at
        )
        lifted.save()
        return lifted
