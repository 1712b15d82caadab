"""Form data as a browser submits it: stored, compared, and rebuilt from saved answers to validate them again."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from ui.saved_answers import texts_of
from ui.text import one_newline
from ui.widgets import DateParts

Typed = Mapping[str, list[str]]
# No count on our pages has more digits.
DIGITS = 6
LONGEST_NAME = 40
# The key, which no field has, that marks autosaved form data with the id of the opened page it came from.
AUTOSAVED = ""
# Never part of the answers.
NOT_TYPED = frozenset(
    {"csrfmiddlewaretoken", "version", "page", "then", "opened", "seen", "autosave", "sources", AUTOSAVED}
)


def from_post(data: QueryDict) -> dict[str, list[str]]:
    """Everything submitted, valid or not. Lone surrogates and NUL, which cannot be stored, are replaced."""
    return {_storable(key): [_storable(text) for text in data.getlist(key)] for key in data if key not in NOT_TYPED}


def autosaved(data: QueryDict) -> dict[str, list[str]]:
    """The same for form data that was not submitted, marked with the opened page it was typed on."""
    return {**from_post(data), AUTOSAVED: [opened(data)]}


def opened(data: QueryDict) -> str:
    """The id of the opened page: a tab's own autosaves never make that tab stale."""
    return _storable(data.get("opened", ""))[:LONGEST_NAME]


def same_answers(data: QueryDict, other: QueryDict) -> bool:
    """Whether both would save the same answers: empty fields and row counts do not matter."""
    return _answers(data) == _answers(other)


def _answers(data: QueryDict) -> dict[str, list[str]]:
    sent = {key: [one_newline(text) for text in values if text] for key, values in from_post(data).items()}
    return {key: sorted(values) for key, values in sent.items() if values and not key.endswith("-rows")}


def whole_number(text: str, *, otherwise: int) -> int:
    """A small count that a browser submitted; `otherwise` for anything that is not one."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= DIGITS else otherwise


def to_data(typed: Typed) -> QueryDict:
    data = QueryDict(mutable=True)
    for key, values in typed.items():
        if key != AUTOSAVED:
            data.setlist(key, values)
    return data


def as_saved(page_forms: Iterable[forms.BaseForm]) -> QueryDict:
    """What these forms would submit if no field on them were changed."""
    data = QueryDict(mutable=True)
    for form in page_forms:
        for bound in form:
            for key, values in _sent(bound):
                data.setlist(key, values)
    return data


def _sent(bound: forms.BoundField) -> Iterator[tuple[str, list[str]]]:
    value, widget = bound.initial, bound.field.widget
    if isinstance(widget, DateParts):
        for part, text in zip(widget.parts, widget.texts(value), strict=True):
            yield f"{bound.html_name}_{part}", [text]
    elif isinstance(widget, forms.CheckboxInput):
        if value:
            yield bound.html_name, ["on"]
    elif texts := texts_of(bound, value):
        yield bound.html_name, texts


def _storable(text: Any) -> str:
    return str(text).encode("utf-8", "replace").decode("utf-8").replace("\x00", "�")
