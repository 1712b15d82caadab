"""What was sent, or not sent and why, what was done instead and who was informed, as rows of a record."""

from collections.abc import Sequence

from decisions.models import Decision, Sending
from decisions.presenters.additions import receipt_lines
from decisions.presenters.informing import informing_lines
from decisions.presenters.labels import answered, joined, lines
from decisions.presenters.lateness import informed_late, sent_late
from decisions.presenters.outcome import names_of, waiting_for
from decisions.presenters.people import person_names, recipient_names
from decisions.presenters.voice import statement_rows
from ui.moments import moment
from ui.rows import Row

NEITHER_CONFIRMED = "Neither confirmed nor denied that we hold information"


def sending_rows(decision: Decision, shown: Sequence[Sending] | None) -> list[Row]:
    recipients = recipient_names(decision)
    sendings = [
        Row(
            f"Sent to {recipients[sending.recipient_id]}",
            list(
                lines(
                    ("", moment(sending.sent_at)),
                    ("", sent_late(decision, sending.sent_at)),
                    ("How", sending.how),
                    ("What was said, if different", sending.said_differently),
                    ("Received by", sending.received_by),
                    ("What they agreed they may do with it", sending.conditions_agreed),
                    ("When they return or destroy it", sending.return_agreed),
                )
            )
            + list(receipt_lines(decision, sending)),
        )
        for sending in (decision.sendings.all() if shown is None else shown)
    ]
    advice = [
        Row(f"Advice from {joined(row.who, row.role)}", list(lines(("", moment(row.given_at)), ("", row.gist))))
        for row in decision.advice.all()
    ]
    instead = answered(
        ("What was done instead", decision.instead),
        ("Who was told that sharing has stopped", decision.recipients_informed),
        ("What cannot be recalled", decision.cannot_recall),
        ("What the requester was told", decision.asker_informed),
        ("Response to the requester", NEITHER_CONFIRMED if decision.neither_confirmed else ""),
        ("Review date", moment(decision.look_again_on)),
    )
    statements = statement_rows(decision)
    return [*sendings, *statements, *_not_sent(decision), *instead, *_informing(decision), *advice]


def _not_sent(decision: Decision) -> list[Row]:
    """Who still waits, and why it was not sent to somebody."""
    if decision.is_draft:
        return []
    names = recipient_names(decision)
    waiting = answered(("Not yet sent to", names_of(decision, waiting_for(decision).open)))
    reasons = [
        Row(
            f"Why it was not sent to {names[row.recipient_id]}",
            [row.why, f"Entered {moment(row.written_at)} by {row.written_by_name}"],
        )
        for row in decision.not_sent.all()
    ]
    return [*waiting, *reasons]


def _informing(decision: Decision) -> list[Row]:
    """A draft's answers, or every informing event of a recorded decision."""
    people = person_names(decision)
    if decision.is_draft:
        rows = [
            (f"Informed: {people[person.pk]}", list(informing_lines(person, decision)))
            for person in decision.people.all()
        ]
        return answered(*rows)
    return [
        Row(
            f"Informed: {people[event.person_id]}",
            [*informing_lines(event, decision), *filter(None, [informed_late(decision, event.informed_at)])],
        )
        for event in decision.informing_events.all()
    ]
