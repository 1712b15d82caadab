"""Forms turned back into what a browser would have sent, to ask a form whether it accepts what was saved."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from ui.text import one_newline
from ui.widgets import DateParts

Typed = Mapping[str, list[str]]
# Longer numbers were never typed by a page of ours.
DIGITS = 6
LONGEST_NAME = 40
# The key, no name of any field, under which text that was kept but never sent says which opened page it is from.
AUTOSAVED = ""
# Never part of an answer.
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "version", "page", "then", "opened", "autosave", AUTOSAVED})


def from_post(data: QueryDict) -> dict[str, list[str]]:
    """Everything sent, valid or not. Lone surrogates and NUL cannot be stored, in names neither, and are replaced."""
    return {_storable(key): [_storable(text) for text in data.getlist(key)] for key in data if key not in NOT_TYPED}


def autosaved(data: QueryDict) -> dict[str, list[str]]:
    """The same for text nobody pressed a button on yet, marked with the opened page it was typed on."""
    return {**from_post(data), AUTOSAVED: [opened(data)]}


def opened(data: QueryDict) -> str:
    """Which opening of the page this comes from: one tab's own saves never make that tab stale."""
    return _storable(data.get("opened", ""))[:LONGEST_NAME]


def same_answers(one: QueryDict, other: QueryDict) -> bool:
    """Whether both would save the same: empty boxes and counts of rows are no answers."""
    return _answers(one) == _answers(other)


def _answers(data: QueryDict) -> dict[str, list[str]]:
    sent = {key: [one_newline(text) for text in values if text] for key, values in from_post(data).items()}
    return {key: sorted(values) for key, values in sent.items() if values and not key.endswith("-rows")}


def whole_number(text: str, *, otherwise: int) -> int:
    """A small count somebody's browser sent; anything that is not one is `otherwise`."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= DIGITS else otherwise


def to_data(typed: Typed) -> QueryDict:
    data = QueryDict(mutable=True)
    for key, values in typed.items():
        if key != AUTOSAVED:
            data.setlist(key, values)
    return data


def as_saved(page_forms: Iterable[forms.BaseForm]) -> QueryDict:
    """What these forms would send if nothing on them were touched."""
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
    elif isinstance(value, list | tuple | set | frozenset):
        yield bound.html_name, [str(one) for one in value]
    elif value is not None and value != "":
        yield bound.html_name, [str(bound.field.prepare_value(value))]


def _storable(text: Any) -> str:
    return str(text).encode("utf-8", "replace").decode("utf-8").replace("\x00", "�")
