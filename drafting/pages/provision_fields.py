"""Legal provisions as options: suggested or chosen ones are shown, the others are folded."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django import forms as django_forms

from drafting.pages.provision_groups import ProvisionGroup, in_groups, topic_of
from rules.codes import WITHOUT_CONSENT_PROVISIONS
from rules.law import Provision
from ui.fields import Checkboxes, Radios, Textarea
from ui.options import Option


@dataclass(frozen=True)
class LawLayer:
    """One question about the law, as the page lays it out."""

    field: Any  # a bound field
    open: list[Option]
    folded: list[Option]
    groups: list[ProvisionGroup]  # of those folded

    @property
    def others(self) -> str:
        """What opens them."""
        count = len(self.folded)
        return f"{'Search' if self.is_searched else 'Show'} {count} {'other' if count == 1 else 'others'}"

    @property
    def is_searched(self) -> bool:
        return len(self.groups) > 1


class Layered:
    """A mixin for forms: `layers` names the questions about the law, `suggested` the codes of suggested provisions."""

    layers: ClassVar[tuple[str, ...]] = ()
    suggested: Collection[str] = ()

    @cached_property
    def law(self) -> list[LawLayer]:
        form: Any = self
        return [self._layer(form[name]) for name in self.layers if name in form.fields and form[name].options]

    def answer_to(self, code: str) -> str:
        """What was answered to the test of a provision."""
        return str(self.cleaned_data.get(f"answer_{code}") or "")  # type: ignore[attr-defined]  # mixed into a form

    @property
    def other_fields(self) -> list[Any]:
        return [field for field in self.top_fields if field.name not in self.layers]  # type: ignore[attr-defined]  # mixed into a form

    def _layer(self, field: Any) -> LawLayer:
        options: list[Option] = field.options
        shown = [option for option in options if option.checked or option.value in self.suggested]
        if not shown or field.errors:
            return LawLayer(field, options, [], [])
        folded = [option for option in options if option not in shown]
        return LawLayer(field, shown, folded, in_groups(folded, getattr(field.field, "topics", {})))


def choose_one(label: str) -> django_forms.ChoiceField:
    return django_forms.ChoiceField(label=label, widget=Radios(), required=False)


def choose_several(label: str) -> django_forms.MultipleChoiceField:
    return django_forms.MultipleChoiceField(label=label, widget=Checkboxes(), required=False)


def offer_provisions(form: Any, name: str, rows: list[Provision], reveals: dict[str, list[str]] | None = None) -> None:
    """Make the provisions the choices of a field. A provision with a test reveals the question for it."""
    tests = {
        row.code: [f"answer_{row.code}"]
        for row in rows
        if row.refused_test and row.code not in WITHOUT_CONSENT_PROVISIONS
    }
    kind = type(form.fields[name].widget)
    form.fields[name].widget = kind(hints=_hints(rows), reveals={**tests, **(reveals or {})})
    form.fields[name].choices = [(row.code, row.short_name) for row in rows]
    form.fields[name].topics = {row.code: topic_of(row.citation) for row in rows}
    for row in rows:
        if row.code in tests:
            form.fields[tests[row.code][0]] = django_forms.CharField(
                label=row.refused_test, max_length=2000, widget=Textarea(rows=2), required=False
            )


def _hints(rows: Iterable[Provision]) -> dict[str, str]:
    """What each provision means, and its legal name."""
    return {row.code: f"{row.plain_english} ({row.citation})" if row.citation else row.plain_english for row in rows}
