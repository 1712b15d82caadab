"""A decision's rows as the rules read them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from decisions.models import (
    BasisRow,
    Decision,
    DecisionItem,
    DecisionPerson,
    DecisionRecipient,
    Sending,
    TellingEvent,
)
from decisions.rules.codes import Sensitivity, Trigger
from decisions.rules.facts import (
    AdviceFacts,
    BasisFacts,
    Facts,
    ItemFacts,
    OrderFacts,
    OrganisationFacts,
    PersonFacts,
    RecipientFacts,
    RequestFacts,
    SendingFacts,
    SinceFacts,
    TellingFacts,
)
from decisions.rules.law import Law, load
from decisions.since import since_of
from families.ages import youngest_age

COLUMNS = {
    Sensitivity.HEALTH: "health",
    Sensitivity.SPECIAL: "other_special",
    Sensitivity.OFFENCES: "offences",
    Sensitivity.CONFIDENCE: "in_confidence",
    Sensitivity.PROCEEDINGS: "proceedings",
    Sensitivity.SOURCE: "protected_source",
}


def sensitivities_of(item: DecisionItem) -> list[str]:
    return [code.value for code, column in COLUMNS.items() if getattr(item, column)]


def facts_of(decision: Decision, recorded_at: datetime | None = None) -> Facts:
    """Reads the prefetched parts, so it costs no query on a loaded draft. `recorded_at` is the rules' present."""
    return Facts(
        door=decision.door,
        trigger=decision.trigger,
        duty=decision.duty_code,
        organisation=_organisation(decision),
        decided_at=_local(decision.decided_at),
        recorded_at=_local(recorded_at or decision.recorded_at),
        told_first_recorded_at=_local(decision.urgent.recorded_at if decision.urgent else None),
        outcome=decision.outcome,
        level=decision.level,
        facts_text=decision.facts,
        opinion=decision.opinion,
        child_words=decision.child_words,
        look_again_on=decision.look_again_on,
        passed_to=str(decision.passed_to_id or ""),
        follows=decision.supersedes_id is not None,
        standing_until=decision.standing_until,
        request=_request(decision),
        order=_order(decision),
        **_reasons(decision),
        **_parts(decision),
    )


REASONS = (
    "why_now", "why_outweighs", "why_no_more", "risk_if_shared", "risk_if_not", "whole_file_reason", "late_reason",
    "instead", "no_basis", "no_basis_reason", "what_changed", "cannot_recall", "standing_scope",
)  # fmt: skip


def _reasons(decision: Decision) -> dict[str, Any]:
    """Answers that the rules call by the column's name."""
    return {name: getattr(decision, name) for name in REASONS}


def _organisation(decision: Decision) -> OrganisationFacts:
    """As it is now for a draft; as it was then for what is recorded, whatever has become of it since."""
    if decision.is_draft:
        now = decision.organisation
        return OrganisationFacts(
            kind=now.kind,
            sector=now.sector,
            in_scope_16la=now.in_scope_16la,
            policy_document_on=now.policy_document_on,
        )
    return OrganisationFacts(
        kind=decision.organisation_kind,
        sector=decision.organisation_sector,
        in_scope_16la=decision.in_scope_16la,
        policy_document_on=decision.policy_document_on,
    )


def _parts(decision: Decision) -> dict[str, Any]:
    law = law_of(decision)
    told = _latest([] if decision.is_draft else decision.telling_events.all())
    return {
        "people": tuple(_person(decision, person, told.get(person.pk)) for person in decision.people.all()),
        "recipients": tuple(_recipient(recipient) for recipient in decision.recipients.all()),
        "items": tuple(_item(item) for item in decision.items.all()),
        "basis": tuple(_basis(row, law) for row in decision.basis_rows.all()),
        "advice": tuple(
            AdviceFacts(who=one.who, role=one.role, at=_local(one.given_at), gist=one.gist)
            for one in decision.advice.all()
        ),
        "sendings": tuple(_sending(one) for one in decision.sendings.all()),
        "since": SinceFacts() if decision.is_draft else since_of(decision),
    }


def law_of(decision: Decision) -> Law:
    """The law it was recorded under; for a draft, the one in use."""
    return load(decision.law_version) if decision.law_version and not decision.is_draft else load()


def _latest(events: Iterable[TellingEvent]) -> dict[int, TellingEvent]:
    """The present of each person is their latest event. A draft has none: its answers stand on the person."""
    return {event.person_id: event for event in events}


def _local(when: datetime | None) -> datetime | None:
    """The law of a day is the law of that day here, not in UTC."""
    return timezone.localtime(when) if when else None


