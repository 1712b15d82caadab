"""A day is read from free text only where the text leaves no doubt."""

from datetime import date

import pytest

from rules.happened import day_read

MARCH_9 = date(2026, 3, 9)


@pytest.mark.parametrize(
    "text",
    [
        "Monday 9 March 2026, about 8am",
        "9th of March, 2026",
        "On 9 Mar 2026 in the playground",
        "2026-03-09",
        "the 9 MARCH 2026",
        "since 9 March 2026",
    ],
)
def test_a_whole_date_is_read(text: str) -> None:
    assert day_read(text) == MARCH_9


@pytest.mark.parametrize(
    ("text", "day"),
    [("23/3/2026", date(2026, 3, 23)), ("5.5.2026", date(2026, 5, 5)), ("1 Sept 2025", date(2025, 9, 1))],
)
def test_so_is_one_in_figures_that_can_be_read_one_way(text: str, day: date) -> None:
    assert day_read(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "last night",
        "Monday 9 March",
        "3/4/2026",
        "some time in March 2026",
        "before 9 March 2026",
        "by 9 March 2026",
        "9 March 2026 or the day after",
        "between 2 March 2026 and 9 March 2026",
        "the wedding is planned for 9 March 2026",
        "flight booked, 9 March 2026",
        "31 February 2026",
        "reference 19 2026",
        "he was born 9 March 2026",
    ],
)
def test_where_there_is_any_doubt_nothing_is(text: str) -> None:
    assert day_read(text) is None
