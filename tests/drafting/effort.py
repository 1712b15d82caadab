"""What a story costs at a desk, counted over the real pages by the keystroke-level model: docs/effort.md.

What is posted is compared with what the page held already, so a suggestion that stands costs nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict

from accounts.models import User
from decisions.models import Decision
from drafting import actions, form_data
from drafting.draft import Draft, load
from drafting.pages.base import Page
from drafting.steps import path
from safeguarding.demo.filling import Story, _set_all, filled_page, names
from ui import reveals
from ui.widgets import Checkboxes, DateParts

# Seconds; Card, Moran and Newell (1980). A click points, presses and lets go.
KEY, SLOW_KEY, POINT, PRESS, HAND, THINK = 0.20, 0.28, 1.10, 0.20, 0.40, 1.35
CLICK = POINT + PRESS
# A door, the family, Continue; at the end Record.
BEFORE, AFTER = 3, 1
# Opened, then chosen from.
CLICKS_OF_A_LIST = 2


@dataclass(frozen=True)
class Effort:
    pages: int = 0
    questions: int = 0
    clicks: int = 0
    boxes: int = 0
    words: int = 0
    keys: int = 0

    def __add__(self, other: "Effort") -> "Effort":
        return Effort(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    def seconds(self, key: float = KEY) -> float:
        """The hand goes to the keyboard and back for each box typed into."""
        clicked = (self.clicks + self.boxes) * CLICK
        return self.questions * THINK + clicked + self.boxes * 2 * HAND + self.keys * key

    def row(self, task: str, target: str) -> str:
        counted = f"{self.pages} | {self.questions} | {self.clicks + self.boxes} | {self.words}"
        return f"| {task} | {counted} | {clock(self.seconds())} | {clock(self.seconds(SLOW_KEY))} | {target} |"


def clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s"


def effort_of(decision: Decision, story: Story, *, by: User, at: datetime) -> Effort:
    """Page after page to the check page, then Record."""
    draft, done = load(decision, by), set[str]()
    spent = Effort(pages=1, clicks=BEFORE + AFTER)
    while pending := [step for step in path(draft) if step.key not in done]:
        step = pending[0]
        held, data = step.page(draft), sent(draft, step.key, story.get(step.key, {}))
        page = step.page(draft, data)
        assert page.is_valid(), (step.key, [form.errors for form in page.forms if form.errors])
        spent += effort_of_page(held, page)
        draft = actions.save_page(page=page, version=draft.version(step.page.key), by=by, at=at, judge=False)
        done.add(step.key)
    return spent


def sent(draft: Draft, key: str, answers: Mapping[str, Any]) -> QueryDict:
    """As the demonstration fills a page; `ticked` are sentences of page 2, `added` items nobody wrote there."""
    data = filled_page(draft, key, {name: one for name, one in answers.items() if name not in {"ticked", "added"}})
    ticked, added = answers.get("ticked", {}), answers.get("added", [])
    if key != "information" or not (ticked or added):
        return data
    data.setlist("includes-includes", [])
    page = type(next(step for step in path(draft) if step.key == key).page(draft))
    offered = page(draft).groups[0].rows
    data["item-rows"] = str(len(offered) + len(added))
    rows = page(draft, data).groups[0].rows
    by_name = names(draft)
    for row in rows[: len(offered)]:
        if row.initial["sentence"] in ticked:
            _set_all(data, row, ticked[row.initial["sentence"]], by_name)
    for row, answer in zip(rows[len(offered) :], added, strict=True):
        _set_all(data, row, answer, by_name)
    if not data.getlist("includes-includes"):
        data["includes-includes"] = "none"
    return data


def effort_of_page(held: Page, page: Page) -> Effort:
    assert page.data is not None
    before, after = form_data.as_saved(held.forms), page.data
    rows_added = sum(max(0, now.count - then.count) for then, now in zip(held.groups, page.groups, strict=True))
    total = Effort(pages=1, clicks=1 + rows_added)
    for form in page.forms:
        for spent in _of_form(form, before, after):
            total += spent
    return total


def _of_form(form: Any, before: QueryDict, after: QueryDict) -> Iterator[Effort]:
    concealed = reveals.concealed_names(form)
    details = _behind_details(form)
    opened = False
    for bound in form:
        if bound.name not in concealed and not bound.is_hidden:
            spent = _of_field(bound, before, after)
            opened = opened or (bound.name in details and spent != Effort())
            yield spent
    if opened:
        yield Effort(clicks=1)


def _behind_details(form: Any) -> set[str]:
    """What is asked on demand, or folded, costs a click more, once a row."""
    names = {*getattr(form, "on_demand", ()), *getattr(form, "folded_fields", ())}
    opened = (getattr(form.fields[name].widget, "reveals", {}) for name in names if name in form.fields)
    return names | {inner for table in opened if isinstance(table, dict) for row in table.values() for inner in row}


def _of_field(bound: forms.BoundField, before: QueryDict, after: QueryDict) -> Effort:
    widget, name = bound.field.widget, bound.html_name
    if isinstance(widget, DateParts):
        return _dated(*([data.get(f"{name}_{part}", "") for part in widget.parts] for data in (before, after)))
    then, now = before.getlist(name), after.getlist(name)
    if set(filter(None, then)) == set(filter(None, now)):
        return Effort()
    if isinstance(widget, Checkboxes):
        return Effort(questions=1, clicks=len(set(then) ^ set(now)))
    if isinstance(widget, forms.RadioSelect | forms.CheckboxInput):
        return Effort(questions=1, clicks=1)
    if isinstance(widget, forms.Select):
        return Effort(questions=1, clicks=CLICKS_OF_A_LIST)
    return _written(then, now)


def _dated(then: list[str], now: list[str]) -> Effort:
    """The first part that changes is clicked into, the next are a tab away."""
    changed = [text for text, old in zip(now, then, strict=True) if text != old]
    if not changed:
        return Effort()
    return Effort(questions=1, boxes=1, keys=sum(map(len, changed)) + len(changed) - 1)


def _written(then: list[str], now: list[str]) -> Effort:
    text = "".join(now)
    if text == "".join(then):
        return Effort()
    return Effort(questions=1, boxes=1, words=len(text.split()), keys=len(text))
