"""A road of the guided form with everything optional left empty: each page with no more than it insists on."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import QueryDict

from accounts.models import User
from decisions.models import Decision
from drafting import actions, form_data
from drafting.draft import Draft, load
from drafting.steps import CHECK, next_key, step_on_path
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
    for question in sorted({_question(name) for name in data}):
        less = _without(data, question, suggested)
        if not question.endswith(("-rows", *SCENE)) and less != data and step.page(draft, less).is_valid():
            data = less
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
    while (key := next_key(draft := load(decision, by))) != CHECK:
        step = step_on_path(draft, key)
        assert step is not None
        page = step.page(draft, page_left_empty(draft, key, story.get(key, {})))
        assert page.is_valid()
        actions.save_page(page=page, version=draft.version(step.page.key), by=by, at=at)
    actions.record(decision=decision, by=by, at=at)
    found: Decision = Decision.objects.recorded().get(pk=decision.pk)
    return found
