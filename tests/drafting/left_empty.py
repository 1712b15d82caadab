"""A road of the guided form with everything optional left empty: each page with no more than it insists on."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.http import QueryDict

from accounts.models import User
from decisions.models import Decision
from drafting import actions, form_data
from drafting.draft import Draft, load
from drafting.pages.base import Page
from drafting.steps import path, step_on_path
from safeguarding.demo.filling import filled_page

Answers = Mapping[str, Any]
PARTS_OF_A_TIME = ("_day", "_month", "_year", "_time")
# Who is on the record and when it was decided make the scene; nobody leaves them to chance.
SCENE = ("-on", "source_of_harm", "decided_at")


def page_left_empty(draft: Draft, key: str, answers: Answers) -> QueryDict:
    """What the page suggests, and of the answers only those without which it is refused."""
    step = step_on_path(draft, key)
    assert step is not None, f"{key} is not on the path"
    data, suggested = filled_page(draft, key, answers), form_data.as_saved(step.page(draft).forms)
    assert step.page(draft, data).is_valid(), [form.errors for form in step.page(draft, data).forms]
    asked = [one for one in sorted({_question(name) for name in data}) if not one.endswith(("-rows", *SCENE))]
    # A row that was added goes away with its last answer, so what stands in rows is left out one by one.
    in_rows = [one for one in asked if f"{one.partition('-')[0]}-rows" in data]
    for some in (*([one] for one in in_rows), [one for one in asked if one not in in_rows]):
        data = _left_out(some, data, suggested, step.page, draft)
    return data


def _left_out(
    questions: list[str], data: QueryDict, suggested: QueryDict, page: Callable[[Draft, QueryDict], Page], draft: Draft
) -> QueryDict:
    """Without all of these if the page takes that, else half by half: most of what a page asks may stay empty."""
    less = data
    for question in questions:
        less = _without(less, question, suggested)
    if less == data or page(draft, less).is_valid():
        return less
    if len(questions) == 1:
        return data
    for half in (questions[: len(questions) // 2], questions[len(questions) // 2 :]):
        data = _left_out(half, data, suggested, page, draft)
    return data


def _question(name: str) -> str:
    """A time is asked in four boxes."""
    return next((name.removesuffix(part) for part in PARTS_OF_A_TIME if name.endswith(part)), name)


def _without(data: QueryDict, question: str, suggested: QueryDict) -> QueryDict:
    less = data.copy()
    for name in [name for name in data if _question(name) == question]:
        if any(suggested.getlist(name)):
            less.setlist(name, suggested.getlist(name))
        else:
            del less[name]
    return less


def record_left_empty(decision: Decision, story: Mapping[str, Answers], by: User, at: datetime) -> Decision:
    draft, done = load(decision, by), set[str]()
    while pending := [step for step in path(draft) if step.key not in done]:
        step = pending[0]
        page = step.page(draft, page_left_empty(draft, step.key, story.get(step.key, {})))
        assert page.is_valid()
        draft = actions.save_page(page=page, version=draft.version(step.page.key), by=by, at=at, judge=False)
        done.add(step.key)
    actions.record(decision=decision, by=by, at=at)
    found: Decision = Decision.objects.recorded().get(pk=decision.pk)
    return found
