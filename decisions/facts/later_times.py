"""The facts of a recorded decision with one more time, as they would be once it is added."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from decisions.facts.people import local
from rules.facts import Facts, InformingFacts, SendingFacts
from rules.facts_after_recording import ComplaintFacts, CorrectionFacts, LaterConsentFacts, ResponseFacts


def with_sending(facts: Facts, recipient: int, at: datetime) -> Facts:
    return replace(facts, sendings=(*facts.sendings, SendingFacts(recipient_ref=str(recipient), at=local(at))))


def with_informing(facts: Facts, person: int, state: str, at: datetime | None, review_on: date | None) -> Facts:
    """The latest answer takes the place of those before."""
    informing = InformingFacts(state=state, at=local(at), review_on=review_on)
    people = (replace(row, informing=informing) if row.ref == str(person) else row for row in facts.people)
    return replace(facts, people=tuple(people))


def with_not_informed(facts: Facts, person: int, answers: Mapping[str, Any], today: date) -> Facts:
    """Somebody who is not informed yet: why, until when and who agreed, entered today."""
    informing = InformingFacts(
        state=answers["informing_state"],
        entered_on=today,
        reason=answers.get("informing_reason", ""),
        exemption=answers.get("informing_exemption", ""),
        text=answers.get("informing_text", ""),
        review_on=answers.get("informing_review_on"),
        closing=answers.get("informing_closing", ""),
        agreed_with=answers.get("informing_agreed_with", ""),
        approver=answers.get("informing_agreed_with", ""),
        by_whom=answers.get("handed_to", ""),
    )
    people = (replace(row, informing=informing) if row.ref == str(person) else row for row in facts.people)
    return replace(facts, people=tuple(people))


def with_consent(facts: Facts, person: int, state: str, at: datetime, until: date | None) -> Facts:
    row = LaterConsentFacts(person_ref=str(person), state=state, at=local(at) or at, until=until)
    return replace(facts, follow_up=replace(facts.follow_up, consent=(*facts.follow_up.consent, row)))


def with_no_rows(facts: Facts) -> Facts:
    """Without responses, corrections and complaints: what earlier ones contradict was said when they were added."""
    return replace(facts, follow_up=replace(facts.follow_up, responses=(), corrections=(), complaints=()))


def with_response(facts: Facts, recipient: int | None, at: datetime) -> Facts:
    row = ResponseFacts(recipient_ref=str(recipient or ""), at=local(at))
    return replace(facts, follow_up=replace(facts.follow_up, responses=(row,)))


def with_corrections(facts: Facts, recipients: Iterable[int], found: datetime, notified: datetime | None) -> Facts:
    rows = tuple(
        CorrectionFacts(recipient_ref=str(recipient), found_at=local(found), notified_at=local(notified))
        for recipient in recipients
    )
    return replace(facts, follow_up=replace(facts.follow_up, corrections=rows))


def with_complaint(facts: Facts, received: datetime) -> Facts:
    row = ComplaintFacts(received_at=local(received))
    return replace(facts, follow_up=replace(facts.follow_up, complaints=(row,)))
