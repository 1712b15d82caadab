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
WORDS |= {f"12 {word}": at for word, at in WORDS.items()}
# Hours with minutes or without; seconds are read and left out, because the screen shows minutes.
TIME = re.compile(r"(\d{1,2})(?:[:. ]?(\d{2})(?:[:.][0-5]\d)?)?\s*(?:([ap])\.?m?\.?|(h(?:ou)?rs?\.?|h))?", re.ASCII)
ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)", re.ASCII)
# Which of the two hours is meant in the night in which the clocks go back: the first is summer time.
CLOCKS = {"bst": 0, "gmt": 1}


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
    number = _day(typed["day"])
    month_number = _month(typed["month"])
    year_number = _year(typed["year"])
    try:
        return date(year_number, month_number, number)
    except ValueError:
        name = NAMES[month_number - 1].capitalize()
        raise NotUnderstood(
            f"There is no {number} {name} in {year_number}. Check the day and the month", "day", "month"
        ) from None


def split_clock(text: str) -> tuple[str, str]:
    """The time and, in capitals, the BST or GMT written after it, if any."""
    words = text.split()
    if len(words) > 1 and words[-1].lower() in CLOCKS:
        return " ".join(words[:-1]), words[-1].upper()
    return text, ""


def read_time(text: str) -> time:
    """14:30, 1430, 1430hrs, 14:30:15, 2.30pm, 9am, noon. A bare 9 is refused: it could be either half of the day."""
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


def read_moment(day: date, text: str, zone: tzinfo) -> datetime:
    """The moment meant by a day and a time as typed, with BST or GMT after it where that matters."""
    typed, clock = split_clock(text)
    return join(day, read_time(typed), zone, clock)


def join(day: date, at: time, zone: tzinfo, clock: str = "") -> datetime:
    """The moment meant. An hour that came twice is asked about; an hour that never came is refused."""
    first, second = (datetime.combine(day, at.replace(fold=fold), tzinfo=zone) for fold in (0, 1))
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != first.replace(tzinfo=None):
        raise NotUnderstood("The clocks went forward then, so that time did not happen. Enter an hour later", "time")
    if first.utcoffset() != second.utcoffset():
        if not clock:
            raise NotUnderstood(
                f"The clocks went back that night, so {at:%H:%M} came twice. Enter {at:%H:%M} {first.tzname()} for the "
                f"first, or {at:%H:%M} {second.tzname()} for the second",
                "time",
            )
        return second if CLOCKS[clock.lower()] else first
    if clock and clock != first.tzname():
        raise NotUnderstood(f"Clocks showed {first.tzname()} on that day. Enter the time without {clock}", "time")
    return first


def _day(text: str) -> int:
    """28 or 28th."""
    ordinal = ORDINAL.fullmatch(text.lower())
    return _number(ordinal[1] if ordinal else text, "day", 31)


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
