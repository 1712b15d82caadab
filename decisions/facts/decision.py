"""A recorded decision or a draft, as facts for the rules."""

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from decisions.facts.events import first_received, follow_up_of
from decisions.facts.informing import informing_now
from decisions.facts.people import local, person_facts, stands_for
from decisions.law_notices import notices_of
from decisions.models import (
    Decision,
    DecisionItem,
    DecisionProvision,
    DecisionRecipient,
    Sending,
)
from rules.assess import Assessment, assess
from rules.codes import Sensitivity, Trigger
from rules.facts import (
    AdviceFacts,
    BasisFacts,
    Facts,
    ItemFacts,
    OrderFacts,
    OrganisationFacts,
    PlanFacts,
    RecipientFacts,
    RequestFacts,
    SendingFacts,
    ShareDutyFacts,
)
from rules.facts_after_recording import FollowUpFacts
from rules.included import Includes
from rules.law import Law
from rules.law_files import load

COLUMNS = {
    Sensitivity.HEALTH: "health",
    Sensitivity.OFFENCES: "offences",
    Sensitivity.ETHNICITY: "ethnicity",
    Sensitivity.RELIGION: "religion",
    Sensitivity.SEX_LIFE: "sex_life",
    Sensitivity.SPECIAL: "other_special",
    Sensitivity.CONFIDENCE: "in_confidence",
    Sensitivity.PROCEEDINGS: "proceedings",
    Sensitivity.SOURCE: "protected_source",
}


def sensitivities_of(item: DecisionItem) -> list[str]:
    return [code.value for code, column in COLUMNS.items() if getattr(item, column)]


def included(decision: Decision) -> list[str]:
    """What the decision says that the shared information includes; empty where it was not answered."""
    return [kind.value for kind in Includes if getattr(decision, f"includes_{kind}")]


def facts_of(decision: Decision, recorded_at: datetime | None = None) -> Facts:
    """Uses the prefetched parts, so it costs no query on a loaded draft. `recorded_at` is the rules' current time."""
    return Facts(
        entry_route=decision.entry_route,
        trigger=decision.trigger,
        duty=decision.duty_code,
        organisation=_organisation(decision),
        decided_at=local(decision.decided_at),
        recorded_at=local(recorded_at or decision.recorded_at),
        urgent_recorded_at=local(decision.urgent.recorded_at if decision.urgent else None),
        outcome=decision.outcome,
        level=decision.level,
        level_at_refusal=decision.level_at_refusal,
        facts_text=decision.facts,
        opinion=decision.opinion,
        child_words=decision.child_words,
        happened=decision.happened,
        disclosed_at=_disclosed_at(decision),
        look_again_on=decision.look_again_on,
        passed_to=str(decision.passed_to_id or ""),
        follows=decision.supersedes_id is not None,
        left_out=tuple(decision.left_out.splitlines()),
        discovered_at=local(decision.discovered_at),
        how_discovered=decision.how_discovered,
        starts_on=decision.starts_on,
        share_anyway=decision.share_anyway,
        share_duty=ShareDutyFacts(
            holds=decision.duty_holds,
            relevant=decision.duty_relevant,
            helps=decision.duty_helps,
            detriment=decision.detriment,
        ),
        standing_until=decision.standing_until,
        request=_request(decision),
        order=_order(decision),
        plan=PlanFacts(
            reference=decision.plan_reference,
            made_on=decision.plan_on,
            in_line=decision.plan_in_line,
            departure=decision.plan_departure,
        ),
        includes=tuple(included(decision)),
        **_reasons(decision),
        **_parts(decision),
    )


def _disclosed_at(decision: Decision) -> datetime | None:
    """As it was when it was recorded: a disclosure may be corrected afterwards."""
    if not decision.is_draft:
        return local(decision.disclosed_at)
    return local(decision.disclosure.received_at) if decision.disclosure else None


REASONS = (
    "why_now", "why_outweighs", "why_no_more", "risk_if_shared", "risk_if_not", "whole_file_reason", "late_reason",
    "instead", "no_basis", "no_basis_reason", "what_changed", "cannot_recall", "standing_scope",
    "advice_first", "advice_not_needed", "source_talk",
    "about_staff", "lado_not_informed",
)  # fmt: skip


def _reasons(decision: Decision) -> dict[str, Any]:
    """Answers that have the same name in the facts as on the model."""
    return {name: getattr(decision, name) for name in REASONS}


