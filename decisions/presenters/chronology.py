"""A decision's events in the order in which they happened. An event that was written down later says so."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from django.utils import timezone

from decisions.facts.sendings import sendings_of
from decisions.models import Decision, Sending
from decisions.models.events import DecisionEvent
from decisions.presenters import urgent
from decisions.presenters.additions import additions_by_section
from decisions.presenters.complaints import complaint_noun, who_complained
from decisions.presenters.contact import lines_since
from decisions.presenters.informing import informed_words
from decisions.presenters.labels import code_words, joined, outcome_decided
from decisions.presenters.outcome import outcome_words
from decisions.presenters.people import person_names, recipient_names
from rules.codes import Consent, ResponseKind
from rules.complaints import ComplaintOutcome
from ui.labels import numbered
from ui.moments import moment
from ui.rows import Event

Moment = tuple[datetime, Event]
SOON = timedelta(hours=1)


def chronology(decision: Decision, sendings: Sequence[Sending] | None = None) -> list[Event]:
    """Events that have a time. Costs no query on a decision read with its parts. `sendings` as in `record.sections`."""
    events = [event for _, event in sorted(_moments(decision, sendings), key=lambda pair: pair[0])]
    titles = numbered([event.title for event in events])
    pairs = zip(events, titles, strict=True)
    return [event if event.title == title else replace(event, title=title) for event, title in pairs]


def _moments(decision: Decision, sendings: Sequence[Sending] | None) -> Iterator[Moment]:
    yield from _request(decision)
    yield from _advice(decision)
    yield from _consent_and_informing(decision)
    yield from _sendings(decision, sendings)
    yield from _responses(decision)
    yield from _corrections(decision)
    yield from _complaints(decision)
    yield from _contact(decision)
    yield from urgent.moments(decision)
    author = decision.author_name or decision.author.full_name
    if decision.decided_at:
        yield decision.decided_at, Event(_decided(decision), decision.decided_at, by=author)
    if decision.recorded_at:
        yield decision.recorded_at, Event("Recorded", decision.recorded_at, by=author)
    for additions in additions_by_section(decision).values():
        for addition in additions:
            yield addition.at, Event(f"Added: {addition.heading}", addition.at, by=addition.by)


def _decided(decision: Decision) -> str:
    """What was decided then; while it is not carried out, how far it is."""
    if decision.is_shared and not sendings_of(decision).all_sent:
        return outcome_words(decision)
    return f"Decided: {outcome_decided(decision.outcome)}"


def _request(decision: Decision) -> Iterator[Moment]:
    """A day without a time comes before all other events of that day."""
    if decision.asked_on:
        who = joined(decision.asked_by_name, decision.asked_by_role, decision.asked_by_organisation)
        first = timezone.make_aware(datetime.combine(decision.asked_on, time()))
        yield first, Event("Information requested", decision.asked_on, by=who)


def _advice(decision: Decision) -> Iterator[Moment]:
    for advice in decision.advice.all():
        if advice.given_at:
            yield advice.given_at, Event(f"Advice from {advice.who}", advice.given_at, text=advice.gist)


def _consent_and_informing(decision: Decision) -> Iterator[Moment]:
    people = person_names(decision)
    for consent in decision.consent_events.all():
        if at := consent.consent_at:
            title = f"{people[consent.person_id]}: {code_words(Consent, consent.consent_state)}"
            yield at, Event(title, at, text=_late(at, consent, consent.views))
    for informing in decision.informing_events.all():
        if at := informing.informed_at:
            title = f"{people[informing.person_id]}: {informed_words(decision, informing.informing_state)}"
            yield at, Event(title, at, text=_late(at, informing, informing.informed_how))


def _sendings(decision: Decision, shown: Sequence[Sending] | None) -> Iterator[Moment]:
    recipients = recipient_names(decision)
    sendings = decision.sendings.all() if shown is None else shown
    for sending in sendings:
        text = _late(sending.sent_at, sending, sending.how)
        title = f"Sent to {recipients[sending.recipient_id]}"
        yield sending.sent_at, Event(title, sending.sent_at, text=text)
    for row in decision.not_sent.all():
        title = f"Entered why it was not sent to {recipients[row.recipient_id]}"
        yield row.written_at, Event(title, row.written_at, by=row.written_by_name, text=row.why)
    names = {sending.pk: recipients[sending.recipient_id] for sending in sendings}
    for receipt in decision.receipts.all():
        if receipt.sending_id in names:
            text = _late(receipt.received_at, receipt, joined(receipt.received_by, receipt.reference_given))
            title = f"{names[receipt.sending_id]} confirmed receipt"
            yield receipt.received_at, Event(title, receipt.received_at, text=text)


def _responses(decision: Decision) -> Iterator[Moment]:
    recipients = recipient_names(decision)
    for response in decision.responses.all():
        who = recipients[response.recipient_id] if response.recipient_id else "For the child"
        title = f"{who}: {code_words(ResponseKind, response.kind)}"
        yield response.at, Event(title, response.at, text=_late(response.at, response, response.text))


def _corrections(decision: Decision) -> Iterator[Moment]:
    recipients = recipient_names(decision)
    for wrong in () if decision.is_draft else decision.wrong_information.all():
        text = _late(wrong.found_at, wrong, wrong.what_is_wrong)
        yield wrong.found_at, Event("Information found to be wrong", wrong.found_at, text=text)
        for correction in wrong.corrections.all():
            at = correction.notified_at or correction.written_at
            is_done = correction.notified_at is not None
            title = f"{recipients[correction.recipient_id]}: {'told' if is_done else 'not told'} that it was wrong"
            words = joined(correction.notified_to, correction.how) if is_done else correction.why_not_notified
            yield at, Event(title, at, text=_late(at, correction, words))


def _complaints(decision: Decision) -> Iterator[Moment]:
    for complaint in () if decision.is_draft else decision.complaints.all():
        received = complaint.received_at
        noun = complaint_noun(complaint)
        title = f"{noun} from {who_complained(decision, complaint)}"
        yield received, Event(title, received, text=_late(received, complaint, complaint.text))
        for row in complaint.acknowledgements.all():
            at = row.acknowledged_at
            yield at, Event(f"{noun} acknowledged", at, text=_late(at, row, row.how))
        for answer in complaint.answers.all():
            at, words = answer.answered_at, code_words(ComplaintOutcome, answer.outcome)
            yield at, Event(f"{noun} answered: {words}", at, text=_late(at, answer, answer.text))


def _contact(decision: Decision) -> Iterator[Moment]:
    """What was said and planned with each person since."""
    people = person_names(decision)
    for line in () if decision.is_draft else lines_since(decision):
        yield line.order, Event(f"{people[line.person]}: {line.title}", line.when, text=line.text)


def _late(happened: datetime, event: DecisionEvent, text: str) -> str:
    """With who wrote it down, and when, if that was later or somebody else than the author."""
    author: int = event.decision.author_id  # type: ignore[attr-defined]  # every event has a decision
    is_named = event.written_at - happened > SOON or event.written_by_id != author
    late = f"(written down {moment(event.written_at)} by {event.written_by_name})" if is_named else ""
    return " ".join(part for part in (text, late) if part)
