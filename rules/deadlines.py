"""Deadlines of legal duties. Pure: the start day is always passed in."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from rules.working_days import next_working_day

MONTHS = 12


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
    return months_after(day, 1)


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month if it has no such day."""
    later = day.month - 1 + months
    year, month = day.year + later // MONTHS, later % MONTHS + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
