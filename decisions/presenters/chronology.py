"""What happened when, by the time it happened, each line saying when it was written down if that was later."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from decisions.models import Decision
from decisions.presenters import urgent
from decisions.presenters.words import code_words, outcome_done
from decisions.rules.codes import Consent, Telling
from ui.moments import moment
from ui.rows import Event

Moment = tuple[datetime, Event]
SOON = timedelta(minutes=5)


def chronology(decision: Decision) -> list[Event]:
    """Only what has a time. Costs no query on a decision read with its parts."""
    return [event for _, event in sorted(_moments(decision), key=lambda pair: pair[0])]


def _moments(decision: Decision) -> Iterator[Moment]:
    yield from _advice(decision)
    yield from _said_and_told(decision)
    yield from _sent(decision)
    yield from urgent.moments(decision)
    author = decision.author_name or decision.author.full_name
    if decision.decided_at:
        title = f"Decided: {outcome_done(decision.outcome)}"
        yield decision.decided_at, Event(title, decision.decided_at, by=author)
    if decision.recorded_at:
        yield decision.recorded_at, Event("Recorded", decision.recorded_at, by=author)


def _advice(decision: Decision) -> Iterator[Moment]:
    for advice in decision.advice.all():
        if advice.given_at:
            yield advice.given_at, Event(f"Advice from {advice.who}", advice.given_at, text=advice.gist)


def _said_and_told(decision: Decision) -> Iterator[Moment]:
    people = {person.pk: person.name for person in decision.people.all()}
    for said in decision.consent_events.all():
        if said.at:
            title = f"{people[said.person_id]}: {code_words(Consent, said.state)}"
            yield said.at, Event(title, said.at, text=said.views)
    for told in decision.telling_events.all():
        if told.at:
            title = f"{people[told.person_id]}: {code_words(Telling, told.state)}"
            yield told.at, Event(title, told.at, text=f"{told.how}{_late(told.at, told.written_at)}")


def _sent(decision: Decision) -> Iterator[Moment]:
    recipients = {recipient.pk: recipient.name for recipient in decision.recipients.all()}
    for sending in decision.sendings.all():
        late = _late(sending.sent_at, sending.written_at)
        title = f"Sent to {recipients[sending.recipient_id]}"
        yield sending.sent_at, Event(title, sending.sent_at, text=f"{sending.how}{late}")


def _late(happened: datetime, written: datetime) -> str:
    return f" (written down {moment(written)})" if written - happened > SOON else ""
