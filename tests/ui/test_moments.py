"""One way to write a time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template

from ui.moments import between, clock, gap, moment, weekday


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [(9, 0, "9am"), (16, 46, "4:46pm"), (0, 5, "12:05am"), (12, 0, "12pm"), (23, 59, "11:59pm")],
)
def test_a_time_of_day(hour: int, minute: int, words: str) -> None:
    assert clock(datetime(2026, 11, 16, hour, minute, tzinfo=UTC)) == words


def test_a_moment_is_told_as_clocks_here_showed_it() -> None:
    assert moment(datetime(2026, 11, 16, 16, 46, tzinfo=UTC)) == "16 November 2026, 4:46pm"
    assert moment(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "2 July 2026, 12:30am"


def test_a_moment_without_a_zone_is_taken_as_it_is() -> None:
    assert moment(datetime(2026, 7, 1, 23, 30)) == "1 July 2026, 11:30pm"  # noqa: DTZ001  that is what is tried


def test_a_day_has_no_time_and_nothing_is_nothing() -> None:
    assert moment(date(2026, 3, 9)) == "9 March 2026"
    assert moment(None) == ""


def test_the_filter_of_templates() -> None:
    template = Template("{% load ui %}{{ when|moment }}|{{ never|moment }}")
    context = Context({"when": datetime(2026, 11, 16, 9, 0, tzinfo=UTC), "never": None})
    assert template.render(context) == "16 November 2026, 9am|"


def test_a_day_that_must_be_kept_has_its_name() -> None:
    assert weekday(date(2026, 7, 20)) == "Monday 20 July 2026"
    assert Template("{% load ui %}{{ day|weekday }}").render(Context({"day": date(2026, 7, 20)})) == (
        "Monday 20 July 2026"
    )


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 minutes"), (1, "1 minute"), (59, "59 minutes"), (60, "1 hour"), (665, "11 hours 5 minutes"),
     (47 * 60 + 59, "47 hours 59 minutes"), (48 * 60, "2 days"), (3 * 1440 + 125, "3 days 2 hours"),
     (-5, "0 minutes")],
)  # fmt: skip
def test_how_long_lies_between(minutes: int, words: str) -> None:
    start = datetime(2026, 7, 18, 22, 5, tzinfo=UTC)
    assert gap(start, start + timedelta(minutes=minutes, seconds=30)) == words


def test_a_minute_is_at_once() -> None:
    start = datetime(2026, 7, 18, 22, 5, tzinfo=UTC)
    assert between(start, start + timedelta(seconds=59)) == "at once"
    assert between(start, start + timedelta(minutes=665)) == "11 hours 5 minutes after"
