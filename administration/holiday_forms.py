"""School holidays as an administrator types them, one on each line."""

import re
from datetime import date, datetime, timedelta

from django import forms
from django.core.exceptions import ValidationError

from ui import fields
from ui.forms import Form

EXAMPLE = "21 December 2026 to 1 January 2027"
MOST_LINES = 60
LONGEST = timedelta(days=100)
WRITTEN = ("%d %B %Y", "%d %b %Y", "%d %m %Y", "%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d")
BETWEEN = re.compile(r"\s+(?:to|until|[-\u2013])\s+")


class HolidaysForm(Form):
    holidays = forms.CharField(
        label="Days your school is closed, one holiday a line",
        help_text=f"Such as {EXAMPLE}. A single day may stand alone.",
        max_length=4000,
        required=False,
        widget=fields.Textarea(rows=10),
    )

    def clean_holidays(self) -> list[tuple[date, date]]:
        if self.add_prefix("holidays") not in self.data:
            # Otherwise leaving the field out would clear the list.
            raise ValidationError("Only part of the page arrived, so nothing was changed. Try again")
        lines = [line.strip() for line in self.cleaned_data["holidays"].splitlines()]
        if len(lines) > MOST_LINES:
            raise ValidationError(f"Enter {MOST_LINES} lines or fewer: remove holidays that are over")
        return [_days(line, place) for place, line in enumerate(lines, start=1) if line]


def _days(line: str, place: int) -> tuple[date, date]:
    texts = BETWEEN.split(line)
    days = [day for day in (_day(text) for text in texts) if day]
    if len(days) != len(texts) or len(days) > 2:  # noqa: PLR2004  (the first and the last)
        raise ValidationError(f"Line {place}: enter the first and the last day, such as {EXAMPLE}")
    first, last = days[0], days[-1]
    if last < first:
        raise ValidationError(f"Line {place}: the last day must not be before the first")
    if last - first > LONGEST:
        raise ValidationError(f"Line {place}: this is longer than any school holiday. Check the years")
    return first, last


def _day(text: str) -> date | None:
    for written in WRITTEN:
        try:
            day = datetime.strptime(" ".join(text.split()), written).date()  # noqa: DTZ007  (a day has no zone)
        except ValueError:
            continue
        return day if day.year >= 2000 else None  # noqa: PLR2004  (two figures are no year)
    return None


def line_of(first: date, last: date) -> str:
    """A holiday as it is typed, so that what is shown can be submitted again."""
    words = [f"{day.day} {day:%B %Y}" for day in dict.fromkeys([first, last])]
    return " to ".join(words)
