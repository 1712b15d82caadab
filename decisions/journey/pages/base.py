"""What every page of the guided form is made of: one form about the decision, and rows about its parts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, ClassVar, TypeVar

from django.db.models import Model
from django.forms.boundfield import BoundField
from django.http import QueryDict

from decisions.facts import facts_of, law_of
from decisions.journey import typed
from decisions.journey.draft import Draft
from decisions.rules.guidance import Passage, shown_on
from ui import forms

M = TypeVar("M", bound=Model)
AnyForm = TypeVar("AnyForm", bound=forms.Form | forms.ModelForm[Any])
MOST_ROWS = 60


class PartForm(forms.ModelForm[M]):
    """Reads answers for a row; the action writes them. So the model's own checks are not run here."""

    minds_concealed = True
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


@dataclass
class Rows:
    """Rows of one kind under a heading. With `add` a button puts one more blank row at the end."""

    name: str
    heading: str
    rows: Sequence[Any]  # forms of one class, which each page knows
    hint: str = ""
    add: str = ""

    @property
    def count(self) -> int:
        return len(self.rows)


@dataclass
class Page:
    """One page, unbound (saved answers or suggestions) or bound to what was typed."""

    draft: Draft
    data: QueryDict | None = None
    main: Any = field(init=False, default=None)  # each page knows its own form
    groups: list[Rows] = field(init=False, default_factory=list)
    key: ClassVar[str] = ""
    lead: ClassVar[str] = ""
    # Its own form stands after the rows, not before them.
    main_last: ClassVar[bool] = False

    def __post_init__(self) -> None:
        self.build()

    def build(self) -> None:
        raise TypeError(f"{type(self).__name__} does not say what it is made of")

    @property
    def forms(self) -> list[Any]:
        rows = [row for group in self.groups for row in group.rows]
        if self.main is None:
            return rows
        return [*rows, self.main] if self.main_last else [self.main, *rows]

    @cached_property
    def guidance(self) -> tuple[Passage, ...]:
        """What the guidance says here, to somebody who has said this much."""
        return shown_on(self.key, facts_of(self.draft.decision), law_of(self.draft.decision))

    @property
    def fresh(self) -> bool:
        """Never saved: suggestions may be shown."""
        return self.key not in self.draft.pages

    def is_valid(self) -> bool:
        valid = [form.is_valid() for form in self.forms]
        if all(valid):
            self.check()
        return all(form.is_valid() for form in self.forms)

    def hush(self) -> None:
        """Shows what was typed without a word about it: nobody has sent it yet."""
        for form in self.forms:
            form.hush()

    def check(self) -> None:
        """What only the whole page can tell. Adds errors to its forms."""

    def rows_typed(self, name: str, saved: int, *, least: int = 0) -> int:
        """How many rows to show: as many as were sent, or those saved; `least` in any case."""
        if self.data is None:
            return max(saved, least)
        sent = self.data.get(f"{name}-rows", "")
        return max(least, min(typed.whole_number(sent, otherwise=saved), MOST_ROWS))

    def accepts_what_was_saved(self) -> bool:
        data = typed.as_saved(self.forms)
        for group in self.groups:
            data.setlist(f"{group.name}-rows", [str(group.count)])
        return type(self)(self.draft, data).is_valid()

    def is_as_saved(self) -> bool:
        """Whether what was typed says nothing that is not saved already."""
        saved = typed.as_saved(type(self)(self.draft).forms)
        return self.data is not None and typed.same_answers(self.data, saved)


def filled(rows: Sequence[AnyForm]) -> list[AnyForm]:
    """Rows with something in them that were not ticked away."""
    return [row for row in rows if row.cleaned_data and not row.cleaned_data.get("remove")]
