"""The filters in use, as tags above a list: each says what it is, with a link that removes it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.forms import BaseForm
from django.http import QueryDict

from ui.moments import moment

# Where in the list somebody was: of another list, once a filter is gone.
PLACES = ("page", "before", "after")


@dataclass(frozen=True)
class FilterTag:
    label: str
    words: str
    without: str


def filter_tags(form: BaseForm, asked: QueryDict) -> list[FilterTag]:
    """Of a form that was cleaned, without what was not understood."""
    if not form.is_bound:
        return []
    form.is_valid()
    return list(_tags(form, asked))


def _tags(form: BaseForm, asked: QueryDict) -> Iterator[FilterTag]:
    for name, value in form.cleaned_data.items():
        if value:
            field: Any = form.fields[name]
            inputs = [f"{name}_{part}" for part in getattr(field.widget, "parts", ())] or [name]
            yield FilterTag(str(form[name].label), _words(field, value), _without(asked, {*inputs, *PLACES}))


def _words(field: Any, value: Any) -> str:
    if isinstance(value, date):
        return moment(value)
    labels = dict(getattr(field, "choices", ()))
    chosen = value if isinstance(value, list) else [value]
    return ", ".join(str(labels.get(choice, choice)) for choice in chosen)


def _without(asked: QueryDict, names: set[str]) -> str:
    others = QueryDict(mutable=True)
    for name, values in asked.lists():
        if name not in names and any(values):
            others.setlist(name, [value for value in values if value])
    return f"?{others.urlencode()}"
