from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from django.db.models import Model
from django.forms.boundfield import BoundField

from ui import forms

M = TypeVar("M", bound=Model)


class PartForm(forms.ModelForm[M]):
    """Reads answers for a row; the action writes them. So the model's own checks are not run here."""

    refuses_concealed = True
    legend = ""
    lead = ""
    warning = ""
    # Words the page put into the boxes by itself.
    words_suggested: Mapping[str, Any] = MappingProxyType({})

    def known_words(self, bound: BoundField) -> list[Any]:
        return [*super().known_words(bound), self.words_suggested.get(bound.name)]

    def _post_clean(self) -> None:
        """A row that was ticked away cannot be wrong."""
        if self.is_bound and self.cleaned_data.get("remove"):
            self.errors.clear()

    def _keep_remove_only_if_used(self, *, suggested: bool = False) -> None:
        """There is nothing to take out of a row that nobody has touched."""
        if self.instance.pk is None and not suggested and not (self.is_bound and self.has_changed()):
            del self.fields["remove"]