def _organisation(decision: Decision) -> OrganisationFacts:
    """The organisation as it is now for a draft, and as it was when the decision was recorded."""
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
    law, notices = law_of(decision), notices_of(decision)
    received = first_received(decision)
    informing = informing_now(decision)
    return {
        "people": tuple(person_facts(decision, person, informing.get(person.pk)) for person in decision.people.all()),
        "recipients": tuple(
            _recipient(recipient, stands_for(recipient, decision.people.all()))
            for recipient in decision.recipients.all()
        ),
        "items": tuple(_item(item) for item in decision.items.all()),
        "basis": tuple(_basis(row, law) for row in decision.provisions.all()),
        "advice": tuple(
            AdviceFacts(who=advice.who, role=advice.role, at=local(advice.given_at), gist=advice.gist)
            for advice in decision.advice.all()
        ),
        "sendings": tuple(_sending(sending, received.get(sending.pk)) for sending in decision.sendings.all()),
        "commencements": notices.commencements,
        "local_provisions": notices.local_provisions,
        "retired": notices.retired,
        "follow_up": FollowUpFacts() if decision.is_draft else follow_up_of(decision),
    }


def law_of(decision: Decision) -> Law:
    """The law a draft uses, or a decision was recorded under; both include the organisation's notices."""
    notices = notices_of(decision)
    law = load(decision.law_version) if decision.law_version and not decision.is_draft else load()
    return law.for_us(notices.commencements, notices.local_provisions, notices.retired)


def _request(decision: Decision) -> RequestFacts:
    return RequestFacts(
        by_name=decision.asked_by_name,
        by_role=decision.asked_by_role,
        organisation=decision.asked_by_organisation,
        asked_at=_first_moment(decision.asked_on),
        what=decision.asked_for,
        why=decision.asked_why,
        identity_check=decision.identity_check,
        reference=decision.request_reference,
        authorising_officer=decision.authorising_officer,
        reply_by=decision.reply_by,
        reply=decision.asker_informed,
        neither_confirmed=decision.neither_confirmed,
    )


def _first_moment(day: date | None) -> datetime | None:
    """Of a day whose time nobody was asked for: what came later that day is not before it."""
    return timezone.make_aware(datetime.combine(day, time())) if day else None


def _order(decision: Decision) -> OrderFacts:
    return OrderFacts(
        court=decision.court,
        made_on=decision.order_made_on,
        scope=decision.order_scope,
        covers_from=decision.order_from,
        covers_to=decision.order_to,
        due_on=decision.reply_by if decision.trigger == Trigger.COURT_ORDER else None,
    )


def _sending(sending: Sending, received_at: datetime | None) -> SendingFacts:
    return SendingFacts(
        recipient_ref=str(sending.recipient_id),
        at=local(sending.sent_at),
        how=sending.how,
        said=sending.said_differently,
        receipt=sending.received_by,
        received_at=local(received_at),
    )


def _recipient(recipient: DecisionRecipient, people: tuple[str, ...]) -> RecipientFacts:
    return RecipientFacts(
        ref=str(recipient.pk),
        name=recipient.person_or_role,
        organisation=recipient.name,
        kind=recipient.kind,
        in_scope_16la=recipient.in_scope_16la,
        is_asker=recipient.is_asker,
        choice=recipient.choice,
        people=people,
    )


def _item(item: DecisionItem) -> ItemFacts:
    grid = list(item.grid.all())
    return ItemFacts(
        ref=str(item.pk),
        text=item.text,
        kind=item.kind,
        sensitivities=tuple(sensitivities_of(item)),
        about=tuple(str(row.person_id) for row in item.about.all()),
        not_disclosed_to=tuple(str(row.person_id) for row in item.not_disclosed_to.all()),
        proceedings_permission=item.proceedings_permission,
        dated_from=item.dated_from,
        dated_to=item.dated_to,
        given_to=tuple(str(row.recipient_id) for row in grid if row.given),
        withheld_from={str(row.recipient_id): row.why_withheld for row in grid if not row.given},
    )


def _basis(row: DecisionProvision, law: Law) -> BasisFacts:
    known = law.any_provision(row.code)
    answered = {known.refused_test: row.answer} if known and known.refused_test else {}
    return BasisFacts(
        code=row.code,
        layer=row.layer,
        refused_ok=row.refused_ok,
        person_ref=str(row.person_id) if row.person_id else None,
        answers=answered,
        kind=str(row.details.get("kind", "")),
        name=str(row.details.get("short_name", "")),
        law_version=str(row.details.get("version", "")),
        law_sha256=str(row.details.get("sha256", "")),
    )


def assessed(decision: Decision, recorded_at: datetime | None = None) -> Assessment:
    """The assessment by the rules. Costs no query on a decision read with its parts."""
    return assess(facts_of(decision, recorded_at=recorded_at), law_of(decision))
