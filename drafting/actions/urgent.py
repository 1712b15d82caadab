"""The urgent record: recorded and closed in one step, and completed by one decision."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404
from django.utils import timezone

from accounts.access import require
from accounts.models import Team, User
from accounts.queries import current_recipients_visible_to
from accounts.roles import Permission, Role
from audit import ledger
from decisions.actions.locks import unused_id
from decisions.facts.decision import facts_of
from decisions.indexing import index_urgent
from decisions.models import Decision, DecisionRecipient, DraftPage, Sending, UrgentRecord
from decisions.models.urgent import URGENT_FIELDS
from drafting.actions.drafts import start
from drafting.draft import load
from drafting.record_copies import copy_recipient
from drafting.steps import path
from families.actions import register_family
from families.models import Family
from rules.codes import EntryRoute, Outcome
from rules.recording import lateness
from rules.working_days import next_working_day

# The pages of a decision that the urgent record may answer in full.
ANSWERED = frozenset({"concern", "request", "outcome"})


def record_urgent(*, team: Team, answers: dict[str, Any], submission_id: UUID, by: User, at: datetime) -> UrgentRecord:
    """Make an urgent record. Completing it is due by the end of the next working day.

    `answers` are its six texts and `shared_at`; without a time, it was shared just now. `submission_id` is the id of
    the form as it was opened: submitting the same answers twice makes one record.
    """
    require(by, Permission.START_DECISIONS)
    if team.pk not in by.team_ids(Role.PRACTITIONER) or team.closed:
        raise PermissionDenied
    with ledger.recording(actor=by, at=at):
        # Lock the author, so that the second of two concurrent submissions sees the record the first one made.
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        same = {name: answers[name] for name in URGENT_FIELDS} | {"shared_at": answers["shared_at"] or F("recorded_at")}
        existing: UrgentRecord | None = by.urgent_records.filter(public_id=submission_id, team=team, **same).first()
        if existing:
            return existing
        urgent = UrgentRecord(
            public_id=unused_id(UrgentRecord, submission_id), organisation_id=by.organisation_id, team=team, author=by,
            **{**answers, "shared_at": answers["shared_at"] or at},
            recorded_at=at, complete_by=next_working_day(timezone.localdate(at)),
            author_name=by.name_on_record, author_job=by.job_title, team_name=team.name,
            organisation_name=by.organisation.name,
        )  # fmt: skip
        urgent.save()
        index_urgent(urgent)
        details = {"complete_by": urgent.complete_by.isoformat()}
        ledger.append("urgent.recorded", organisation=by.organisation_id, obj=urgent, details=details)
    return urgent


def complete(*, urgent: UrgentRecord, family: Family | None, new_family: str = "", by: User, at: datetime) -> Decision:
    """This person's draft that completes the urgent record, with its answers filled in.

    Without a family, one called `new_family` is registered. A draft already started is returned as it is. Raises
    Http404 when they may not complete it, or when a recorded decision already does.
    """
    require(by, Permission.START_DECISIONS)
    with ledger.recording(actor=by, at=at):
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        if not UrgentRecord.objects.may_be_completed_by(by).filter(pk=urgent.pk).exists():
            raise Http404
        started: Decision | None = Decision.objects.drafts_of(by).filter(urgent=urgent).first()
        if started:
            return started
        about = family or register_family(name=new_family, teams=[urgent.team], by=by, at=at)
        decision = start(entry_route=EntryRoute.TOLD, team=urgent.team, family=about, by=by, at=at)
        _carry_over(decision, urgent)
        _mark_complete(decision, by, at)
        details = {"decision": decision.reference}
        ledger.append("urgent.completion_started", organisation=urgent.organisation_id, obj=urgent, details=details)
    return decision


def _carry_over(decision: Decision, urgent: UrgentRecord) -> None:
    """Copy the answers of the urgent record into the draft, so that nothing is typed twice."""
    decision.urgent = urgent
    decision.facts, decision.why_now = urgent.information, urgent.why
    # To the minute, as pages save it: otherwise saving a page unchanged would put the sending before the decision.
    shared_at = urgent.shared_at.replace(second=0, microsecond=0)
    decision.outcome, decision.decided_at = Outcome.SHARED_ALL_NECESSARY, shared_at
    decision.save()
    part = {"organisation_id": decision.organisation_id, "decision": decision}
    recipient = DecisionRecipient(**part, name=urgent.recipient)
    named = list(current_recipients_visible_to(decision.author).filter(name__iexact=urgent.recipient))
    recipient.recipient = named[0] if len(named) == 1 else None
    copy_recipient(recipient)
    recipient.save()
    Sending(
        **part, recipient=recipient, sent_at=shared_at, how=urgent.how, written_at=urgent.recorded_at,
        written_by=urgent.author,
    ).save()  # fmt: skip


def _mark_complete(decision: Decision, by: User, at: datetime) -> None:
    """Mark the answered pages as complete, so that only missing answers are asked for, such as why it is late."""
    draft = load(decision, by)
    late = lateness(facts_of(draft.decision, recorded_at=at))
    for step in path(draft):
        if step.key not in ANSWERED or (late and step.key == "outcome"):
            continue
        if step.page.accepts_saved_answers(draft):
            DraftPage(
                organisation_id=decision.organisation_id,
                decision=decision,
                page=step.page.key,
                saved_at=at,
                complete=True,
            ).save()
