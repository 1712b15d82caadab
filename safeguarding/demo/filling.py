"""Fill in a page of the guided form as a user would, from answers by name instead of by key.

The demonstration and the tests both record decisions through the real pages, so neither can do what a user cannot.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from decisions.models import Decision
from drafting import actions, form_data
from drafting.draft import Draft, load
from drafting.pages.base import Page
from drafting.steps import path, step_on_path
from ui.moments import clock

Answers = Mapping[str, Any]
Story = Mapping[str, Any]


class Unfilled(Exception):
    """A page refused the story's answers."""


def filled_page(draft: Draft, key: str, answers: Answers) -> QueryDict:
    """What a browser would submit: the suggestions, with the story's answers over them."""
    step = step_on_path(draft, key)
    if step is None:
        raise Unfilled(f"{key} is not on this path")
    page = step.page(draft)
    data = form_data.as_saved(page.forms)
    rows = {group.name: group.rows for group in page.groups}
    by_name = names(draft)
    for name, value in answers.items():
        if name not in rows:
            _set(data, page.main, name, value, by_name)
        elif isinstance(value, Mapping):
            for person, person_answers in value.items():
                form = next(row for row in rows[name] if row.legend.split(":")[0] == person)
                _set_all(data, form, person_answers, by_name)
        else:
            _set_rows(data, page, name, value, by_name)
    for name, forms in rows.items():
        data.setdefault(f"{name}-rows", str(len(forms)))
    return data


def record_story(*, decision: Decision, story: Story, by: User, at: datetime) -> Decision:
    """Fill in every page and record the decision. Raises Unfilled with the page that refused."""
    fill_story(decision=decision, story=story, by=by, at=at)
    return actions.record(decision=decision, by=by, at=at)


def fill_story(*, decision: Decision, story: Story, by: User, at: datetime) -> Draft:
    """Fill in every page up to the check page. Raises Unfilled with the page that refused."""
    draft = load(decision, by)
    done: set[str] = set()
    while pending := [step for step in path(draft) if step.key not in done]:
        step = pending[0]
        page = step.page(draft, filled_page(draft, step.key, story.get(step.key, {})))
        if not page.is_valid():
            raise Unfilled(f"{step.key}: {[form.errors for form in page.forms if form.errors]}")
        draft = actions.save_page(page=page, version=draft.version(step.page.key), by=by, at=at)
        done.add(step.key)
    return draft


def names(draft: Draft) -> dict[str, str]:
    """The keys for the names on the page: people, recipients and the address book."""
    found = {entry.name: str(entry.public_id) for entry in draft.address_book}
    found |= {f"to {recipient.name}": str(recipient.pk) for recipient in draft.recipients}
    return found | {f"about {person.name}": str(person.pk) for person in draft.people}


def _set_rows(data: QueryDict, page: Page, name: str, value: list[Answers], by_name: Mapping[str, str]) -> None:
    """Rows that can be added: the page is asked for as many as the story has."""
    wanted = QueryDict(mutable=True)
    wanted[f"{name}-rows"] = str(len(value))
    for key in [key for key in data if key.startswith(f"{name}-")]:
        del data[key]
    blank = type(page)(page.draft, wanted)
    forms = next(group.rows for group in blank.groups if group.name == name)
    data[f"{name}-rows"] = str(len(value))
    for form, given in zip(forms, value, strict=True):
        _set_all(data, form, given, by_name)


def _set_all(data: QueryDict, form: Any, answers: Answers, by_name: Mapping[str, str]) -> None:
    grid = GRID & set(answers)
    if grid:
        _set_grid(data, form, answers, by_name)
    for name in [name for name in answers if name not in grid]:
        _set(data, form, name, answers[name], by_name)


GRID = {"give_to", "why_withheld"}


def _set_grid(data: QueryDict, form: Any, answers: Answers, by_name: Mapping[str, str]) -> None:
    """A story says who gets an item, and one reason for everybody else."""
    given = {by_name[f"to {recipient}"] for recipient in answers.get("give_to", [])}
    for key in form.recipients:
        gets = str(key) in given
        data[form[f"to_{key}"].html_name] = "share" if gets else "withhold"
        if not gets:
            data[form[f"why_{key}"].html_name] = answers.get("why_withheld", "")


KEYED = {"about": "about", "not_disclosed_to": "about", "covers": "about", "part_covers": "about", "recipient": "to"}


def _set(data: QueryDict, form: Any, name: str, value: Any, by_name: Mapping[str, str]) -> None:
    html_name = form[name].html_name
    if name in KEYED:
        keys = [by_name[f"{KEYED[name]} {each}"] for each in ([value] if isinstance(value, str) else value)]
        data.setlist(html_name, keys)
    elif name == "recipients":
        data.setlist(html_name, [by_name[each] for each in value])
    elif isinstance(value, datetime | date):
        for part, text in _parts(value).items():
            data[f"{html_name}_{part}"] = text
    elif value is False:
        data.pop(html_name, None)
    else:
        data.setlist(html_name, [str(each) for each in value] if isinstance(value, list) else [str(value)])


def _parts(value: datetime | date) -> dict[str, str]:
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    parts = {"day": str(local.day), "month": str(local.month), "year": str(local.year)}
    return parts | ({"time": clock(local)} if isinstance(local, datetime) else {})
