"""Reads dates and times as people type them, and says what is wrong in their words. No form, no database."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, tzinfo

EXAMPLE = "27 3 2026"
ENTER_DATE = f"Enter a day, month and year, such as {EXAMPLE}"
ENTER_TIME = "Enter a time, such as 2:30pm or 14:30"
FIRST_YEAR, LAST_YEAR = 1900, 2100
NOON, HOURS, MINUTES = 12, 24, 60
DAY_FIGURES, YEAR_FIGURES, SHORT_NAME = 2, 4, 3
NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
WORDS = {"noon": time(12), "midday": time(12), "midnight": time(0)}
TIME = re.compile(r"(\d{1,2})(?:[:. ]?(\d{2}))?\s*([ap])?\.?m?\.?", re.ASCII)


class NotUnderstood(Exception):
    """`message` tells the person what to do, `parts` names the inputs it is about."""

    def __init__(self, message: str, *parts: str) -> None:
        super().__init__(message)
        self.message = message
        self.parts = parts


def read_date(day: str, month: str, year: str) -> date:
    """The date typed in three parts. Month names will do; years need four figures."""
    typed = {"day": day.strip(), "month": month.strip(), "year": year.strip()}
    missing = [part for part, text in typed.items() if not text]
    if len(missing) == len(typed):
        raise NotUnderstood(ENTER_DATE, *typed)
    if missing:
        raise NotUnderstood(f"The date must include a {' and a '.join(missing)}, such as {EXAMPLE}", *missing)
    number = _number(typed["day"], "day", 31)
    month_number = _month(typed["month"])
    year_number = _year(typed["year"])
    try:
        return date(year_number, month_number, number)
    except ValueError:
        name = NAMES[month_number - 1].capitalize()
        raise NotUnderstood(
            f"There is no {number} {name} in {year_number}. Check the day and the month", "day", "month"
        ) from None


def read_time(text: str) -> time:
    """14:30, 1430, 2.30pm, 9am, noon. A bare 9 is refused: it could be either half of the day."""
    typed = text.strip().lower()
    if typed in WORDS:
        return WORDS[typed]
    match = TIME.fullmatch(typed)
    if not match:
        raise NotUnderstood(ENTER_TIME, "time")
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if not half and match[2] is None:
        raise NotUnderstood(f"Say whether {hour} is am or pm, such as {hour if 0 < hour <= NOON else 9}am", "time")
    if half and hour > NOON:
        raise NotUnderstood(ENTER_TIME, "time")
    if half:
        hour = hour % NOON + (NOON if half == "p" else 0)
    if hour >= HOURS or minute >= MINUTES:
        raise NotUnderstood(ENTER_TIME, "time")
    return time(hour, minute)


def join(day: date, at: time, zone: tzinfo) -> datetime:
    """The moment meant. Of an hour that came twice the first is taken; an hour that never came is refused."""
    moment = datetime.combine(day, at, tzinfo=zone)
    if moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise NotUnderstood("The clocks went forward then, so that time did not happen. Enter an hour later", "time")
    return moment


def _number(text: str, part: str, most: int) -> int:
    if not (text.isdecimal() and len(text) <= DAY_FIGURES and 1 <= int(text) <= most):
        raise NotUnderstood(f"The {part} must be a number from 1 to {most}", part)
    return int(text)


def _month(text: str) -> int:
    name = text.lower().rstrip(".")
    for number, full in enumerate(NAMES, start=1):
        if len(name) >= SHORT_NAME and full.startswith(name):
            return number
    return _number(text, "month", 12)


def _year(text: str) -> int:
    if not (text.isdecimal() and len(text) == YEAR_FIGURES):
        raise NotUnderstood("Enter the year with 4 numbers, such as 2026", "year")
    if not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise NotUnderstood(f"The year must be between {FIRST_YEAR} and {LAST_YEAR}", "year")
    return int(text)


def nothing_typed(texts: Sequence[str]) -> bool:
    """True when nothing was typed in any part."""
    return not any(text.strip() for text in texts)
