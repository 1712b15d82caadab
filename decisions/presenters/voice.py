"""A person's own voice beside what was recorded: words read back to them, and what they say to the recipients."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from decisions.models import (
    ConsentEvent,
    Decision,
    DecisionPerson,
    StatementPassedOn,
    StatementToRecipients,
    ViewsReadBack,
)
from decisions.presenters.labels import joined, lines
from decisions.presenters.people import person_names, recipient_names
from rules.contact import ReadBack
from ui.labels import numbered
from ui.moments import moment
from ui.rows import Row

ALL_RECIPIENTS = "everybody it is shared with"


@dataclass(frozen=True)
class StatementDue:
    """A recipient whom a person's statement is for, and who has not been given it."""

    statement: UUID
    recipient: int
    title: str  # no two alike


def read_back_lines(event: ConsentEvent | None) -> Iterator[str]:
    """Each time these words were read back. What was recorded first stays above."""
    for row in event.read_back.all() if event else ():
        yield f"Read back to them {moment(row.read_back_at)}, by {row.read_back_by}: {read_back_words(row)}"


def read_back_in_draft(person: DecisionPerson) -> Iterator[str]:
    """The same, before it is recorded."""
    if person.read_back:
        words = _read_back_words(person.read_back, person.corrected_to)
        yield f"Read back to them {moment(person.read_back_at)}, by {person.read_back_by}: {words}"


def read_back_words(row: ViewsReadBack) -> str:
    return _read_back_words(row.outcome, row.corrected_to)


def _read_back_words(outcome: str, corrected_to: str) -> str:
    return f"they corrected it to: {corrected_to}" if outcome == ReadBack.CORRECTED else "they said that it is right"


def statement_rows(decision: Decision) -> list[Row]:
    """Costs no query on a decision read with its parts."""
    if decision.is_draft:
        return []
    people, recipients = person_names(decision), recipient_names(decision)
    return [
        Row(
            f"Statement by {people[statement.person_id]}",
            [*_statement_lines(statement, recipients), *_passed_on_lines(decision, statement, recipients)],
        )
        for statement in decision.statements_to_recipients.all()
    ]


def _statement_lines(statement: StatementToRecipients, recipients: dict[int, str]) -> Iterator[str]:
    yield from lines(
        ("", moment(statement.made_at)),
        ("For", for_whom(statement, recipients)),
        ("In their own words", statement.text),
    )


def for_whom(statement: StatementToRecipients, recipients: dict[int, str]) -> str:
    return recipients[statement.recipient_id] if statement.recipient_id else ALL_RECIPIENTS


def _passed_on_lines(decision: Decision, statement: StatementToRecipients, recipients: dict[int, str]) -> Iterator[str]:
    for row in statement.passed_on.all():
        yield f"{recipients[row.recipient_id]}: {passed_on_words(row)}"
    for recipient in _not_given(decision, statement):
        yield f"{recipients[recipient]}: not passed on yet"


def passed_on_words(row: StatementPassedOn) -> str:
    if row.passed_on_at:
        return f"passed on {joined(moment(row.passed_on_at), row.how)}"
    return f"not passed on: {row.why_not}"


def _not_given(decision: Decision, statement: StatementToRecipients) -> Sequence[int]:
    settled = {row.recipient_id for row in statement.passed_on.all()}
    meant = [statement.recipient_id] if statement.recipient_id else [row.pk for row in decision.recipients.all()]
    return [recipient for recipient in meant if recipient not in settled]


def statements_due(decision: Decision) -> list[StatementDue]:
    """Statements that are to be passed on. Costs no query on a decision read with its parts."""
    people, recipients = person_names(decision), recipient_names(decision)
    due = [
        (statement, recipient)
        for statement in decision.statements_to_recipients.all()
        for recipient in _not_given(decision, statement)
    ]
    titles = numbered([f"{people[row.person_id]}, to {recipients[recipient]}" for row, recipient in due])
    return [
        StatementDue(statement.public_id, recipient, title)
        for (statement, recipient), title in zip(due, titles, strict=True)
    ]
