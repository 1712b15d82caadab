"""A decision's rows as the rules read them."""

from datetime import datetime

from django.utils import timezone

from decisions.models import BasisRow, Decision, DecisionItem, DecisionPerson, DecisionRecipient
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
    TellingFacts,
)
from decisions.rules.law import load
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
        late_reason=decision.late_reason,
        outcome=decision.outcome,
        whole_file_reason=decision.whole_file_reason,
        level=decision.level,
        facts_text=decision.facts,
        opinion=decision.opinion,
        child_words=decision.child_words,
        why_now=decision.why_now,
        why_outweighs=decision.why_outweighs,
        why_no_more=decision.why_no_more,
        risk_if_shared=decision.risk_if_shared,
        risk_if_not=decision.risk_if_not,
        instead=decision.instead,
        look_again_on=decision.look_again_on,
        no_basis=decision.no_basis,
        no_basis_reason=decision.no_basis_reason,
        request=_request(decision),
        order=OrderFacts(
            court=decision.court,
            made_on=decision.order_made_on,
            scope=decision.order_scope,
            due_on=decision.reply_by if decision.trigger == Trigger.COURT_ORDER else None,
        ),
        people=tuple(_person(decision, person) for person in decision.people.all()),
        recipients=tuple(_recipient(recipient) for recipient in decision.recipients.all()),
        items=tuple(_item(item) for item in decision.items.all()),
        basis=tuple(_basis(row) for row in decision.basis_rows.all()),
        advice=tuple(
            AdviceFacts(who=one.who, role=one.role, at=_local(one.given_at), gist=one.gist)
            for one in decision.advice.all()
        ),
        sendings=tuple(
            SendingFacts(
                recipient_ref=str(one.recipient_id), at=_local(one.sent_at), how=one.how,
                said=one.said_differently, receipt=one.received_by,
            )
            for one in decision.sendings.all()
        ),
    )  # fmt: skip


def _organisation(decision: Decision) -> OrganisationFacts:
    """As it is while a draft; as it stood when it was recorded ever after."""
    now = decision.organisation
    draft = decision.is_draft
    return OrganisationFacts(
        kind=now.kind if draft else decision.organisation_kind,
        sector=now.sector if draft else decision.organisation_sector,
        in_scope_16la=now.in_scope_16la,
        policy_document_on=now.policy_document_on if draft else decision.policy_document_on,
    )


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


def _person(decision: Decision, person: DecisionPerson) -> PersonFacts:
    day = timezone.localdate(decision.decided_at or decision.started_at)
    return PersonFacts(
        ref=str(person.pk),
        role=person.role,
        age=youngest_age(person, day),
        alleged_source_of_harm=person.source_of_harm,
        parental_responsibility=person.parental_responsibility,
        competence=person.competence,
        competence_note=person.competence_note,
        consent_state=person.consent_state or "UNKNOWN",
        consent_at=_local(person.consent_at),
        consent_how=person.consent_how,
        views=person.views,
        not_asked_reason=person.not_asked_reason,
        not_asked_text=person.not_asked_text,
        agreed_with=person.not_asked_agreed_with,
        look_again_on=person.telling_review_on,
        could_hear=person.could_hear,
        p18_reason=person.p18_reason,
        p18_text=person.p18_text,
        telling=TellingFacts(
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
        ),
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


def _basis(row: BasisRow) -> BasisFacts:
    law = load().any_row(row.code)
    answered = {law.refused_test: row.answer} if law and law.refused_test else {}
    return BasisFacts(
        code=row.code,
        layer=row.layer,
        refused_ok=row.refused_ok,
        person_ref=str(row.person_id) if row.person_id else None,
        answers=answered,
        kind=str(row.row.get("kind", "")),
    )
