"""Supersede a recorded decision: a new draft that refers to it and starts with its answers."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404

from accounts.access import require
from accounts.models import User
from accounts.roles import Permission
from audit import ledger
from decisions.actions.locks import unused_id
from decisions.actions.restricting import follow_restriction
from decisions.facts.decision import COLUMNS
from decisions.forms.consent_terms import PREFIXES
from decisions.models import (
    ConsentCovers,
    Decision,
    DecisionItem,
    DecisionPerson,
    DecisionRecipient,
    DraftPage,
    ItemAbout,
    ItemNotDisclosedTo,
    ItemRecipient,
)
from decisions.models.answers import CONSENT_FIELDS
from decisions.models.decision import INCLUDED
from drafting.draft import load
from drafting.pages.concern import BACKGROUND
from drafting.pages.concern import COPIED as COPIED_FROM_DISCLOSURE
from drafting.pages.consent_by_age import LOOKED
from drafting.pages.consent_person import AT_RISK
from drafting.pages.request import DUTY, OF_THE_POLICE, ORDER, REQUEST
from drafting.record_copies import COPIED
from drafting.rows import add_family
from drafting.steps import update_completeness
from families.models import Disclosure, Family
from rules.codes import REFUSALS, Outcome

# What stays true of the same concern. Reasons are copied only for a manager deciding what was passed to them.
CONCERN = [*COPIED_FROM_DISCLOSURE, "disclosure_version", "level", "known_risk", *BACKGROUND]
HOW_IT_BEGAN = ["trigger", *REQUEST, *OF_THE_POLICE, *ORDER, *DUTY, "starts_on"]
REASONS = ["why_now", "why_outweighs", "why_no_more", "risk_if_shared", "risk_if_not"]
OF_PERSON = [
    *COPIED, "person_version", "source_of_harm", "competence", *LOOKED, "best_interests", *AT_RISK, "could_hear",
    "safe_contact",
]  # fmt: skip
OF_RECIPIENT = [
    "recipient_id", "name", "kind", "in_scope_16la", "route_kind", "route", "route_checked_on", "how_used",
    "how_used_changed", "person_or_role", "is_asker",
]  # fmt: skip
OF_ITEM = [
    "text", "kind", *COLUMNS.values(), "proceedings_permission", "dated_from", "dated_to", "handling", "why_withheld",
]  # fmt: skip


def supersede(
    *, decision: Decision, by: User, at: datetime, outcome: str = "", submission_id: UUID | None = None
) -> Decision:
    """Start a draft that supersedes a recorded decision, in its team, or return the one already started.

    For users who may add to the decision, and for the manager it was passed to. Raises Http404 for everybody else, and
    PermissionDenied when its team is closed or a family in it may no longer be seen.
    """
    require(by, Permission.RECORD_DECISIONS)
    with ledger.recording(actor=by, at=at):
        previous: Decision | None = (
            Decision.objects.supersedable_by(by).select_for_update().filter(pk=decision.pk).first()
        )
        if previous is None:
            raise Http404
        if previous.team.closed:
            raise PermissionDenied
        started: Decision | None = Decision.objects.drafts_of(by).filter(supersedes=previous).first()
        stops = outcome == Outcome.STOPPED and previous.is_shared
        if started:
            if stops and started.outcome != Outcome.STOPPED:
                started.outcome = Outcome.STOPPED
                started.save(update_fields=["outcome"])
                update_completeness(load(started, by))
            return started
        if previous.decision_families.exclude(family__in=Family.objects.visible_to(by)).exists():
            # Its text may be about a family that this user may no longer see.
            raise PermissionDenied
        draft = _draft(previous, by, at, submission_id, outcome=Outcome.STOPPED if stops else "")
        if by.has_restricted:
            follow_restriction(previous=previous, draft=draft, by=by, at=at)
        people = _people(previous, draft)
        recipients = _recipients(previous, draft)
        _items(previous, draft, people, recipients)
        _level_at_refusal(draft, people)
        for page in ("people", "request") if recipients else ("people",):
            DraftPage(organisation_id=draft.organisation_id, decision=draft, page=page, version=1, saved_at=at).save()
        update_completeness(load(draft, by))
        details = {"entry_route": draft.entry_route, "supersedes": previous.reference}
        ledger.append("decision.started", organisation=draft.organisation_id, obj=draft, details=details)
    return draft


def _draft(previous: Decision, by: User, at: datetime, submission_id: UUID | None, *, outcome: str) -> Decision:
    passed_to_manager = previous.outcome == Outcome.PASSED_UP
    columns = [*CONCERN, *HOW_IT_BEGAN, *INCLUDED, "includes_none", *(REASONS if passed_to_manager else [])]
    draft = Decision(
        public_id=unused_id(Decision, submission_id), organisation_id=previous.organisation_id,
        team_id=previous.team_id, author=by, entry_route=previous.entry_route, started_at=at, supersedes=previous,
        disclosure=_disclosure(previous, by),
        about_staff=previous.about_staff,
        outcome=outcome,
        **{name: getattr(previous, name) for name in columns},
    )  # fmt: skip
    draft.save()
    return draft


def _disclosure(previous: Decision, by: User) -> Disclosure | None:
    if previous.disclosure_id is None:
        return None
    visible: Disclosure | None = Disclosure.objects.visible_to(by).filter(pk=previous.disclosure_id).first()
    return visible


def _people(previous: Decision, draft: Decision) -> dict[int, DecisionPerson]:
    """Copy the people with their latest consent, to be checked again rather than typed again."""
    for row in previous.decision_families.select_related("family"):
        add_family(draft, row.family)
    latest_consent = {event.person_id: event for event in previous.consent_events.all()}
    safe_contacts = {
        event.person_id: event.safe_contact for event in previous.informing_events.all() if event.safe_contact
    }
    copies: dict[int, DecisionPerson] = {}
    for person in previous.people.all():
        copy = DecisionPerson(organisation_id=draft.organisation_id, decision=draft, person_id=person.person_id)
        _copy(person, copy, OF_PERSON)
        # The latest safe contact counts: an older one may no longer be safe.
        copy.safe_contact = safe_contacts.get(person.pk, copy.safe_contact)
        event = latest_consent.get(person.pk)
        if event:
            _copy(event, copy, CONSENT_FIELDS)
        copy.save()
        copies[person.pk] = copy
    _covers(previous, draft, copies)
    return copies


def _level_at_refusal(draft: Decision, people: dict[int, DecisionPerson]) -> None:
    """Somebody had said no by then: that alone raises no level of concern (drafting/pages/concern.py)."""
    if any(person.consent_state in REFUSALS for person in people.values()):
        draft.level_at_refusal = draft.level
        draft.save(update_fields=["level_at_refusal"])


def _covers(previous: Decision, draft: Decision, copies: dict[int, DecisionPerson]) -> None:
    """Whose information each consent covered, where consent still stands."""
    for person in previous.people.all():
        giver = copies[person.pk]
        for row in person.covers.all() if giver.consent_state in PREFIXES else ():
            common = {"organisation_id": draft.organisation_id, "decision": draft}
            ConsentCovers(**common, giver=giver, person=copies[row.person_id]).save()


def _recipients(previous: Decision, draft: Decision) -> dict[int, DecisionRecipient]:
    copies: dict[int, DecisionRecipient] = {}
    for recipient in previous.recipients.all():
        copy = DecisionRecipient(organisation_id=draft.organisation_id, decision=draft)
        _copy(recipient, copy, OF_RECIPIENT)
        copy.save()
        copies[recipient.pk] = copy
    return copies


def _items(
    previous: Decision, draft: Decision, people: dict[int, DecisionPerson], recipients: dict[int, DecisionRecipient]
) -> None:
    for item in previous.items.all():
        copy = DecisionItem(organisation_id=draft.organisation_id, decision=draft)
        _copy(item, copy, OF_ITEM)
        copy.save()
        common = {"organisation_id": draft.organisation_id, "decision": draft, "item": copy}
        for model, rows in ((ItemAbout, item.about.all()), (ItemNotDisclosedTo, item.not_disclosed_to.all())):
            for row in rows:
                model(**common, person=people[row.person_id]).save()
        for cell in item.grid.all():
            ItemRecipient(
                **common, recipient=recipients[cell.recipient_id], given=cell.given, why_withheld=cell.why_withheld
            ).save()


def _copy(source: Model, copy: Model, names: Iterable[str]) -> None:
    for name in names:
        setattr(copy, name, getattr(source, name))
