"""Fill in a page of the guided form as a user would, from answers by name instead of by key.

The demonstration and the tests both record decisions through the real pages, so neither can do what a user cannot.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from audit import ledger
from decisions.models import Decision
from drafting import actions, form_data
from drafting.draft import Draft, load
from drafting.pages.base import Page
from drafting.steps import path, step_on_path
from rules.included import Includes
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
    if "item" in answers:
        _forget(data, "includes-")
    by_name = names(draft)
    for name, value in answers.items():
        if name not in rows:
            _set(data, page.main, name, value, by_name)
        elif isinstance(value, Mapping):
            for person, person_answers in value.items():
                form = next(row for row in rows[name] if _is_named(row.legend, person))
                _set_all(data, form, person_answers, by_name)
        else:
            _set_rows(data, page, name, value, by_name)
    return _completed(data, rows)


def _is_named(legend: str, person: str) -> bool:
    """A row is headed by a name, and where two are alike by something that tells them apart."""
    name = legend.split(":", maxsplit=1)[0]
    return name == person or name.startswith(f"{person} (")


def _completed(data: QueryDict, rows: Mapping[str, Any]) -> QueryDict:
    """With the counts of rows; where a story marks no item with anything, none of them includes anything."""
    if "item" in rows and not data.getlist("includes-includes"):
        data["includes-includes"] = "none"
    for name, forms in rows.items():
        data.setdefault(f"{name}-rows", str(len(forms)))
    return data


def _forget(data: QueryDict, start: str) -> None:
    for name in [name for name in data if name.startswith(start)]:
        del data[name]


def record_story(*, decision: Decision, story: Story, by: User, at: datetime) -> Decision:
    """Fill in every page and record the decision, which keeps its pages where that is refused.

    Raises Unfilled with the page that refused.
    """
    with ledger.recording(actor=by, at=at):
        _save_pages(decision, story, by, at)
    return actions.record(decision=decision, by=by, at=at)


def fill_story(*, decision: Decision, story: Story, by: User, at: datetime) -> Draft:
    """Fill in every page up to the check page. Raises Unfilled with the page that refused."""
    with ledger.recording(actor=by, at=at):
        _save_pages(decision, story, by, at)
        return actions.judge_again(decision=decision, by=by, at=at)


def _save_pages(decision: Decision, story: Story, by: User, at: datetime) -> None:
    """Judged once, after the last of them: judging every saved page after each costs more than all the rest."""
    draft = load(decision, by)
    done: set[str] = set()
    while pending := [step for step in path(draft) if step.key not in done]:
        step = pending[0]
        data = filled_page(draft, step.key, story.get(step.key, {}))
        if step.key == "outcome":
            data.setdefault("outcome-late_reason", "")  # a story of the past is not late: it was recorded then
        page = step.page(draft, data)
        if not page.is_valid():
            raise Unfilled(f"{step.key}: {[form.errors for form in page.forms if form.errors]}")
        draft = actions.save_page(page=page, version=draft.version(step.page.key), by=by, at=at, judge=False)
        done.add(step.key)


def names(draft: Draft) -> dict[str, str]:
    """The keys for the names on the page: people, recipients and the address book."""
    found = {entry.name: str(entry.public_id) for entry in draft.address_book}
    found |= {f"to {recipient.name}": str(recipient.pk) for recipient in draft.recipients}
    return found | {f"about {person.name}": str(person.pk) for person in draft.people}


def _set_rows(data: QueryDict, page: Page, name: str, value: list[Answers], by_name: Mapping[str, str]) -> None:
    """Rows that can be added: the page is asked for as many as the story has."""
    wanted = QueryDict(mutable=True)
    wanted[f"{name}-rows"] = str(len(value))
    _forget(data, f"{name}-")
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
    everybody = {str(key) for key in form.recipients}
    data[form["gets"].html_name] = "share" if given == everybody else "some" if given else "withhold"
    if not given:
        data[form["why"].html_name] = answers.get("why_withheld", "")
    for key in everybody if given and given != everybody else ():
        data[form[f"to_{key}"].html_name] = "share" if key in given else "withhold"
        if key not in given:
            data[form[f"why_{key}"].html_name] = answers.get("why_withheld", "")


KINDS = frozenset(Includes) - {Includes.NONE}


def _set_kinds(data: QueryDict, form: Any, sensitivities: list[str]) -> list[str]:
    """A story says of each item what it includes; the page asks once for all that is shared.

    Gives what is left to ask of the item itself.
    """
    shared = data.get(form["gets"].html_name) != "withhold"
    for kind in [kind for kind in sensitivities if kind in KINDS and shared]:
        if kind not in data.getlist("includes-includes"):
            data.appendlist("includes-includes", kind)
        data.appendlist(f"includes-in_{kind}", str(form.number - 1))
    return [kind for kind in sensitivities if kind not in KINDS]


KEYED = {"about": "about", "not_disclosed_to": "about", "covers": "about", "part_covers": "about", "recipient": "to"}


def _set(data: QueryDict, form: Any, name: str, value: Any, by_name: Mapping[str, str]) -> None:
    if name == "about" and name not in form.fields:
        return  # with one person on the decision it is answered by itself
    html_name = form[name].html_name
    if name in KEYED:
        keys = [by_name[f"{KEYED[name]} {each}"] for each in ([value] if isinstance(value, str) else value)]
        data.setlist(html_name, keys)
    elif name == "sensitivities":
        data.setlist(html_name, _set_kinds(data, form, value))
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
