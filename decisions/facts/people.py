"""One person's consent and informing, as facts for the rules."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from django.utils import timezone

from decisions.facts.informing import InformingNow
from decisions.models import Decision, DecisionPerson, DecisionRecipient, InformingEvent
from decisions.models.answers import ConsentAnswers, InformingAnswers
from families.ages import youngest_age
from rules.codes import AgreedTo
from rules.facts import AtRiskFacts, AttemptFacts, InformingFacts, PersonFacts


def local(when: datetime | None) -> datetime | None:
    """In the site's time zone: which day a moment falls on, and so which law applies, depends on it."""
    return timezone.localtime(when) if when else None


def age_then(decision: Decision, person: DecisionPerson) -> int | None:
    """In years, on the day of the decision."""
    return youngest_age(person, timezone.localdate(decision.decided_at or decision.started_at))


AGREED_TO_COLUMNS = {
    AgreedTo.SHARING: "agreed_to_sharing",
    AgreedTo.CONFIDENCE: "agreed_to_confidence",
    AgreedTo.SERVICE: "agreed_to_service",
}


def agreed_to(row: ConsentAnswers) -> tuple[str, ...]:
    """What the person consented to; empty where it was not recorded."""
    return tuple(code.value for code, column in AGREED_TO_COLUMNS.items() if getattr(row, column))


def person_facts(decision: Decision, person: DecisionPerson, informed: InformingNow | None) -> PersonFacts:
    informing = _informing_now(decision, informed) if informed else _informing(person)
    return PersonFacts(
        ref=str(person.pk),
        role=person.role,
        age=age_then(decision, person),
        alleged_source_of_harm=person.source_of_harm,
        parental_responsibility=person.parental_responsibility,
        identifier_kind=person.identifier_kind,
        why_no_identifier=person.why_no_identifier,
        competence=person.competence,
        competence_note=person.competence_note,
        due_on=person.due_on,
        competence_by=person.competence_by,
        competence_on=person.competence_on,
        best_interests=person.best_interests,
        at_risk=AtRiskFacts(needs=person.needs_support, harm=person.may_be_harmed, unable=person.cannot_protect),
        agreed_to=agreed_to(person),
        covers=tuple(str(row.person_id) for row in person.covers.all()),
        limits=person.consent_limits,
        until=person.consent_until,
        look_again_on=informing.review_on,
        at_home=person.at_home or "unknown",
        could_hear=person.could_hear,
        p18_reason=person.p18_reason,
        p18_text=person.p18_text,
        informing=informing,
        consent_state=person.consent_state or "UNKNOWN",
        consent_at=local(person.consent_at),
        consent_how=person.consent_how,
        views=person.views,
        not_asked_reason=person.not_asked_reason,
        not_asked_text=person.not_asked_text,
        agreed_with=person.not_asked_agreed_with,
    )


def _entered_on(decision: Decision, event: InformingEvent) -> date | None:
    """The day of an event after recording. A person's first event repeats the record."""
    later = decision.recorded_at is not None and event.written_at > decision.recorded_at
    return timezone.localdate(event.written_at) if later else None


def _informing_now(decision: Decision, now: InformingNow) -> InformingFacts:
    return replace(
        _informing(now.row),
        way_known=now.row.way_known,
        entered_on=_entered_on(decision, now.dated),
        review_on=now.dated.informing_review_on,
        attempts=tuple(
            AttemptFacts(at=local(event.informed_at), safe_contact=event.informed_safely, way_known=event.way_known)
            for event in now.attempts
            if event is not now.row
        ),
    )


def _informing(row: InformingAnswers) -> InformingFacts:
    return InformingFacts(
        state=row.informing_state,
        at=local(row.informed_at),
        how=row.informed_how,
        by_whom=row.informed_by or row.handed_to,
        reason=row.informing_reason,
        exemption=row.informing_exemption,
        text=row.informing_text,
        review_on=row.informing_review_on,
        closing=row.informing_closing,
        agreed_with=row.informing_agreed_with,
        approver=row.informing_agreed_with,
        who_what_why=row.informed_who_what_why,
        no_choice_explained=row.informed_no_choice,
        safe_contact=row.informed_safely,
        safe_contact_note=row.safe_contact,
    )


def stands_for(recipient: DecisionRecipient, people: Iterable[DecisionPerson]) -> tuple[str, ...]:
    """Who of these people is named by the recipient, as in "Kofi Holt" or "solicitor for Kofi Holt"."""
    called = _words(f"{recipient.person_or_role} / {recipient.name}")
    return tuple(str(person.pk) for person in people if (name := _words(person.name)).strip() and name in called)


def _words(text: str) -> str:
    words = re.findall(r"[^\W_]+", text.casefold())
    return f" {' '.join(words)} "
