"""How this site writes a time: one way, everywhere."""

from datetime import date, datetime

from django.utils import timezone


def clock(when: datetime) -> str:
    """9am, 2:30pm."""
    hour = f"{when:%I}".lstrip("0")
    return f"{hour}:{when:%M}{when:%p}".lower() if when.minute else f"{hour}{when:%p}".lower()


def moment(when: datetime | date | None) -> str:
    """16 November 2026, 4:46pm, as clocks here showed it. A day without a time has none; nothing is nothing."""
    if when is None:
        return ""
    if not isinstance(when, datetime):
        return f"{when.day} {when:%B %Y}"
    local = timezone.localtime(when) if timezone.is_aware(when) else when
    return f"{local.day} {local:%B %Y}, {clock(local)}"
