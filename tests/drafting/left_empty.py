"""A route through the guided form with everything optional left empty: each page with no more than it insists on."""

import re
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


# By page, the questions that had to be answered on routes before; rows alike are one question.
Insisted = dict[str, set[str]]
NUMBER = re.compile(r"\d+")


def page_left_empty(draft: Draft, key: str, answers: Answers, insisted: Insisted | None = None) -> QueryDict:
    """What the page suggests, and of the answers only those without which it is refused."""
    step = step_on_path(draft, key)
    assert step is not None, f"{key} is not on the path"
    data, suggested = filled_page(draft, key, answers), form_data.as_saved(step.page(draft).forms)
    assert step.page(draft, data).is_valid(), [form.errors for form in step.page(draft, data).forms]
    asked = [one for one in sorted({_question(name) for name in data}) if not one.endswith(("-rows", *SCENE))]
    # A row that was added goes away with its last answer, so what stands in rows is left out one by one.
    alone = [one for one in asked if f"{one.partition('-')[0]}-rows" in data]
    if known := (insisted or {}).get(key):
        # One route is much like another: what was needed before is tried alone, after all else at once.
        alone = [one for one in asked if _alike(one) in known]
    together, by_one = [one for one in asked if one not in alone], [[one] for one in alone]
    for some in (together, *by_one) if known else (*by_one, together):
        data = _left_out(some, data, suggested, step.page, draft)
    if insisted is not None:
        kept = {_alike(_question(name)) for name in data if data.getlist(name) != suggested.getlist(name)}
        insisted.setdefault(key, set()).update(kept)
    return data


def _alike(question: str) -> str:
    return NUMBER.sub("0", question)


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


def record_left_empty(
    decision: Decision, story: Mapping[str, Answers], by: User, at: datetime, insisted: Insisted | None = None
) -> Decision:
    draft, done = load(decision, by), set[str]()
    while pending := [step for step in path(draft) if step.key not in done]:
        step = pending[0]
        page = step.page(draft, page_left_empty(draft, step.key, story.get(step.key, {}), insisted))
        assert page.is_valid()
        draft = actions.save_page(page=page, version=draft.version(step.page.key), by=by, at=at, judge=False)
        done.add(step.key)
    actions.record(decision=decision, by=by, at=at)
    found: Decision = Decision.objects.recorded().get(pk=decision.pk)
    return found
