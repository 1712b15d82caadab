"""When to ask whether something arrived. Pure: the day of today is always handed in."""

from dataclasses import dataclass
from datetime import date, timedelta

from rules.working_days import NONE, add_working_days, is_working_day, next_working_day, working_days_between

# A school passes a child protection file on within five school days (Keeping children safe in education).
TRANSFER_DAYS = 5


@dataclass(frozen=True)
class Due:
    """A day, and how far it is away: `left` counts working or school days, `overdue` is from the day after."""

    day: date
    left: int
    overdue: bool


def reply_due(asked_last: date, today: date) -> Due:
    """From the day it was sent or last asked after: by the end of the next working day an answer is due."""
    return _due(next_working_day(asked_last), today)


def transfer(begins: date, today: date, closed: frozenset[date] = NONE) -> Due:
    """From the child's first day at the new school, or the decision where that is not known, in school days."""
    return _due(add_working_days(begins, TRANSFER_DAYS, closed), today, closed)


def _due(day: date, today: date, closed: frozenset[date] = NONE) -> Due:
    return Due(day, working_days_between(today, day, closed), overdue=today > day)


def overdue_if_sent_before(today: date) -> date:
    """What was sent, or asked after, before this day is overdue today: the last working day there was."""
    day = today - timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day