def _request(decision: Decision) -> RequestFacts:
    return RequestFacts(
        by_name=decision.asked_by_name,
        by_role=decision.asked_by_role,
        organisation=decision.asked_by_organisation,
        asked_at=None,
        what=decision.asked_for,
        why=decision.asked_why,
        identity_check=decision.identity_check,
        reference=decision.request_reference,
        reply_by=decision.reply_by,
        told=decision.asker_told,
    )


def _order(decision: Decision) -> OrderFacts:
    return OrderFacts(
        court=decision.court,
        made_on=decision.order_made_on,
        scope=decision.order_scope,
        due_on=decision.reply_by if decision.trigger == Trigger.COURT_ORDER else None,
    )


def age_then(decision: Decision, person: DecisionPerson) -> int | None:
    """In years, on the day of the decision."""
    return youngest_age(person, timezone.localdate(decision.decided_at or decision.started_at))


def _person(decision: Decision, person: DecisionPerson, told: TellingEvent | None) -> PersonFacts:
    return PersonFacts(
        ref=str(person.pk),
        role=person.role,
        age=age_then(decision, person),
        alleged_source_of_harm=person.source_of_harm,
        parental_responsibility=person.parental_responsibility,
        competence=person.competence,
        competence_note=person.competence_note,
        look_again_on=told.review_on if told else person.telling_review_on,
        could_hear=person.could_hear,
        p18_reason=person.p18_reason,
        p18_text=person.p18_text,
        telling=_told_since(told) if told else _told(person),
        consent_state=person.consent_state or "UNKNOWN",
        consent_at=_local(person.consent_at),
        consent_how=person.consent_how,
        views=person.views,
        not_asked_reason=person.not_asked_reason,
        not_asked_text=person.not_asked_text,
        agreed_with=person.not_asked_agreed_with,
    )


def _told(person: DecisionPerson) -> TellingFacts:
    return TellingFacts(
        state=person.telling_state,
        at=_local(person.told_at),
        how=person.told_how,
        by_whom=person.told_by,
        reason=person.telling_reason,
        text=person.telling_text,
        review_on=person.telling_review_on,
        closing=person.telling_closing,
        agreed_with=person.telling_agreed_with,
        approver=person.telling_agreed_with,
        who_what_why=person.told_who_what_why,
        no_choice_explained=person.told_no_choice,
        safe_contact=person.told_safely,
        safe_contact_note=person.safe_contact,
    )


def _told_since(event: TellingEvent) -> TellingFacts:
    return TellingFacts(
        state=event.state,
        at=_local(event.at),
        how=event.how,
        by_whom=event.told_by,
        reason=event.reason,
        text=event.text,
        review_on=event.review_on,
        closing=event.closing,
        agreed_with=event.agreed_with,
        approver=event.agreed_with,
        who_what_why=event.who_what_why,
        no_choice_explained=event.no_choice,
        safe_contact=event.told_safely,
        safe_contact_note=event.safe_contact,
    )


def _sending(sending: Sending) -> SendingFacts:
    return SendingFacts(
        recipient_ref=str(sending.recipient_id),
        at=_local(sending.sent_at),
        how=sending.how,
        said=sending.said_differently,
        receipt=sending.received_by,
    )


def _recipient(recipient: DecisionRecipient) -> RecipientFacts:
    return RecipientFacts(
        ref=str(recipient.pk),
        name=recipient.person_or_role,
        organisation=recipient.name,
        is_asker=recipient.is_asker,
        choice=recipient.choice,
    )


def _item(item: DecisionItem) -> ItemFacts:
    grid = list(item.grid.all())
    return ItemFacts(
        ref=str(item.pk),
        text=item.text,
        kind=item.kind,
        sensitivities=tuple(sensitivities_of(item)),
        about=tuple(str(row.person_id) for row in item.about.all()),
        must_not_reach=tuple(str(row.person_id) for row in item.must_not_reach.all()),
        proceedings_permission=item.proceedings_permission,
        given_to=tuple(str(row.recipient_id) for row in grid if row.given),
        held_from={str(row.recipient_id): row.why_held for row in grid if not row.given},
    )


def _basis(row: BasisRow, law: Law) -> BasisFacts:
    known = law.any_row(row.code)
    answered = {known.refused_test: row.answer} if known and known.refused_test else {}
    return BasisFacts(
        code=row.code,
        layer=row.layer,
        refused_ok=row.refused_ok,
        person_ref=str(row.person_id) if row.person_id else None,
        answers=answered,
        kind=str(row.row.get("kind", "")),
    )
