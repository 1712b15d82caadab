"""One radio or checkbox as the templates print it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import Widget
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString, mark_safe

BLANK_LABEL = "---------"


@dataclass(frozen=True)
class Option:
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
    disabled = bool(field.field.disabled)
    for data in shown(field):
        value = _value(data)
        yield Option(
            id=data["attrs"].get("id", ""),
            name=data["name"],
            value=value,
            label=data["label"],
            checked=bool(data["selected"]),
            hint=_of(widget, "hints", value),
            divider=_of(widget, "dividers", value),
            revealed=revealed(field, _of(widget, "reveals", value)),
            exclusive=value != "" and getattr(widget, "exclusive", "") == value,
            disabled=disabled,
        )


def shown(field: BoundField) -> Iterator[dict[str, Any]]:
    """What Django knows of each choice that is printed."""
    for subwidget in field.subwidgets:
        if _value(subwidget.data) or str(subwidget.data["label"]) != BLANK_LABEL:
            yield subwidget.data


def _value(data: dict[str, Any]) -> str:
    return "" if data["value"] is None else str(data["value"])


def revealed(field: BoundField, names: Any) -> SafeString:
    """The fields an option opens, printed by their own templates (which escape)."""
    groups = [field.form[name].as_field_group() for name in names or () if name in field.form.fields]
    return mark_safe("".join(groups))


def _of(widget: Widget, table: str, value: str) -> Any:
    return getattr(widget, table, {}).get(value, "")
