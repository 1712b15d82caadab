"""How this site writes a time: one way, everywhere."""

from datetime import date, datetime, timedelta

from django.utils import timezone

TWO_DAYS = 48  # hours
NOON = 12
# A page has a hundred times on it, and strftime() is the slowest part of writing one.
MONTHS = ("", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip


def clock(when: datetime) -> str:
    """9am, 2:30pm. In the hour that comes twice when the clocks go back, which of the two: 1:30am GMT."""
    hour, half = when.hour % 12 or 12, "am" if when.hour < NOON else "pm"
    shown = f"{hour}:{when.minute:02}{half}" if when.minute else f"{hour}{half}"
    twice = when.utcoffset() != when.replace(fold=1 - when.fold).utcoffset()
    return f"{shown} {when.tzname()}" if twice else shown


def moment(when: datetime | date | None) -> str:
    """16 November 2026, 4:46pm, as clocks here showed it. A day without a time has none; nothing is nothing."""
    if when is None:
        return ""
    if not isinstance(when, datetime):
        return f"{when.day} {MONTHS[when.month]} {when.year}"
    local = timezone.localtime(when) if timezone.is_aware(when) else when
    return f"{local.day} {MONTHS[local.month]} {local.year}, {clock(local)}"


def weekday(day: date) -> str:
    """Monday 20 July 2026: for a day that somebody must keep."""
    return f"{day:%A} {moment(day)}"


def gap(start: datetime, end: datetime) -> str:
    """11 hours 5 minutes; days from two on. Whole minutes, as the times beside it are written."""
    hours, minutes = divmod(max(0, (end - start) // timedelta(minutes=1)), 60)
    if hours >= TWO_DAYS:
        return _counted((hours // 24, "day"), (hours % 24, "hour"))
    return _counted((hours, "hour"), (minutes, "minute")) or "0 minutes"


def _counted(*parts: tuple[int, str]) -> str:
    """Join the parts that are not zero, such as "2 days 1 hour"."""
    return " ".join(f"{number} {unit}{'' if number == 1 else 's'}" for number, unit in parts if number)


def between(start: datetime, end: datetime) -> str:
    """How long after: "11 hours 5 minutes after", or "at once"."""
    return f"{gap(start, end)} after" if end - start >= timedelta(minutes=1) else "at once"
