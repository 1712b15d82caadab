"""Deadlines of legal duties. Pure: the start day is always passed in."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from rules.working_days import next_working_day

DECEMBER = 12


@dataclass(frozen=True)
class Deadlines:
    """`expected` is the deadline in guidance and is shown first, `last` the legal limit. Both include their day."""

    expected: date
    last: date


def fgm(discovered: date) -> Deadlines:
    """The close of the next working day, a month at most (Female Genital Mutilation Act 2003 section 5B(5))."""
    return Deadlines(next_working_day(discovered), month_after(discovered))


def month_after(day: date) -> date:
    """The same day of the next month, or its last day if it has no such day."""
    year, month = (day.year + 1, 1) if day.month == DECEMBER else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))
