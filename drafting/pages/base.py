"""The base of every page of the guided form: a main form for the decision, and rows of forms for its parts."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

from django.http import QueryDict

from accounts.models import User
from decisions.forms.part_form import PartForm
from decisions.models import Decision
from drafting import form_data
from drafting.draft import Draft
from drafting.rows import columns_of, set_columns
from rules.guidance import Passage, shown_on
from ui.saved_answers import SavedAnswers

MOST_ROWS = 60


@dataclass
class Rows:
    """Rows of one kind under a heading. `add`: the label of a button that adds a blank row; `empty`: said of none."""

    name: str
    heading: str
    rows: Sequence[Any]  # forms of one class, which each page knows
    hint: str = ""
    add: str = ""
    empty: str = "Nobody yet."

    @property
    def count(self) -> int:
        return len(self.rows)


@dataclass
class Page(ABC):
    """One page, unbound (saved answers or suggestions) or bound to submitted data."""

    draft: Draft
    data: QueryDict | None = None
    main: Any = field(init=False, default=None)  # each page knows its own form
    groups: list[Rows] = field(init=False, default_factory=list)
    key: ClassVar[str] = ""
    lead: str = ""
    # Whether the main form is shown after the rows.
    main_last: ClassVar[bool] = False

    def __post_init__(self) -> None:
        self.build()

    @abstractmethod
    def build(self) -> None:
        """Make the forms of the page from the draft, and from the submitted data where there is some."""

    @property
    def forms(self) -> list[Any]:
        rows = [row for group in self.groups for row in group.rows]
        if self.main is None:
            return rows
        return [*rows, self.main] if self.main_last else [self.main, *rows]

    @cached_property
    def guidance(self) -> tuple[Passage, ...]:
        """The guidance passages for this page, given the answers so far."""
        return shown_on(self.key, self.draft.facts, self.draft.law)

    @property
    def why_this(self) -> str:
        """Why the law that it suggests was suggested."""
        return ""

    @property
    def sources(self) -> str:
        """The versions of the records that this page shows, which come back with what is submitted."""
        return ""

    @property
    def submitted(self) -> QueryDict | None:
        """What somebody sent; nothing where it shows or judges what is saved."""
        return None if isinstance(self.data, SavedAnswers) else self.data

    @property
    def sources_sent(self) -> str:
        return self.data.get("sources") or "" if self.data is not None else ""

    @property
    def source_changed(self) -> bool:
        """Whether a record that its answers were taken from was corrected since: the page is then checked again."""
        return False

    @property
    def fresh(self) -> bool:
        """Never saved: suggestions may be shown."""
        return self.key not in self.draft.pages

    def is_valid(self) -> bool:
        valid = [form.is_valid() for form in self.forms]
        if all(valid):
            self.check()
        return all(form.is_valid() for form in self.forms)

    def hide_errors(self) -> None:
        """Show what was typed without errors: it was not submitted yet."""
        for form in self.forms:
            form.hide_errors()

    def check(self) -> None:  # noqa: B027  (most pages have nothing to check across their forms)
        """Validate across the forms of the page; adds errors to them."""

    def rows_typed(self, name: str, saved: int, *, least: int = 0) -> int:
        """How many rows to show: as many as were submitted or are saved, and `least` in any case."""
        if self.data is None:
            return max(saved, least)
        sent = self.data.get(f"{name}-rows", "")
        return max(least, min(form_data.whole_number(sent, otherwise=saved), MOST_ROWS))

    @classmethod
    def accepts_saved_answers(cls, draft: Draft) -> bool:
        page = cls(draft, SavedAnswers())
        return not page.source_changed and page.is_valid()

    def is_as_saved(self) -> bool:
        """Whether the submitted data equals what is saved."""
        saved = form_data.as_saved(type(self)(self.draft).forms)
        return self.data is not None and form_data.same_answers(self.data, saved)

    @abstractmethod
    def save(self, decision: Decision, *, by: User, at: datetime) -> None:
        """Write the answers into the decision and its parts. Called under the draft's lock, in its transaction."""

    def save_main(self, decision: Decision) -> None:
        if isinstance(self.main, PartForm):
            set_columns(decision, self.main.cleaned_data, columns_of(self.main))
