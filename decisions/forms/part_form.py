from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeVar

from django.db.models import Model
from django.forms.boundfield import BoundField

from ui import forms
from ui.boundfield import GovukBoundField

M = TypeVar("M", bound=Model)


# Kinds never marked "(optional)": an unticked checkbox is an answer, and radio buttons are always required.
UNMARKED = frozenset({"checkbox", "checkboxes", "radios"})


class OptionalBoundField(GovukBoundField):
    """Marks the label of an optional question with "(optional)", unless the form's `needed_if` names it.

    A question that an answer reveals is marked only where the form's `always_optional` names it.
    """

    @property
    def label(self) -> str:
        return f"{self._label} (optional)" if self.is_optional else self._label

    @label.setter
    def label(self, text: str) -> None:
        self._label = text

    @property
    def is_optional(self) -> bool:
        if self.name in getattr(self.form, "always_optional", ()):
            return True
        if self.field.required or self.is_hidden or self.kind in UNMARKED:
            return False
        never = (*getattr(self.form, "needed_if", ()), *getattr(self.form, "revealed_names", ()))
        return self.name not in never


class PartForm(forms.ModelForm[M]):
    """Validates answers for a row, which an action saves: so the model's own validation is not run here."""

    bound_field_class = OptionalBoundField
    # Questions that another answer can make necessary: never marked "(optional)".
    needed_if: tuple[str, ...] = ()
    # Questions that no answer makes necessary, of a kind or in a place that is not marked otherwise.
    always_optional: tuple[str, ...] = ()
    # Questions that few need: folded away under "Details" until somebody wants them.
    on_demand: tuple[str, ...] = ()
    # Printed without a frame and a legend of its own.
    bare = False
    refuses_concealed = True
    legend = ""
    lead = ""
    warning = ""
    # What a template asks of every row: what no form has, it looks for in several ways.
    named = ""
    to_think_about: tuple[str, ...] = ()
    # Text that the page suggested, by field.
    words_suggested: Mapping[str, Any] = MappingProxyType({})

    @property
    def folded(self) -> str:
        """What is said of the law, where the rest of it is folded away."""
        return ""

    @property
    def law(self) -> Sequence[Any]:
        """The layers of legal provisions that it asks about."""
        return ()

    @property
    def details_of(self) -> str:
        """What the details are of, for those who hear the page and do not see it."""
        return self.legend

    @property
    def shown_fields(self) -> list[BoundField]:
        return [field for field in self.top_fields if field.name not in self.on_demand]

    @property
    def detail_fields(self) -> list[BoundField]:
        return [field for field in self.top_fields if field.name in self.on_demand]

    @property
    def details_open(self) -> bool:
        """Whether anything was answered or refused under "Details"."""
        return any(field.errors or _differs(field) for field in self.detail_fields)

    def known_words(self, bound: BoundField) -> list[Any]:
        return [*super().known_words(bound), self.words_suggested.get(bound.name)]

    def _post_clean(self) -> None:
        """A row marked for removal is not validated."""
        if self.is_bound and self.cleaned_data.get("remove"):
            self.errors.clear()

    def _keep_remove_only_if_used(self, *, suggested: bool = False) -> None:
        """An untouched blank row has nothing to remove."""
        if self.instance.pk is None and not suggested and not (self.is_bound and self.has_changed()):
            del self.fields["remove"]


def _differs(field: BoundField) -> bool:
    """Whether somebody answered it; what a page suggested, and left as it is, is no answer of theirs."""
    value, form = field.value(), field.form
    given = any(value) if isinstance(value, list | tuple) else bool(value)
    suggested = getattr(form, "suggested", False)
    return given and not (suggested and not (form.is_bound and field.name in form.changed_data))
