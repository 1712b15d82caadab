"""Forms that judge what is saved: each field is answered with what it would send if nobody changed it."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict

from ui.widgets import DateParts


class SavedAnswers(QueryDict):
    """Given to a form instead of what a browser sent. It holds nothing: the form's own saved answers count.

    So a form is made once to judge them, not once to learn what it would send and again to be sent that.
    """

    def __init__(self) -> None:
        super().__init__()


def sent(bound: BoundField) -> Any:
    """What the widget would read from a browser that changed nothing."""
    widget, value = bound.field.widget, saved(bound)
    if isinstance(widget, DateParts):
        return widget.texts(value)
    if isinstance(widget, forms.CheckboxInput):
        return bool(value)
    texts = texts_of(bound, value)
    if getattr(widget, "allow_multiple_selected", False):
        return texts
    return texts[-1] if texts else None


def saved(bound: BoundField) -> Any:
    """Asked of the form each time: what a form begins with may change until it is complete."""
    return bound.form.get_initial_for_field(bound.field, bound.name)


def texts_of(bound: BoundField, value: Any) -> list[str]:
    """Of anything but a date or a single tick."""
    if isinstance(value, list | tuple | set | frozenset):
        return [str(choice) for choice in value]
    return [] if value is None or value == "" else [str(bound.field.prepare_value(value))]
