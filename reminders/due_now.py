"""What a reminder counts: the tasks of the home page that are due today or overdue, and overdue reviews."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from accounts.models import User
from accounts.roles import Permission
from decisions.models import UrgentRecord
from reminders.due import tasks
from reviews.due_dates import is_overdue
from reviews.queries import assigned_among, awaiting_review_by


@dataclass(frozen=True)
class DueNow:
    """One thing that is due. Its key says which, to the database only; it changes when the thing becomes overdue."""

    key: str
    overdue: bool


def due_now(user: User, today: date) -> list[DueNow]:
    """As the home page has it: of each kind the 20 most urgent. Nothing for whoever may not see it any more."""
    due = [task for task in tasks(user, today) if task.due is None or task.due <= today]
    found = [_due(f"{task.what} {task.address or task.reference} {task.due}", overdue=task.overdue) for task in due]
    if user.has(Permission.REVIEW_DECISIONS):
        references = {task.reference for task in due}
        found += [*_reviews(user, today), *_urgent_records(user, today, references)]
    return found


def _reviews(user: User, today: date) -> Iterator[DueNow]:
    parts = ("people", "recipients", "reviews", "assignments")
    rows = list(awaiting_review_by(user).prefetch_related(*parts))
    assigned = assigned_among(rows, today)
    for row in rows:
        since = row.waiting_since  # type: ignore[attr-defined]  # the query's own column
        if assigned.get(row.pk, user).pk == user.pk and is_overdue(row, since, today):
            yield _due(f"review {row.public_id} {since}", overdue=True)


def _urgent_records(user: User, today: date, listed: set[str]) -> Iterator[DueNow]:
    """Overdue in the teams that this supervisor sees."""
    for row in UrgentRecord.objects.visible_to(user).overdue(today):
        if row.reference not in listed:
            yield _due(f"urgent record {row.public_id}", overdue=True)


def _due(name: str, *, overdue: bool) -> DueNow:
    return DueNow(sha256(f"{name} {overdue}".encode()).hexdigest(), overdue)
