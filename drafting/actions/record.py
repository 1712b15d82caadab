"""Record a draft: prepare, assess, close it and write the ledger entries, in one transaction."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.http import Http404
from django.utils import timezone

from accounts.access import require
from accounts.models import User
from accounts.roles import Permission
from audit import ledger
from audit.closed_rows import entered_values
from audit.models import AuditedModel
from decisions.facts.decision import facts_of
from decisions.indexing import index_decision
from decisions.models import (
    ConsentEvent,
    ContactPlan,
    Decision,
    DecisionPerson,
    InformingEvent,
    UrgentRecord,
    ViewsReadBack,
)
from decisions.models.answers import consent_answers, contact_answers, informing_answers
from decisions.queries import is_own
from drafting.actions.drafts import judge_again
from drafting.actions.prepare import Prepared, prepared
from drafting.draft import Draft, load
from drafting.steps import CHECK, next_key, update_completeness
from families.reaching import known_of_way
from rules.assess import Assessment, assess
from rules.codes import Outcome

Columns = dict[str, Any]


class NotReady(Exception):
    """The decision cannot be recorded yet: something in it would be false or unlawful, or a page is incomplete."""

    def __init__(self, assessment: Assessment, page: str) -> None:
        super().__init__("this decision cannot be recorded yet")
        self.assessment = assessment
        self.page = page


class AlreadyRecorded(Exception):
    """Another decision already completes the urgent record, or decides what was passed to a manager.

    The draft stays as it is.
    """


def record(*, decision: Decision, by: User, at: datetime) -> Decision:
    """Record the author's draft. Recording it a second time changes nothing, so a double click is harmless.

    Raises NotReady or AlreadyRecorded, leaving the draft as it was, and Http404 for anybody else's draft.
    """
    require(by, Permission.RECORD_DECISIONS)
    try:
        return _record(decision, by, at)
    except NotReady:
        # The rollback undid the stored completeness too: store it again, so that the pages show what is wrong.
        judge_again(decision=decision, by=by, at=at)
        raise


def _record(decision: Decision, by: User, at: datetime) -> Decision:
    with ledger.recording(actor=by, at=at):
        own = Decision.objects.filter(organisation_id=by.organisation_id, author=by, pk=decision.pk)
        locked = own.select_for_update().first()
        if locked is None:
            raise Http404
        if not locked.is_draft:
            return locked
        if not is_own(locked, by):
            raise Http404
        return _close(locked, by, at)


def _close(locked: Decision, by: User, at: datetime) -> Decision:
    draft = load(locked, by)
    as_read = [(row, _columns(row)) for row in _answered(draft)]
    update_completeness(draft)
    page = next_key(draft)
    _lock_urgent_record(locked)
    _lock_decision_passed_to_manager(locked)
    prepared_draft = prepared(draft)
    decision = prepared_draft.decision
    assessment = assess(facts_of(decision, recorded_at=at))
    if not assessment.may_be_recorded or page != CHECK:
        raise NotReady(assessment, page)
    _write_parts(draft, prepared_draft, as_read)
    decision.state, decision.recorded_at = Decision.State.RECORDED, at
    decision.save(update_fields=["state", "recorded_at"])
    for person in decision.people.all():
        _first_events(decision, person, by, at)
    _enter_values(decision, prepared_draft.dropped)
    index_decision(decision, _parts(decision))
    return decision


def _lock_decision_passed_to_manager(decision: Decision) -> None:
    """Lock the decision that was passed to a manager, so that the second of two concurrent decisions sees the first."""
    if decision.supersedes_id is None:
        return
    previous = Decision.objects.recorded().filter(pk=decision.supersedes_id, outcome=Outcome.PASSED_UP)
    if previous.select_for_update().first() and previous.filter(followed_by__state="recorded").exists():
        raise AlreadyRecorded


def _lock_urgent_record(decision: Decision) -> None:
    """Lock the urgent record, so that the second of two concurrent completions sees the first."""
    if decision.urgent_id:
        UrgentRecord.objects.select_for_update().get(pk=decision.urgent_id)
        if Decision.objects.recorded().filter(urgent=decision.urgent_id).exists():
            raise AlreadyRecorded


def _answered(draft: Draft) -> Iterator[AuditedModel]:
    """The decision and those of its parts that `prepared` may change."""
    yield from (*draft.people, *draft.recipients, *draft.provisions, *draft.items, draft.decision)


def _columns(row: AuditedModel) -> Columns:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def _write_parts(draft: Draft, prepared_draft: Prepared, as_read: Iterable[tuple[AuditedModel, Columns]]) -> None:
    """Save what was prepared, and delete the parts that do not apply, while the decision is still a draft.

    Once it is closed, the dropped answers would enter the ledger as the earlier values. What `prepared` left as it was
    read is not written again.
    """
    unused = [] if draft.keeps_sharing_answers else [*draft.items, *draft.provisions]
    for part in unused:
        part.delete()
    for row, before in as_read:
        now = _columns(row)
        changed = [name for name, value in before.items() if now[name] != value]
        if changed and row not in unused:
            row.save(update_fields=changed)
    prepared_draft.decision.draft_pages.all().delete()


def _first_events(decision: Decision, person: DecisionPerson, by: User, at: datetime) -> None:
    event: dict[str, Any] = {
        "organisation_id": decision.organisation_id,
        "decision": decision,
        "person": person,
        "written_at": at,
        "written_by": by,
    }
    if person.consent_state:
        consent = ConsentEvent(**event, **consent_answers(person))
        consent.save()
        _first_read_back(consent, person)
    if person.informing_state:
        way_known = known_of_way(person.person_id, person.informed_how, timezone.localdate(at))
        InformingEvent(**event, **informing_answers(person), way_known=way_known).save()
    if person.kept_working or person.planned_on:
        ContactPlan(**event, **contact_answers(person)).save()


def _first_read_back(consent: ConsentEvent, person: DecisionPerson) -> None:
    if person.read_back and person.read_back_at:
        ViewsReadBack(
            organisation_id=consent.organisation_id, decision=consent.decision, consent=consent,
            outcome=person.read_back, corrected_to=person.corrected_to, read_back_at=person.read_back_at,
            read_back_by=person.read_back_by, written_at=consent.written_at, written_by=consent.written_by,
        ).save()  # fmt: skip


def _parts(decision: Decision) -> Iterator[AuditedModel]:
    yield from decision.decision_families.all()
    for person in decision.people.all():
        yield person
        yield from person.covers.all()
    yield from decision.recipients.all()
    for item in decision.items.all():
        yield item
        yield from item.about.all()
        yield from item.not_disclosed_to.all()
        yield from item.grid.all()
    yield from decision.provisions.all()
    yield from decision.sendings.all()
    yield from decision.advice.all()
    yield from decision.guidance_seen.all()


def _enter_values(decision: Decision, dropped: Iterable[str]) -> None:
    """Enter the values of all fields, once: for a draft the ledger had only their names."""
    organisation = decision.organisation_id
    for part in _parts(decision):
        part.decision = decision  # type: ignore[attr-defined]  # the closed one, so that values are entered
        ledger.append("decision.part_recorded", organisation=organisation, obj=part, changes=entered_values(part))
    details = {"outcome": decision.outcome, "dropped": ", ".join(sorted(dropped))}
    if decision.urgent:
        details["urgent"] = decision.urgent.reference
    ledger.append(
        "decision.recorded", organisation=organisation, obj=decision, changes=entered_values(decision),
        details=details,
    )  # fmt: skip
