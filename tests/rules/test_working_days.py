from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.working_days import (
    add_working_days,
    bank_holidays,
    is_working_day,
    next_working_day,
    working_days_between,
)

DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 1))


@pytest.mark.parametrize(
    ("day", "following"),
    [
        (date(2026, 7, 17), date(2026, 7, 20)),  # Friday
        (date(2026, 7, 18), date(2026, 7, 20)),  # Saturday, as in S05
        (date(2026, 7, 20), date(2026, 7, 21)),
        (date(2026, 4, 2), date(2026, 4, 7)),  # over Easter
        (date(2026, 12, 24), date(2026, 12, 29)),  # Boxing Day falls on a Saturday, so Monday is off
        (date(2027, 12, 24), date(2027, 12, 29)),
    ],
)
def test_the_next_working_day(day: date, following: date) -> None:
    assert next_working_day(day) == following


@pytest.mark.parametrize("day", [date(2026, 7, 18), date(2026, 7, 19), date(2026, 12, 25), date(2026, 8, 31)])
def test_days_off(day: date) -> None:
    assert not is_working_day(day)


def test_five_working_days_over_a_bank_holiday() -> None:
    assert add_working_days(date(2026, 5, 22), 5) == date(2026, 6, 1)


def test_none_is_the_day_itself() -> None:
    assert add_working_days(date(2026, 7, 18), 0) == date(2026, 7, 18)


@given(DAYS, st.integers(1, 40))
def test_counting_there_and_back(day: date, count: int) -> None:
    later = add_working_days(day, count)
    assert is_working_day(later)
    assert working_days_between(day, later) == count


@given(DAYS, st.integers(0, 30))
def test_no_days_backwards(day: date, back: int) -> None:
    assert working_days_between(day, day - timedelta(days=back)) == 0


def test_each_year_in_the_file_has_its_eight() -> None:
    years = {day.year for day in bank_holidays()}
    assert {year: len([day for day in bank_holidays() if day.year == year]) for year in years} == dict.fromkeys(
        range(2024, 2029), 8
    )
    assert all(day.weekday() < 5 for day in bank_holidays())


def test_a_year_the_file_does_not_know_has_weekends_only() -> None:
    assert is_working_day(date(2040, 12, 25))
    assert not is_working_day(date(2040, 12, 29))
