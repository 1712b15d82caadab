"""Working days in England: not a Saturday, a Sunday or a bank holiday. Pure: today is always passed in.

School days are working days on which the school is not `closed`.
"""

import tomllib
from datetime import date, timedelta
from functools import cache
from importlib import resources

ONE = timedelta(days=1)
SATURDAY = 5


@cache
def bank_holidays() -> frozenset[date]:
    """Bank holidays from the data file; a year that is not in it has only weekends."""
    text = (resources.files("rules") / "data" / "bank_holidays.toml").read_text()
    return frozenset(tomllib.loads(text)["days"])


NONE: frozenset[date] = frozenset()


def is_working_day(day: date, closed: frozenset[date] = NONE) -> bool:
    return day.weekday() < SATURDAY and day not in bank_holidays() and day not in closed


def next_working_day(day: date) -> date:
    """The first working day after `day`."""
    return add_working_days(day, 1)


def add_working_days(day: date, count: int, closed: frozenset[date] = NONE) -> date:
    """`count` working days after `day`, which need not be one itself; with 0, `day`."""
    for _ in range(count):
        day += ONE
        while not is_working_day(day, closed):
            day += ONE
    return day


def working_days_between(start: date, end: date, closed: frozenset[date] = NONE) -> int:
    """The number of working days after `start`, up to and including `end`; 0 if `end` is not later."""
    days = (start + ONE * number for number in range(1, (end - start).days + 1))
    return sum(is_working_day(day, closed) for day in days)
