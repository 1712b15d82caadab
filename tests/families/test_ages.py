from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from families.ages import age_in_words, birthdays, youngest_age

TODAY = date(2026, 11, 22)
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@dataclass(frozen=True)
class Somebody:
    date_of_birth: date | None = None
    age: int | None = None
    age_on: date | None = None
    due_on: date | None = None


@pytest.mark.parametrize(
    ("since", "until", "years"),
    [
        (date(2008, 11, 22), TODAY, 18),
        (date(2008, 11, 23), TODAY, 17),
        (date(2024, 2, 29), date(2025, 2, 28), 0),
        (date(2024, 2, 29), date(2025, 3, 1), 1),
        (date(2024, 2, 29), date(2028, 2, 29), 4),
        (TODAY, TODAY, 0),
    ],
)
def test_birthdays(since: date, until: date, years: int) -> None:
    assert birthdays(since, until) == years


@pytest.mark.parametrize(
    ("somebody", "words"),
    [
        (Somebody(date_of_birth=date(2016, 3, 27)), "10"),
        (Somebody(date_of_birth=date(2026, 10, 22)), "1 month"),
        (Somebody(date_of_birth=date(2026, 10, 23)), "0 months"),
        (Somebody(date_of_birth=date(2024, 11, 23)), "23 months"),
        (Somebody(date_of_birth=date(2024, 11, 22)), "2"),
        (Somebody(date_of_birth=date(2026, 12, 1)), "born 1 December 2026"),
        (Somebody(age=14, age_on=TODAY), "14"),
        (Somebody(age=14, age_on=date(2026, 11, 1)), "14 or 15"),
        (Somebody(age=14, age_on=date(2025, 11, 1)), "15 or 16"),
        (Somebody(age=14, age_on=date(2027, 1, 1)), "14"),
        (Somebody(due_on=date(2027, 2, 3)), "due 3 February 2027"),
        (Somebody(), ""),
    ],
)
def test_age_in_words(somebody: Somebody, words: str) -> None:
    assert age_in_words(somebody, TODAY) == words


@given(born=DAYS, lived=st.integers(min_value=0, max_value=40_000))
def test_nobody_has_more_birthdays_than_years(born: date, lived: int) -> None:
    try:
        day = born + timedelta(days=lived)
    except OverflowError:
        return
    years = birthdays(born, day)
    assert 0 <= years <= day.year - born.year
    assert years * 365 <= lived


@given(born=DAYS, day=DAYS)
def test_the_youngest_age_never_falls(born: date, day: date) -> None:
    somebody = Somebody(date_of_birth=born)
    today, tomorrow = youngest_age(somebody, day), youngest_age(somebody, day + timedelta(days=1))
    assert today is None or (tomorrow is not None and today <= tomorrow <= today + 1)


@given(age=st.integers(min_value=0, max_value=120), told_on=DAYS, day=DAYS)
def test_an_age_told_is_never_outrun(age: int, told_on: date, day: date) -> None:
    found = youngest_age(Somebody(age=age, age_on=told_on), day)
    assert found is not None
    assert found >= age


@pytest.mark.parametrize("somebody", [Somebody(), Somebody(due_on=TODAY), Somebody(date_of_birth=TODAY + timedelta(1))])
def test_an_age_nobody_knows(somebody: Somebody) -> None:
    assert youngest_age(somebody, TODAY) is None
