"""When a reply is due. Pure: today is always passed in."""

from dataclasses import dataclass
from datetime import date, timedelta

from rules.working_days import NONE, add_working_days, is_working_day, next_working_day, working_days_between

# A school passes a child protection file on within five school days (Keeping children safe in education).
TRANSFER_DAYS = 5


@dataclass(frozen=True)
class Due:
    """A date and its distance: `left` counts working or school days, `overdue` is true from the next day."""

    day: date
    left: int
    overdue: bool


def reply_due(asked_last: date, today: date) -> Due:
    """By the end of the working day after it was sent, or after it was last chased."""
    return _due(next_working_day(asked_last), today)


def transfer(begins: date, today: date, closed: frozenset[date] = NONE) -> Due:
    """In school days from the child's first day at the new school, or from the decision if that is not known."""
    return _due(add_working_days(begins, TRANSFER_DAYS, closed), today, closed)


def _due(day: date, today: date, closed: frozenset[date] = NONE) -> Due:
    return Due(day, working_days_between(today, day, closed), overdue=today > day)


def overdue_if_sent_before(today: date) -> date:
    """What was sent or chased before this day is overdue today: the last working day."""
    day = today - timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day
