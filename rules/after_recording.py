"""Findings about what happened after recording. The record itself is assessed as it stood when recorded."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from rules import codes
from rules.agreement import agreed
from rules.basis import applies
from rules.codes import ResponseKind
from rules.empty_reasons import is_empty_reason
from rules.facts import Facts, PersonFacts, aware
from rules.facts_after_recording import LaterConsentFacts
from rules.findings import Finding, finding
from rules.law import Law
from rules.people import concerned, consent_state, is_shared, recipient_name


def latest_consent(facts: Facts, person: PersonFacts, by: datetime | None = None) -> LaterConsentFacts | None:
    """A person's latest consent recorded after the decision, optionally up to a moment."""
    later = [
        consent
        for consent in facts.follow_up.consent
        if consent.person_ref == person.ref and (by is None or aware(consent.at) <= aware(by))
    ]
    return max(later, key=lambda consent: aware(consent.at), default=None)


def with_latest_consent(facts: Facts, by: datetime | None = None) -> Facts:
    """The same decision with each person's latest consent, optionally up to a moment."""
    people = []
    for person in facts.people:
        last = latest_consent(facts, person, by)
        changes = {"consent_state": last.state, "agreed_to": last.agreed_to, "until": last.until} if last else {}
        people.append(replace(person, **changes))  # type: ignore[arg-type]  # fields of the person, by name
    return replace(facts, people=tuple(people))


def without_consent(facts: Facts, by: datetime | None = None) -> tuple[PersonFacts, ...]:
    """People whose consent let it be shared when it was recorded, and no longer does."""
    if not is_shared(facts):
        return ()
    later, day = with_latest_consent(facts, by), by.date() if by else None
    now = {person.ref: person for person in later.people}
    provisions = [provision for provision in facts.basis if provision.code in codes.CONSENT_PROVISIONS]
    return tuple(
        person
        for person in concerned(facts)
        if any(applies(provision, person) for provision in provisions)
        and agreed(facts, person)
        and not agreed(later, now[person.ref], day=day)
    )


def sent_after_withdrawal(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Consent can be withdrawn, and no later sharing may rely on it (UK GDPR Article 7(3))."""
    for sending in facts.sendings:
        if sending.at:
            for person in without_consent(facts, sending.at):
                yield finding("SENT_AFTER_WITHDRAWAL", person=person.ref)


def refused_since(facts: Facts, _law: Law) -> Iterator[Finding]:
    """A later refusal has to be considered too (UK GDPR Articles 7(3) and 21)."""
    if not is_shared(facts):
        return
    for person in facts.people:
        last = latest_consent(facts, person)
        if last and last.state in codes.REFUSALS and consent_state(person) not in codes.REFUSALS:
            yield finding("REFUSED_SINCE", person=person.ref)


def escalated(facts: Facts, _law: Law) -> Iterator[Finding]:
    """A concern that is not acted on is escalated (2018 guidance)."""
    for number, response in enumerate(facts.follow_up.responses):
        resolved = any(
            later.recipient_ref == response.recipient_ref
            and later.kind not in codes.NOT_ACCEPTED | {ResponseKind.CHASED}
            for later in facts.follow_up.responses[number + 1 :]
        )
        if response.kind in codes.NOT_ACCEPTED and is_empty_reason(response.escalated_to) and not resolved:
            yield finding("NOT_ESCALATED", recipient=recipient_name(facts, response.recipient_ref) or "They")


def within_the_group(facts: Facts, _law: Law) -> Iterator[Finding]:
    """A standing decision ends on its last day, and only covers the members of its group."""
    ends = facts.standing_until
    if ends and any(sending.at and sending.at.date() > ends for sending in facts.sendings):
        yield finding("GROUP_ENDED")
    if ends and facts.follow_up.outside_group:
        yield finding("GROUP_OUTSIDE")


def corrected(facts: Facts, _law: Law) -> Iterator[Finding]:
    """Whoever was given something wrong is told so (UK GDPR Articles 5(1)(d) and 19)."""
    for ref in facts.follow_up.to_be_corrected:
        yield finding("NOT_CORRECTED", recipient=recipient_name(facts, ref) or "They")


def complaint_answered(facts: Facts, _law: Law) -> Iterator[Finding]:
    """A complaint about the use of personal information is acknowledged and answered (DPA 2018 section 164A)."""
    if facts.follow_up.complaints_open:
        yield finding("COMPLAINT_OPEN")


def objection_answered(facts: Facts, _law: Law) -> Iterator[Finding]:
    """An objection is answered within a month: stop, or say what overrides it (UK GDPR Articles 12(3) and 21)."""
    if facts.follow_up.objections_open:
        yield finding("OBJECTION_OPEN")


RULES = (
    sent_after_withdrawal,
    refused_since,
    escalated,
    within_the_group,
    corrected,
    complaint_answered,
    objection_answered,
)
