from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from django.db.models import Model
from django.forms.boundfield import BoundField

from ui import forms
from ui.boundfield import GovukBoundField

M = TypeVar("M", bound=Model)


# Kinds that may be left blank without a word: a box not ticked is an answer, and radio buttons are always asked.
UNMARKED = frozenset({"checkbox", "checkboxes", "radios"})


class OptionalBoundField(GovukBoundField):
    """Ends the label of an optional question in "(optional)", unless the form's `needed_if` names it."""

    @property
    def label(self) -> str:
        return f"{self._label} (optional)" if self.is_optional else self._label

    @label.setter
    def label(self, text: str) -> None:
        self._label = text

    @property
    def is_optional(self) -> bool:
        if self.field.required or self.is_hidden or self.kind in UNMARKED:
            return False
        never = (*getattr(self.form, "needed_if", ()), *getattr(self.form, "revealed_names", ()))
        return self.name not in never


class PartForm(forms.ModelForm[M]):
    """Reads answers for a row; the action writes them. So the model's own checks are not run here."""

    bound_field_class = OptionalBoundField
    # Questions not required by the form alone that another answer makes necessary: never "(optional)".
    needed_if: tuple[str, ...] = ()
    refuses_concealed = True
    legend = ""
    lead = ""
    warning = ""
    # Suggested text that the page put into the fields.
    words_suggested: Mapping[str, Any] = MappingProxyType({})

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
