"""Complaints about a decision, their answers, and those that wait for one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from decisions.models import Complaint, Decision
from decisions.presenters.labels import code_words, lines
from decisions.presenters.people import person_names
from rules.codes import ComplaintOutcome
from ui.labels import numbered
from ui.moments import moment
from ui.rows import Row

# Data Protection Act 2018 section 164A: a complaint about personal information is acknowledged within 30 days.
ACKNOWLEDGE_WITHIN = timedelta(days=30)


@dataclass(frozen=True)
class OpenComplaint:
    """A complaint that nobody has answered, and the last day to acknowledge it."""

    complaint: UUID
    title: str  # no two alike
    due: date
    today: date

    @property
    def tag(self) -> tuple[str, str]:
        return ("Overdue", "red") if self.due < self.today else ("To answer", "yellow")


def open_complaints(decision: Decision, today: date) -> list[OpenComplaint]:
    """Costs no query on a decision read with its parts."""
    waiting = [complaint for complaint in decision.complaints.all() if not complaint.answers.all()]
    received = [timezone.localdate(complaint.received_at) for complaint in waiting]
    who = [who_complained(decision, complaint) for complaint in waiting]
    titles = numbered([f"From {name}, received {moment(day)}" for name, day in zip(who, received, strict=True)])
    return [
        OpenComplaint(complaint.public_id, title, day + ACKNOWLEDGE_WITHIN, today)
        for complaint, title, day in zip(waiting, titles, received, strict=True)
    ]


def who_complained(decision: Decision, complaint: Complaint) -> str:
    names = person_names(decision)
    return names[complaint.person_id] if complaint.person_id else complaint.made_by_other


def complaint_rows(decision: Decision) -> list[Row]:
    return [
        Row(f"Complaint from {who_complained(decision, complaint)}", [*_complaint(complaint), *_answers(complaint)])
        for complaint in (() if decision.is_draft else decision.complaints.all())
    ]


def _complaint(complaint: Complaint) -> Iterable[str]:
    return lines(("Received", moment(complaint.received_at)), ("", complaint.text))


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
