"""Questions that only some answers open: which are open, given what was sent."""

from collections.abc import Iterator, Sequence

from django.forms import BaseForm, Field
from django.forms.boundfield import BoundField

from ui.widgets import Checkbox, Checkboxes, Radios


def revealed_names(form: BaseForm) -> frozenset[str]:
    """Every field that some option opens: the layout prints it there and nowhere else."""
    return frozenset(name for field in form.fields.values() for names in _tables(field.widget) for name in names)


def concealed_names(form: BaseForm) -> frozenset[str]:
    """Fields whose question is not open: their answers do not apply."""
    open_: set[str] = set(form.fields) - revealed_names(form)
    waiting = list(open_)
    while waiting:
        name = waiting.pop()
        opened = set(_opened(form[name])) & set(form.fields) - open_
        open_ |= opened
        waiting += opened
    return frozenset(form.fields) - open_


def opener(form: BaseForm, name: str) -> tuple[str, str]:
    """The open question behind which a concealed field stands, and the answer to it that leads there."""
    for asked, field in form.fields.items():
        for answer, names in _answers(field):
            if name in names:
                return opener(form, asked) if asked in concealed_names(form) else (asked, answer)
    raise LookupError(f"nothing opens {name}")


def _answers(field: Field) -> Iterator[tuple[str, Sequence[str]]]:
    widget = field.widget
    if isinstance(widget, Radios | Checkboxes):
        labels = {str(value): str(label) for value, label in widget.choices}
        yield from ((labels.get(value, value), names) for value, names in widget.reveals.items())
    if isinstance(widget, Checkbox):
        yield str(field.label), widget.reveals


def _tables(widget: object) -> Iterator[Sequence[str]]:
    if isinstance(widget, Radios | Checkboxes):
        yield from widget.reveals.values()
    if isinstance(widget, Checkbox):
        yield widget.reveals


def _opened(field: BoundField) -> Iterator[str]:
    widget, sent = field.field.widget, field.data if field.form.is_bound else field.initial
    if isinstance(widget, Checkbox):
        yield from widget.reveals if sent else ()
    if isinstance(widget, Radios | Checkboxes):
        values = sent if isinstance(sent, list | tuple | set) else [sent]
        for value in values:
            yield from widget.reveals.get(str(value), ())
