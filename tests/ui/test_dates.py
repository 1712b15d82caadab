"""Dates and times as people type them."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.dates import NotUnderstood, join, nothing_typed, read_date, read_moment, read_time
from ui.moments import clock

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("27", "3", "2026"), date(2026, 3, 27)),
        ((" 07 ", "03", " 2026"), date(2026, 3, 7)),
        (("27", "March", "2026"), date(2026, 3, 27)),
        (("27", "mar", "2026"), date(2026, 3, 27)),
        (("27", "Sept.", "2026"), date(2026, 9, 27)),
        (("29", "2", "2024"), date(2024, 2, 29)),
        (("1", "1", "1900"), date(1900, 1, 1)),
        (("31", "12", "2100"), date(2100, 12, 31)),
        (("28th", "3", "2026"), date(2026, 3, 28)),
        (("1st", "March", "2026"), date(2026, 3, 1)),
        (("22ND", "3", "2026"), date(2026, 3, 22)),
        (("3rd", "3", "2026"), date(2026, 3, 3)),
    ],
)
def test_dates_people_write_are_read(parts: tuple[str, str, str], expected: date) -> None:
    assert read_date(*parts) == expected


@pytest.mark.parametrize(
    ("parts", "message", "about"),
    [
        (("", "", ""), "Enter a day, month and year, such as 27 3 2026", ("day", "month", "year")),
        (("27", "", ""), "The date must include a month and a year, such as 27 3 2026", ("month", "year")),
        (("", "3", "2026"), "The date must include a day, such as 27 3 2026", ("day",)),
        (("27", "3", "26"), "Enter the year with 4 numbers, such as 2026", ("year",)),
        (("27", "3", "20266"), "Enter the year with 4 numbers, such as 2026", ("year",)),
        (("27", "3", "1899"), "The year must be between 1900 and 2100", ("year",)),
        (("27", "3", "9999"), "The year must be between 1900 and 2100", ("year",)),
        (("31", "2", "2026"), "There is no 31 February in 2026. Check the day and the month", ("day", "month")),
        (("29", "2", "2026"), "There is no 29 February in 2026. Check the day and the month", ("day", "month")),
        (("32", "1", "2026"), "The day must be a number from 1 to 31", ("day",)),
        (("0", "1", "2026"), "The day must be a number from 1 to 31", ("day",)),
        (("-1", "1", "2026"), "The day must be a number from 1 to 31", ("day",)),
        (("32nd", "1", "2026"), "The day must be a number from 1 to 31", ("day",)),
        (("1xt", "1", "2026"), "The day must be a number from 1 to 31", ("day",)),
        (("th", "1", "2026"), "The day must be a number from 1 to 31", ("day",)),
        (("1", "13", "2026"), "The month must be a number from 1 to 12", ("month",)),
        (("1", "ma", "2026"), "The month must be a number from 1 to 12", ("month",)),
        (("1", "marchy", "2026"), "The month must be a number from 1 to 12", ("month",)),
        (("²", "1", "2026"), "The day must be a number from 1 to 31", ("day",)),
    ],
)
def test_other_dates_are_refused_with_what_to_do(
    parts: tuple[str, str, str], message: str, about: tuple[str, ...]
) -> None:
    with pytest.raises(NotUnderstood) as caught:
        read_date(*parts)
    assert caught.value.message == message
    assert caught.value.parts == about


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("14:30", time(14, 30)),
        ("1430", time(14, 30)),
        ("14.30", time(14, 30)),
        ("2.30pm", time(14, 30)),
        ("2:30 PM", time(14, 30)),
        ("2:30 p.m.", time(14, 30)),
        ("9am", time(9)),
        (" 9 am ", time(9)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("12:30am", time(0, 30)),
        ("0:05", time(0, 5)),
        ("09:05", time(9, 5)),
        ("noon", time(12)),
        ("Midday", time(12)),
        ("midnight", time(0)),
        ("23:59", time(23, 59)),
        ("1430hrs", time(14, 30)),
        ("14:30 hrs", time(14, 30)),
        ("0915h", time(9, 15)),
        ("2130 hours", time(21, 30)),
        ("12 noon", time(12)),
        ("12 midnight", time(0)),
        ("14:30:15", time(14, 30)),
        ("2:30:15pm", time(14, 30)),
    ],
)
def test_times_people_write_are_read(typed: str, expected: time) -> None:
    assert read_time(typed) == expected


@pytest.mark.parametrize(
    "typed",
    ["", "24:00", "14:60", "14pm", "13:30am", "half past two", "9-30", "1:2", "9:300", "²", "14:30:61", "1430pmhrs"],
)
def test_other_times_are_refused_with_an_example(typed: str) -> None:
    with pytest.raises(NotUnderstood) as caught:
        read_time(typed)
    assert caught.value.message == "Enter a time, such as 2:30pm or 14:30"
    assert caught.value.parts == ("time",)


def test_a_bare_hour_is_asked_about() -> None:
    with pytest.raises(NotUnderstood) as caught:
        read_time("9")
    assert caught.value.message == "Say whether 9 is am or pm, such as 9am"


def test_the_hour_that_never_came_is_refused() -> None:
    with pytest.raises(NotUnderstood) as caught:
        join(date(2026, 3, 29), time(1, 30), LONDON)
    assert "clocks went forward" in caught.value.message


@pytest.mark.parametrize(("at", "offset"), [(time(0, 59), 0), (time(2, 0), 1)])
def test_the_hours_beside_it_are_taken(at: time, offset: int) -> None:
    assert join(date(2026, 3, 29), at, LONDON).utcoffset() == timedelta(hours=offset)


@pytest.mark.parametrize("typed", ["1:30am", "0130hrs", "1.00am", "01:59"])
def test_the_hour_that_came_twice_is_asked_about(typed: str) -> None:
    with pytest.raises(NotUnderstood) as caught:
        read_moment(date(2026, 10, 25), typed, LONDON)
    assert "BST for the first, or" in caught.value.message
    assert "GMT for the second" in caught.value.message
    assert caught.value.parts == ("time",)


@pytest.mark.parametrize(
    ("typed", "hour", "minute"),
    [("1:30am BST", 0, 30), ("1:30am gmt", 1, 30), ("0159hrs BST", 0, 59), ("01:00 GMT", 1, 0)],
)
def test_an_answer_takes_the_first_or_the_second(typed: str, hour: int, minute: int) -> None:
    moment = read_moment(date(2026, 10, 25), typed, LONDON)
    assert moment.astimezone(UTC) == datetime(2026, 10, 25, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(("day", "typed", "clock"), [(7, "9am GMT", "BST"), (12, "14:30 BST", "GMT")])
def test_the_wrong_clock_is_refused(day: int, typed: str, clock: str) -> None:
    with pytest.raises(NotUnderstood, match=f"Clocks showed {clock} on that day"):
        read_moment(date(2026, day, 3), typed, LONDON)


def test_the_right_clock_may_be_written_on_any_day() -> None:
    assert read_moment(date(2026, 7, 3), "9am BST", LONDON) == datetime(2026, 7, 3, 8, tzinfo=UTC)


@given(st.integers(0, 2 * 24 * 60))
def test_what_the_screen_shows_is_read_back(after: int) -> None:
    minute = datetime(2026, 10, 24, tzinfo=UTC) + timedelta(minutes=after)
    local = minute.astimezone(LONDON)
    assert read_moment(local.date(), clock(local), LONDON).astimezone(UTC) == minute


def test_spaces_are_nothing() -> None:
    assert nothing_typed(["", " ", "\t"])
    assert not nothing_typed(["", "3", ""])


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_date_written_in_numbers_is_read_back(day: date) -> None:
    assert read_date(str(day.day), str(day.month), str(day.year)) == day
    assert read_date(f"{day:%d}", f"{day:%B}", f"{day:%Y}") == day


@given(st.times())
def test_every_time_is_read_back_to_the_minute(at: time) -> None:
    minute = at.replace(second=0, microsecond=0, fold=0)
    assert read_time(f"{at:%H:%M}") == minute
    assert read_time(f"{at:%I.%M%p}") == minute


@given(st.text(), st.text(), st.text())
def test_no_text_is_more_than_refused(day: str, month: str, year: str) -> None:
    with suppress(NotUnderstood):
        assert isinstance(read_date(day, month, year), date)


@given(st.text())
def test_no_time_is_more_than_refused(typed: str) -> None:
    with suppress(NotUnderstood):
        assert isinstance(read_time(typed), time)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.times())
def test_every_moment_is_one_that_was_or_is_refused(day: date, at: time) -> None:
    try:
        moment = join(day, at.replace(fold=0), LONDON)
    except NotUnderstood:
        return
    assert moment.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) == datetime.combine(day, at.replace(fold=0))
