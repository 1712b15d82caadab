"""Dates, ticks and codes in words."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.utils import timezone

from decisions.presenters.people import day_words
from decisions.rules.codes import Code
from ui.rows import Row
from ui.widgets import clock


def when_words(when: datetime | date | None) -> str:
    if when is None:
        return ""
    if isinstance(when, datetime):
        local = timezone.localtime(when)
        return f"{day_words(local.date())} at {clock(local)}"
    return day_words(when)


def code_words(codes: type[Code], code: str) -> str:
    return codes.label_of(code) if code else ""


def said(*pairs: tuple[str, str | Sequence[str]]) -> list[Row]:
    """Rows for what was answered; questions without an answer are left out."""
    return [Row(key, value) for key, value in pairs if value]


def joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def lines(*pairs: tuple[str, str]) -> Iterator[str]:
    for label, text in pairs:
        if text:
            yield f"{label}: {text}" if label else text
