"""One radio or checkbox as the templates print it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

BLANK_LABEL = "---------"
NOTHING = SafeString("")


class Choice(NamedTuple):
    """A choice as its radio or checkbox has it, without what the page says around it."""

    id: str
    value: str
    label: str
    checked: bool


class Option(NamedTuple):
    """The same with what the page says around it."""

    id: str
    name: str
    value: str
    label: str
    checked: bool
    hint: str = ""
    divider: str = ""
    revealed: str = ""
    exclusive: bool = False
    disabled: bool = False


def options(field: BoundField) -> Iterator[Option]:
    """The choices of a field in their order; the blank choice of a drop-down is not a choice here."""
    widget = field.field.widget
    hints, dividers, reveals = (getattr(widget, table, {}) for table in ("hints", "dividers", "reveals"))
    for choice in shown(field):
        value = choice.value
        yield Option(
            id=choice.id,
            name=field.html_name,
            value=value,
            label=choice.label,
            checked=choice.checked,
            hint=hints.get(value, ""),
            divider=dividers.get(value, ""),
            revealed=revealed(field, reveals.get(value, "")),
            exclusive=value != "" and getattr(widget, "exclusive", "") == value,
            disabled=bool(field.field.disabled),
        )


def shown(field: BoundField) -> Iterator[Choice]:
    """The choices that are printed, checked as ChoiceWidget.optgroups() does. Radios and checkboxes have no groups."""
    widget: Any = field.field.widget
    start = widget.attrs.get("id") or field.auto_id
    selected = widget.format_value(field.value())
    for index, (code, label) in enumerate(widget.choices):
        value = "" if code is None else str(code)
        checked = value in selected
        if checked and not widget.allow_multiple_selected:
            selected = []
        if value or str(label) != BLANK_LABEL:
            yield Choice(widget.id_for_label(start, str(index)) if start else "", value, label, checked)


def revealed(field: BoundField, names: Any) -> SafeString:
    """The fields an option opens, printed by their own templates (which escape)."""
    if not names:
        return NOTHING
    groups = [field.form[name].as_field_group() for name in names if name in field.form.fields]
    return SafeString("".join(groups))
