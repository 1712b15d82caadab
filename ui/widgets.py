"""Widgets that know what GOV.UK's components can do: hints and questions per option, parts of a date."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone

from ui.moments import clock
from ui.options import BLANK_LABEL


class _Options:
    """What radios and checkboxes share. Keys of the tables are the values of the choices."""

    hints: Mapping[str, str]
    reveals: Mapping[str, Sequence[str]]
    dividers: Mapping[str, str]

    def __init__(
        self,
        *args: Any,
        hints: Mapping[str, str] | None = None,
        reveals: Mapping[str, Sequence[str]] | None = None,
        dividers: Mapping[str, str] | None = None,
        inline: bool = False,
        small: bool = False,
        label_size: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.hints = {str(key): hint for key, hint in (hints or {}).items()}
        self.reveals = {str(key): tuple(names) for key, names in (reveals or {}).items()}
        self.dividers = {str(key): text for key, text in (dividers or {}).items()}
        if inline and self.reveals:
            raise ValueError("Inline options have no room to open a question: leave out inline or reveals.")
        self.inline = inline
        self.small = small
        self.label_size = label_size


class Radios(_Options, forms.RadioSelect):
    """One of a few. `dividers={"none": "or"}` prints "or" above that option."""


class Checkboxes(_Options, forms.CheckboxSelectMultiple):
    """Several of a few. `exclusive` is the value of "none of these", which unticks the others."""

    def __init__(self, *args: Any, exclusive: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.exclusive = str(exclusive)


class Checkbox(forms.CheckboxInput):
    """One tick. `reveals` names the fields that ticking it opens."""

    def __init__(self, *args: Any, reveals: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reveals = tuple(reveals)


class Select(forms.Select):
    """A drop-down, for lists too long for radios."""

    def create_option(self, name: str, value: Any, label: int | str, *args: Any, **kwargs: Any) -> dict[str, Any]:
        blank = value in ("", None) and str(label) == BLANK_LABEL
        return super().create_option(name, value, "Choose one" if blank else label, *args, **kwargs)


class Textarea(forms.Textarea):
    """Several lines. `count=2000` counts down from 2,000; `count=True` from the field's own max_length."""

    def __init__(
        self, *, rows: int = 5, count: bool | int = False, label_size: str | None = None, attrs: Any = None
    ) -> None:
        super().__init__(attrs={"rows": rows, **(attrs or {})})
        self.count = count
        self.label_size = label_size

    def limit(self, field: forms.Field) -> int:
        if self.count is True:
            return getattr(field, "max_length", None) or 0
        return int(self.count)


class DateParts(forms.Widget):
    """Day, month and year as three texts, kept as typed. Posted as NAME_day, NAME_month, NAME_year."""

    parts: tuple[str, ...] = ("day", "month", "year")
    use_fieldset = True

    def __init__(self, attrs: Any = None, label_size: str | None = None) -> None:
        super().__init__(attrs)
        self.label_size = label_size

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:  # noqa: ARG002  Django's signature
        return [str(data.get(f"{name}_{part}") or "") for part in self.parts]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:  # noqa: ARG002  Django's signature
        return not any(f"{name}_{part}" in data for part in self.parts)

    def id_for_label(self, id_: str) -> str:  # noqa: ARG002  Django's signature
        return ""

    def texts(self, value: Any) -> list[str]:
        """What stands in each part."""
        if isinstance(value, date):
            return [str(value.day), str(value.month), str(value.year)]
        texts = [str(part) for part in value] if isinstance(value, list | tuple) else []
        return (texts + [""] * len(self.parts))[: len(self.parts)]

    def inputs(self, name: str, value: Any, id_: str, wrong: Sequence[str]) -> list[dict[str, Any]]:
        return [
            {
                "name": f"{name}_{part}",
                "id": f"{id_}_{part}",
                "label": part.capitalize(),
                "value": text,
                "numeric": part != "time",
                "width": {"year": 4, "time": 5}.get(part, 2),
                "wrong": part in wrong,
            }
            for part, text in zip(self.parts, self.texts(value), strict=True)
        ]


class DateTimeParts(DateParts):
    """A date in three parts and a time as people write it."""

    parts = ("day", "month", "year", "time")

    def texts(self, value: Any) -> list[str]:
        if isinstance(value, datetime):
            local = timezone.localtime(value) if timezone.is_aware(value) else value
            return [*super().texts(local.date()), clock(local)]
        return super().texts(value)
