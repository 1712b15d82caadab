"""A line of the review queue."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from accounts.models import User
from accounts.namesakes import colleague_names
from decisions.facts.sendings import sendings_of
from decisions.models import Decision
from decisions.presenters.authors import author_names
from decisions.presenters.outcome import outcome_words
from decisions.presenters.people_on_lists import Who, who
from reviews.due_dates import TARGET, has_target, is_overdue, waited
from reviews.warning_counts import Warnings, warning_counts
from rules.codes import Level


@dataclass(frozen=True)
class Waiting:
    """How long a decision has waited for review."""

    days: int
    has_target: bool
    overdue: bool

    @property
    def left(self) -> str:
        """How long there still is, or by how much it is late; empty where there is no day by which it is due."""
        if not self.has_target:
            return ""
        days = TARGET - self.days
        if not days:
            return "Due today"
        number = f"{abs(days)} working day{'' if abs(days) == 1 else 's'}"
        return f"{number} left" if days > 0 else f"{number} late"

    @property
    def words(self) -> str:
        if not self.days:
            return "Less than a working day"
        return f"{self.days} working day{'' if self.days == 1 else 's'}"


@dataclass(frozen=True)
class QueueLine:
    public_id: UUID
    reference: str
    who: Who
    outcome: str
    author: str
    team: str
    decided_at: datetime | None
    waiting: Waiting
    warnings: int
    act_now: bool
    second: bool
    assigned: str


def waiting(decision: Decision, since: datetime, today: date) -> Waiting:
    return Waiting(waited(since, today), has_target(decision), is_overdue(decision, since, today))


def queue_lines(
    decisions: Iterable[Decision], assigned: Mapping[int, User], reader: User, today: date
) -> list[QueueLine]:
    """Of a page of the queue, what is to be acted on now first.

    Costs no query where nothing was added to these decisions since they were last shown.
    """
    rows = list(decisions)
    warnings, authors, names = warning_counts(rows), author_names(rows), colleague_names(set(assigned.values()))
    about = who(rows)
    found = [
        _line(
            row, about=about[row.pk], author=authors[row.pk], today=today, warnings=warnings[row.pk],
            assigned=_assigned_to(assigned.get(row.pk), reader, names),
        )
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda line: not line.act_now)


def _assigned_to(to: User | None, reader: User, names: Mapping[int, str]) -> str:
    if to is None:
        return "Not assigned"
    return "Me" if to.pk == reader.pk else names[to.pk]


def _still_to_be_sent(decision: Decision) -> bool:
    """A child may be at risk of significant harm, and what was decided has protected nobody yet."""
    return decision.level == Level.S47 and bool(sendings_of(decision).open)


def _line(decision: Decision, *, about: Who, author: str, assigned: str, today: date, warnings: Warnings) -> QueueLine:
    since: datetime = decision.waiting_since  # type: ignore[attr-defined]  # annotated by the queue
    return QueueLine(
        public_id=decision.public_id,
        reference=decision.reference,
        who=about,
        outcome=outcome_words(decision),
        author=author,
        team=decision.team_name,
        decided_at=decision.decided_at,
        waiting=waiting(decision, since, today),
        warnings=warnings.count,
        act_now=warnings.act_now or _still_to_be_sent(decision),
        second=bool(decision.reviews.all()),
        assigned=assigned,
    )


def target_words() -> str:
    return f"{TARGET} working days"
