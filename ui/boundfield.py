"""The one BoundField class: ids, descriptions and classes that GOV.UK's components expect.

A page asks some of this a dozen times of each of its hundred fields; what cannot change once the form is shown is kept.
"""

from collections.abc import Mapping
from functools import cache, cached_property
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorList
from django.utils.safestring import SafeString

from ui import rendering, text
from ui.options import Option, options, revealed, shown
from ui.saved_answers import SavedAnswers, sent
from ui.widgets import Checkbox, DateParts, Textarea

# The first that fits wins. CheckboxSelectMultiple is a RadioSelect to Python, so it stands before it.
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (DateParts, "date"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
    (forms.FileInput, "file"),
)
CLASSES = {"textarea": "govuk-textarea", "select": "govuk-select", "file": "govuk-file-upload", "text": "govuk-input"}


@cache
def kind_of(widget: type[forms.Widget]) -> str:
    """How fields with a widget of this class are laid out."""
    return next((kind for base, kind in KINDS if issubclass(widget, base)), "text")


class GovukBoundField(BoundField):
    def as_field_group(self) -> SafeString:
        """As Django does it, by way of the renderer, where the field has a template of its own."""
        own = self.template_name != rendering.FIELD_TEMPLATE
        return super().as_field_group() if own else SafeString(rendering.field({"field": self}))

    @property
    def kind(self) -> str:
        widget: Any = type(self.field.widget)
        return kind_of(widget)

    def value(self) -> Any:
        return text.printable(super().value())

    @property
    def data(self) -> Any:
        return sent(self) if isinstance(self.form.data, SavedAnswers) else super().data

    @property
    def errors(self) -> ErrorList:
        return self.form.errors.get(self.name) or self._no_errors

    @cached_property
    def _no_errors(self) -> ErrorList:
        return self.form.error_class(renderer=self.form.renderer)

    @cached_property
    def auto_id(self) -> str:
        return super().auto_id

    @cached_property
    def options(self) -> list[Option]:
        """With the fields they open printed in them: ask only when everything is validated."""
        return list(options(self))

    @property
    def revealed(self) -> str:
        """What ticking a single checkbox opens."""
        widget = self.field.widget
        return revealed(self, widget.reveals) if isinstance(widget, Checkbox) else ""

    @property
    def hint_id(self) -> str:
        return f"{self.auto_id}-hint"

    @property
    def error_id(self) -> str:
        return f"{self.auto_id}-error"

    @property
    def count(self) -> int:
        """How many characters a character count counts down from; 0 when the field has none."""
        widget = self.field.widget
        return widget.limit(self.field) if isinstance(widget, Textarea) else 0

    @property
    def count_text(self) -> str:
        return f"You can enter up to {self.count:,} characters"

    @property
    def aria_describedby(self) -> str | None:
        if self.field.widget.attrs.get("aria-describedby"):
            return None
        described = [self.hint_id] if self.help_text and self.kind != "checkbox" else []
        described += [f"{self.auto_id}-item-hint"] if self.help_text and self.kind == "checkbox" else []
        described += [self.error_id] if self.errors else []
        described += [f"{self.auto_id}-info"] if self.count else []
        return " ".join(described) if self.auto_id and not self.is_hidden else ""

    @property
    def first_input_id(self) -> str:
        """Where a link to this field lands: an element the keyboard can reach."""
        if self.kind == "date":
            return f"{self.auto_id}_{(self.wrong_parts or ('day',))[0]}"
        first = next(shown(self), None) if self.kind in {"radios", "checkboxes"} else None
        return first.id if first else self.auto_id

    @property
    def wrong_parts(self) -> tuple[str, ...]:
        """Which parts of a date the message is about; all of them when it names none."""
        for error in self.errors.as_data() if self.errors else ():
            if error.params and error.params.get("parts"):
                return tuple(error.params["parts"])
        return self.field.widget.parts if self.errors and isinstance(self.field.widget, DateParts) else ()

    @property
    def date_parts(self) -> list[dict[str, Any]]:
        widget = self.field.widget
        if not isinstance(widget, DateParts):
            return []
        return widget.inputs(self.html_name, self.value(), self.auto_id, self.wrong_parts)

    @property
    def is_page_heading(self) -> bool:
        return getattr(self.form, "page_heading", "") == self.name

    @property
    def label_size(self) -> str:
        """l for the page's heading, s for a question of the page, none for a question another one opens."""
        if self.is_page_heading:
            return "l"
        default = "" if self.name in getattr(self.form, "revealed_names", ()) else "s"
        size: str = getattr(self.field.widget, "label_size", None) or default
        return size

    def build_widget_attrs(self, attrs: Mapping[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        built: dict[str, Any] = super().build_widget_attrs(dict(attrs), widget)
        widget = widget or self.field.widget
        if widget.is_hidden or self.kind not in CLASSES:
            return built
        classes = [widget.attrs.get("class", ""), CLASSES[self.kind]]
        classes += ["govuk-input--width-5"] if isinstance(widget, forms.NumberInput) else []
        classes += [f"{CLASSES[self.kind]}--error"] if self.errors else []
        classes += ["govuk-js-character-count"] if self.count else []
        built["class"] = " ".join(filter(None, classes))
        return built
