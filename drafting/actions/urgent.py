"""Somebody was told first: the six are written and closed at once, and one decision says the rest."""

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
from decisions.actions.locks import free
from decisions.facts.decision import facts_of
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

# The pages of a decision that the six may answer in full.
ANSWERED = frozenset({"concern", "request", "outcome"})


def record_urgent(*, team: Team, answers: dict[str, Any], submission_id: UUID, by: User, at: datetime) -> UrgentRecord:
    """The six, closed at once; the rest is due by the end of the next working day.

    `answers` are the six texts and `shared_at`; without that, it was just now. `once` names the page as it was opened:
    the same answers sent twice are one record.
    """
    require(by, Permission.START_DECISIONS)
    if team.pk not in by.team_ids(Role.PRACTITIONER) or team.closed:
        raise PermissionDenied
    with ledger.recording(actor=by, at=at):
        # One at a time for each author: two taps at once must not both find nothing.
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        same = {name: answers[name] for name in URGENT_FIELDS} | {"shared_at": answers["shared_at"] or F("recorded_at")}
        twice: UrgentRecord | None = by.urgent_records.filter(public_id=submission_id, team=team, **same).first()
        if twice:
            return twice
        urgent = UrgentRecord(
            public_id=free(UrgentRecord, submission_id), organisation_id=by.organisation_id, team=team, author=by,
            **{**answers, "shared_at": answers["shared_at"] or at},
            recorded_at=at, complete_by=next_working_day(timezone.localdate(at)),
            author_name=by.full_name, author_job=by.job_title, team_name=team.name,
            organisation_name=by.organisation.name,
        )  # fmt: skip
        urgent.save()
        details = {"complete_by": urgent.complete_by.isoformat()}
        ledger.append("urgent.recorded", organisation=by.organisation_id, obj=urgent, details=details)
    return urgent


def complete(*, urgent: UrgentRecord, family: Family | None, new_family: str = "", by: User, at: datetime) -> Decision:
    """The one draft in which this person says the rest, with what the six said filled in.

    Without a family, one called `new_family` is registered in passing. Begun before, the draft is given back as it was
    left. Http404 where they may not, or where a recorded decision says the rest.
    """
    require(by, Permission.START_DECISIONS)
    with ledger.recording(actor=by, at=at):
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        if not UrgentRecord.objects.may_be_completed_by(by).filter(pk=urgent.pk).exists():
            raise Http404
        begun: Decision | None = Decision.objects.drafts_of(by).filter(urgent=urgent).first()
        if begun:
            return begun
        about = family or register_family(name=new_family, teams=[urgent.team], by=by, at=at)
        decision = start(entry_route=EntryRoute.TOLD, team=urgent.team, family=about, by=by, at=at)
        _carry_over(decision, urgent)
        _count_as_done(decision, by, at)
        details = {"decision": decision.reference}
        ledger.append("urgent.completion_started", organisation=urgent.organisation_id, obj=urgent, details=details)
    return decision


def _carry_over(decision: Decision, urgent: UrgentRecord) -> None:
    """Nothing is typed twice: what was told, why it could not wait, to whom, when and how."""
    decision.urgent = urgent
    decision.facts, decision.why_now = urgent.information, urgent.why
    # To the minute, as pages show and save it: or a page sent back unchanged would put the sending before the decision.
    shared_at = urgent.shared_at.replace(second=0, microsecond=0)
    decision.outcome, decision.decided_at = Outcome.SHARED_ALL_NECESSARY, shared_at
    decision.save()
    mine = {"organisation_id": decision.organisation_id, "decision": decision}
    recipient = DecisionRecipient(**mine, name=urgent.recipient)
    recipient.recipient = current_recipients_visible_to(decision.author).filter(name__iexact=urgent.recipient).first()
    copy_recipient(recipient)
    recipient.save()
    Sending(
        **mine, recipient=recipient, sent_at=shared_at, how=urgent.how, written_at=urgent.recorded_at,
        written_by=urgent.author,
    ).save()  # fmt: skip


def _count_as_done(decision: Decision, by: User, at: datetime) -> None:
    """Whoever completes it is led only to what is missing; a reason for being late is."""
    draft = load(decision, by)
    late = lateness(facts_of(draft.decision, recorded_at=at))
    for step in path(draft):
        if step.key not in ANSWERED or (late and step.key == "outcome"):
            continue
        if step.page(draft).accepts_what_was_saved():
            DraftPage(
                organisation_id=decision.organisation_id,
                decision=decision,
                page=step.page.key,
                saved_at=at,
                complete=True,
            ).save()
