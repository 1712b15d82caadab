"""Working days in England: not a Saturday, a Sunday or a bank holiday. Pure: the day of today is always handed in.

School days are those on which the school is not `closed` either.
"""

import tomllib
from datetime import date, timedelta
from functools import cache
from importlib import resources

ONE = timedelta(days=1)
SATURDAY = 5


@cache
def bank_holidays() -> frozenset[date]:
    """Those in the file of data; a year that is not in it has weekends only."""
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
    """How many working days lie after `start` up to and with `end`; 0 where `end` is not later."""
    days = (start + ONE * number for number in range(1, (end - start).days + 1))
    return sum(is_working_day(day, closed) for day in days)
