"""The fields of a form class, and the copies of them that each form gets.

Django copies them with deepcopy(), every choice included, each time a form is made. A page of the guided form makes up
to sixty forms of twenty fields, so here a copy goes only as deep as a form's __init__ may change.
"""

import copy
from functools import cache
from typing import Any, TypeVar

from django import forms
from django.forms.utils import pretty_name
from django.forms.widgets import ChoiceWidget

from ui import fields, messages

T = TypeVar("T")
LINE_LENGTH = 200
TEXT_LENGTH = 10_000


class BaseFields(dict[str, forms.Field]):
    """The `base_fields` of a form class, prepared when its first form is made: translations are not ready earlier."""

    prepared = False

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, forms.Field]:
        if not self.prepared:
            for name, field in self.items():
                prepare(field, label_of(field, name))
            self.prepared = True
        return {name: copied(field) for name, field in self.items()}


def copied(field: forms.Field) -> forms.Field:
    """A field of its own for one form. Choices, hints and the like are shared: replace them, never change them."""
    kinds: Any = type(field), type(field.widget)
    if not _is_plain(*kinds):
        return copy.deepcopy(field)
    result = _shallow(field)
    result.error_messages = field.error_messages.copy()
    result.validators = field.validators[:]
    result.widget = _shallow(field.widget)
    result.widget.attrs = field.widget.attrs.copy()
    return result


@cache
def _is_plain(field: Any, widget: Any) -> bool:
    """Whether deepcopy() of these classes copies nothing besides what `copied` does, choices apart."""
    fields_plain = field.__deepcopy__ in {forms.Field.__deepcopy__, forms.ChoiceField.__deepcopy__}  # type: ignore[attr-defined]  # not in the stubs
    return fields_plain and widget.__deepcopy__ in {forms.Widget.__deepcopy__, ChoiceWidget.__deepcopy__}


def _shallow(original: T) -> T:
    """As copy.copy(), for objects that keep all they have in their __dict__."""
    result = object.__new__(type(original))
    result.__dict__.update(original.__dict__)
    return result


def label_of(field: forms.Field, name: str) -> str:
    return str(getattr(field, "error_name", "") or field.label or pretty_name(name))


def prepare(field: forms.Field, label: str) -> None:
    """Our limits, our words, and nothing a browser would do silently with what is typed."""
    widget = field.widget
    if isinstance(field, forms.CharField) and field.max_length is None:
        counted = widget.limit(field) if isinstance(widget, fields.Textarea) else 0
        field.max_length = counted or (TEXT_LENGTH if isinstance(widget, forms.Textarea) else LINE_LENGTH)
    for silent in ("maxlength", "min", "max", "step"):
        widget.attrs.pop(silent, None)
    if isinstance(widget, forms.NumberInput):
        widget.input_type = "text"
        widget.attrs.setdefault("inputmode", "numeric")
    messages.settle(field, label)
