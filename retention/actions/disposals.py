"""An officer disposes of records that are due; of more than one family's, a second officer agrees first."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import timezone

from accounts.actions.acting import acting
from accounts.models import User
from accounts.roles import Permission
from decisions.models import Decision
from families.models import Family
from retention.belongings import MODELS, Record
from retention.disposing import Authority, dispose
from retention.due import Due, due_records
from retention.kept_back import kept_back
from retention.models import Disposal, DisposalAnswer, DisposalRecord

NOTHING = "Choose what to dispose of"
NO_LONGER_DUE = "{} is no longer due. Look at the list again"
CHANGED = "This changed while you were here: {}"
NOT_YOURS = "Another data protection officer must answer this"


def propose_disposal(*, keys: Sequence[str], reason: str, submission_id: UUID, by: User, at: datetime) -> Disposal:
    """Dispose of these records, or let a second officer agree first. Raises ValidationError where one must stay."""
    with acting(by=by, permission=Permission.DISPOSE, at=at) as officer:
        existing: Disposal | None = Disposal.objects.visible_to(officer).filter(public_id=submission_id).first()
        if existing:
            return existing
        chosen = chosen_records(officer, keys, at)
        disposal = Disposal(
            public_id=submission_id, organisation_id=officer.organisation_id, reason=reason, written_by=officer,
            written_at=at, needs_second=needs_second(chosen),
        )  # fmt: skip
        disposal.save()
        for due in chosen:
            DisposalRecord(
                organisation_id=officer.organisation_id, disposal=disposal, kind=due.kind, record=due.row.public_id,
                reference=due.row.reference, rule=due.rule,
            ).save()  # fmt: skip
        if not disposal.needs_second:
            _run(disposal, chosen, officer, at)
        return disposal


def answer_disposal(*, disposal: Disposal, agreed: bool, reason: str, by: User, at: datetime) -> DisposalAnswer:
    """A second officer agrees, and everything goes; or does not, and everything stays."""
    with acting(by=by, permission=Permission.DISPOSE, at=at) as officer:
        rows = Disposal.objects.visible_to(officer).unanswered().select_for_update(of=("self",))
        locked: Disposal | None = rows.filter(pk=disposal.pk).first()
        if locked is None:
            raise Http404
        if locked.written_by_id == officer.pk:
            raise ValidationError(NOT_YOURS)
        answer = DisposalAnswer(
            organisation_id=officer.organisation_id, disposal=locked, agreed=agreed, reason=reason,
            written_by=officer, written_at=at,
        )  # fmt: skip
        answer.save()
        if agreed:
            keys = [str(record.record) for record in locked.records.all()]
            _run(locked, chosen_records(officer, keys, at), officer, at)
        return answer


def needs_second(chosen: Sequence[Due]) -> bool:
    """More than one family's records are never disposed of by one person alone."""
    return len(frozenset().union(*(due.families for due in chosen))) > 1


def chosen_records(by: User, keys: Sequence[str], at: datetime) -> list[Due]:
    """Those of these addresses, if every one is due and may go now. The oldest first: what follows goes after it."""
    if not keys:
        raise ValidationError(NOTHING)
    chosen = due_records(by, timezone.localdate(at), keys=list(keys))
    if len(chosen) != len(set(keys)):
        raise ValidationError(NO_LONGER_DUE.format("What you chose"))
    if why := kept_back(chosen, by):
        raise ValidationError([f"{reference}: {reason}" for reference, reason in why.items()])
    return sorted(chosen, key=lambda due: due.row.pk)


def _run(disposal: Disposal, chosen: Sequence[Due], by: User, at: datetime) -> None:
    # Locked as a hold locks them, so that none is put on hold meanwhile.
    families = frozenset[int]().union(*(due.families for due in chosen))
    list(Family.objects.select_for_update().filter(pk__in=families).order_by("pk"))
    for due in chosen:
        locked = MODELS[due.kind]._default_manager.select_for_update().filter(pk=due.row.pk).first()
        if locked is None or (isinstance(locked, Decision) and not locked.is_recorded):
            raise ValidationError(CHANGED.format(due.row.reference))
        rule = next(record.rule for record in disposal.records.all() if record.record == due.row.public_id)
        dispose(Record(due.kind, locked), Authority(rule=rule, at=at, disposal=disposal, by=by))
