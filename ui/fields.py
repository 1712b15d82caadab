"""Fields for forms. Everything a form needs from here: fields, and the widgets under their short names."""

from datetime import date, datetime
from typing import Any, Literal

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from ui import dates
from ui.widgets import Checkbox, Checkboxes, DateParts, DateTimeParts, Radios, Select, Textarea

RevealRadios = Radios

When = Literal["any", "past", "future"]
__all__ = ["Checkbox", "Checkboxes", "DateField", "DateTimeField", "Radios", "RevealRadios", "Select", "Textarea"]


class DateField(forms.Field):
    """A date in three parts. `when="past"` lets today be the last day, `when="future"` the first."""

    widget: Any = DateParts
    default_error_messages = {"required": dates.ENTER_DATE, "invalid": dates.ENTER_DATE}

    def __init__(self, *, when: When = "any", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.when = when

    def clean(self, value: Any) -> Any:
        cleaned = self.to_python(value)
        self.validate(cleaned)
        self.run_validators(cleaned)
        return cleaned

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date):
            return value
        texts = self.widget.texts(value)
        if dates.nothing_typed(texts):
            return None
        try:
            return self.read(texts)
        except dates.NotUnderstood as error:
            raise ValidationError(error.message, code="invalid", params={"parts": error.parts}) from error

    def read(self, texts: list[str]) -> date:
        found = dates.read_date(*texts[:3])
        self.check_when(found, timezone.localdate())
        return found

    def check_when(self, found: Any, limit: Any) -> None:
        if self.when == "past" and found > limit:
            raise dates.NotUnderstood("The date must be today or in the past", "day", "month", "year")
        if self.when == "future" and found < limit:
            raise dates.NotUnderstood("The date must be today or in the future", "day", "month", "year")

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.comparable(self.to_python(data)) != self.comparable(self.to_python(initial)))
        except ValidationError:
            return True

    def comparable(self, value: Any) -> Any:
        return value


class DateTimeField(DateField):
    """A date in three parts with a time, kept with the site's time zone. `when` counts to the minute."""

    widget: Any = DateTimeParts
    default_error_messages = {
        "required": "Enter a day, month, year and time, such as 27 3 2026 and 2:30pm",
        "invalid": dates.ENTER_TIME,
    }

    def read(self, texts: list[str]) -> datetime:
        day = dates.read_date(*texts[:3])
        if not texts[3].strip():
            raise dates.NotUnderstood(dates.ENTER_TIME, "time")
        moment = dates.read_moment(day, texts[3], timezone.get_current_timezone())
        self.check_when(moment, timezone.now())
        return moment

    def check_when(self, found: Any, limit: Any) -> None:
        if self.when == "past" and found > limit:
            raise dates.NotUnderstood("The date and time must be in the past", "day", "month", "year", "time")
        if self.when == "future" and found < limit:
            raise dates.NotUnderstood("The date and time must be in the future", "day", "month", "year", "time")

    def comparable(self, value: Any) -> Any:
        """The screen shows minutes, so seconds are no change."""
        return value.replace(second=0, microsecond=0) if value else None
