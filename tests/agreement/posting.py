"""What a browser would send with these answers, dates that were suggested and are not known emptied."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import QueryDict

from drafting.draft import Draft
from drafting.pages.base import Page
from drafting.steps import step_on_path
from safeguarding.demo.filling import filled_page
from tests.drafting.scenario_walk import Answers, Walk
from ui.widgets import DateParts

# Asked only once consent is chosen: not on the page as it is opened.
ASKED_AGAIN = "share_anyway"


def typed_in(draft: Draft, key: str, answers: Answers) -> QueryDict:
    now = {name: value for name, value in answers.items() if name != ASKED_AGAIN}
    data = filled_page(draft, key, _without_nothing(now))
    if answers.get(ASKED_AGAIN):
        data[f"legal_basis-{ASKED_AGAIN}"] = answers[ASKED_AGAIN]
    step = step_on_path(draft, key)
    assert step is not None
    for name in _emptied(step.page(draft), answers):
        data[name] = ""
    return data


def _without_nothing(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _without_nothing(one) for name, one in value.items() if one is not None}
    return value


def _emptied(page: Page, answers: Answers) -> Iterator[str]:
    """The boxes of each date that is not known: of the decision, and person by person."""
    if page.main is not None:
        yield from _boxes(page.main, answers)
    for group in page.groups:
        said: Any = answers.get(group.name)
        if isinstance(said, Mapping):
            for form in group.rows:
                yield from _boxes(form, said.get(form.legend.split(":")[0], {}))


def _boxes(form: Any, answers: Answers) -> Iterator[str]:
    for name, value in answers.items():
        widget = form.fields[name].widget if value is None and name in form.fields else None
        if isinstance(widget, DateParts):
            yield from (f"{form[name].html_name}_{part}" for part in widget.parts)


class Typist(Walk):
    """Goes through the pages at a browser with these answers."""

    def filled(self, key: str, answers: Answers) -> QueryDict:
        data = typed_in(self.draft, key, answers)
        data["version"], data["page"] = self.hidden("version"), self.hidden("page")
        return data

    def fill(self, key: str, answers: Answers, *, then: str = "", status: int = 302) -> None:
        """Where consent is chosen, the page comes back with one question more."""
        if answers.get(ASKED_AGAIN):
            self.open(key)
            if f"legal_basis-{ASKED_AGAIN}" not in self.names_on_page():
                first = {name: value for name, value in answers.items() if name != ASKED_AGAIN}
                super().fill(key, first, then=then, status=422)
        super().fill(key, answers, then=then, status=status)
