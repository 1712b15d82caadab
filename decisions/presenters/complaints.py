"""Complaints about a decision, objections to it, their answers, and those that wait for one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from decisions.models import Complaint, ComplaintAnswer, Decision
from decisions.presenters.labels import code_words, lines
from decisions.presenters.people import person_names
from rules.complaints import ComplaintKind, ComplaintOutcome, last_day
from ui.labels import numbered
from ui.moments import moment
from ui.rows import Row

NOUNS: dict[str, str] = {ComplaintKind.COMPLAINT: "Complaint", ComplaintKind.OBJECTION: "Objection"}


@dataclass(frozen=True)
class OpenComplaint:
    """A complaint or an objection that nobody has answered, and the last day that the law gives."""

    complaint: UUID
    is_objection: bool
    acknowledged: bool
    title: str  # no two alike
    due: date
    today: date

    @property
    def tag(self) -> tuple[str, str]:
        return ("Overdue", "red") if self.is_late else ("To answer", "yellow")

    @property
    def is_late(self) -> bool:
        """The law names a day for acknowledging a complaint, and for answering an objection."""
        return self.due < self.today and not (self.acknowledged and not self.is_objection)

    @property
    def words(self) -> str:
        if self.is_objection:
            return f"Answer it without delay, by {moment(self.due)} at the latest."
        if self.acknowledged:
            return "It was acknowledged. Answer it without delay."
        return f"Acknowledge it by {moment(self.due)}, and answer it without delay."


def open_complaints(decision: Decision, today: date) -> list[OpenComplaint]:
    """Costs no query on a decision read with its parts."""
    waiting = [complaint for complaint in decision.complaints.all() if not complaint.answers.all()]
    received = [timezone.localdate(complaint.received_at) for complaint in waiting]
    who = [who_complained(decision, complaint) for complaint in waiting]
    from_whom = [f"{complaint_noun(complaint)} from {name}" for complaint, name in zip(waiting, who, strict=True)]
    titles = numbered([f"{words}, received {moment(day)}" for words, day in zip(from_whom, received, strict=True)])
    return [
        OpenComplaint(
            complaint.public_id,
            complaint.kind == ComplaintKind.OBJECTION,
            bool(complaint.acknowledgements.all()),
            title,
            last_day(complaint.kind, day),
            today,
        )
        for complaint, title, day in zip(waiting, titles, received, strict=True)
    ]


def complaint_noun(complaint: Complaint) -> str:
    return NOUNS[complaint.kind]


def answer_words(answer: ComplaintAnswer) -> str:
    return f"{code_words(ComplaintOutcome, answer.outcome)}. {answer.text}"


def who_complained(decision: Decision, complaint: Complaint) -> str:
    names = person_names(decision)
    return names[complaint.person_id] if complaint.person_id else complaint.made_by_other


def complaint_rows(decision: Decision) -> list[Row]:
    return [
        Row(
            f"{complaint_noun(complaint)} from {who_complained(decision, complaint)}",
            [*_complaint(complaint), *_answers(complaint)],
        )
        for complaint in (() if decision.is_draft else decision.complaints.all())
    ]


def _complaint(complaint: Complaint) -> Iterator[str]:
    yield from lines(("Received", moment(complaint.received_at)), ("", complaint.text))
    for row in complaint.acknowledgements.all():
        yield f"Acknowledged: {moment(row.acknowledged_at)}, {row.how}"


def _answers(complaint: Complaint) -> Iterator[str]:
    answers = complaint.answers.all()
    for answer in answers:
        yield from lines(
            ("Answered", moment(answer.answered_at)),
            ("By", answer.answered_by),
            ("Outcome", code_words(ComplaintOutcome, answer.outcome)),
            ("What they were told", answer.text),
        )
    if not answers:
        yield "Not answered yet"
