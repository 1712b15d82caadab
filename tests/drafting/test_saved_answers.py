"""Judging what is saved makes a page once. It says what sending the page as it stands would say, whatever is saved."""

import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import models

from accounts.models import User
from drafting import form_data
from drafting.draft import Draft, load
from drafting.pages.base import Page
from drafting.steps import path, step_on_path
from rules.codes import Outcome
from tests.decisions.cases import Case
from tests.in_turn import in_turn
from ui.saved_answers import SavedAnswers

# Forms are asked, never the database.
pytestmark = pytest.mark.sqlite

DRAFTS = 12
LONG_AGO = date(2001, 2, 3)
TEXTS = ("", "x", "see notes", "What she said.\nAnd more. And he said so.", "y" * 2_500)


def sent_as_it_stands(page: type[Page], draft: Draft) -> Page:
    """The long way round: shown, sent as a browser would, and judged."""
    shown = page(draft)
    data = form_data.as_saved(shown.forms)
    for group in shown.groups:
        data.setlist(f"{group.name}-rows", [str(group.count)])
    return page(draft, data)


def judged(page: Page) -> tuple[bool, list[Any]]:
    valid = page.is_valid()
    return valid, [(form.prefix, form.errors.get_json_data(), form.cleaned_data) for form in page.forms]


def rows(draft: Draft) -> Iterator[models.Model]:
    yield from [draft.decision] * 3  # most answers are its own
    for person in draft.people:
        yield from (person, person.person)
    yield from draft.recipients
    for item in draft.items:
        yield from (item, *item.grid.all())
    yield from (*draft.provisions, *draft.sendings, *draft.advice)


def another_answer(field: Any, value: Any, chance: random.Random) -> Any:
    if field.choices:
        return chance.choice(["", *(code for code, _ in field.choices)])
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.DateTimeField):
        return chance.choice([None, value and value - timedelta(days=3, seconds=7)])
    if isinstance(field, models.DateField):
        return chance.choice([None, LONG_AGO, value])
    if isinstance(field, models.IntegerField):
        return chance.choice([None, 0, 4, 13, 17, 40])
    return chance.choice(TEXTS)


def is_an_answer(field: Any, value: Any) -> bool:
    """Keys, versions and what every row must have to be read at all stay as they are."""
    kinds = (models.ForeignKey, models.UUIDField, models.AutoField, models.JSONField)
    return not isinstance(field, kinds) and not field.name.endswith("version") and isinstance(value, KINDS)


KINDS = (str, bool, int, date, datetime, type(None))
NEEDED = {"started_at", "written_at", "saved_at", "reference", "state", "registered_at", "recorded_at"}


def change_something(draft: Draft, chance: random.Random) -> None:
    row = chance.choice(list(rows(draft)))
    fields = [
        field for field in row._meta.concrete_fields
        if field.name not in NEEDED and is_an_answer(field, getattr(row, field.attname))
    ]  # fmt: skip
    field = chance.choice(fields)
    setattr(row, field.attname, another_answer(field, getattr(row, field.attname), chance))


def same_either_way(draft: Draft) -> bool:
    """Every page says the same either way; whether all of them accept the draft."""
    accepted = True
    for step in path(draft):
        long_way = judged(sent_as_it_stands(step.page, draft))
        assert judged(step.page(draft, SavedAnswers())) == long_way, step.page.key
        accepted = accepted and long_way[0]
    return accepted


def test_any_draft_is_judged_as_if_it_were_sent(complete: Case) -> None:
    author = User.objects.get(pk=complete.cast.practitioner.pk)
    assert same_either_way(load(complete.decision, author))
    refused = 0
    for number in in_turn(range(DRAFTS)):
        chance = random.Random(number)  # noqa: S311 - the same drafts each time
        draft = load(complete.decision, author)
        draft.decision.outcome = chance.choice(list(Outcome)) if number % 3 else draft.decision.outcome
        for _ in range(chance.randint(1, 8)):
            change_something(draft, chance)
        refused += not same_either_way(draft)
    assert refused > 0


def nobody_ticked(draft: Draft) -> None:
    for name in ("possible_people", "visible_people"):
        draft.__dict__[name] = []


def other_words(draft: Draft) -> None:
    """All that is saved is an item, and three sentences are offered beside it."""
    draft.decision.facts = "One bruise. Another one. Seen at noon."


def nothing_chosen(draft: Draft) -> None:
    other_words(draft)
    draft.__dict__["items"] = []


def asker_gone(draft: Draft) -> None:
    """Whoever asked is among the recipients, though nobody asked: the page wants a tick before it takes them out."""
    draft.recipients[0].is_asker, draft.recipients[0].recipient = True, None


def another_power(draft: Draft) -> None:
    """It started with an order, but a power that leaves a choice is saved: then the risks are still to be weighed."""
    draft.decision.trigger, draft.decision.risk_if_not = "COURT_ORDER", ""


@pytest.mark.parametrize(("key", "change", "accepted"), [
    ("people", nobody_ticked, False), ("information", other_words, True), ("information", nothing_chosen, False),
    ("request", asker_gone, False), ("legal_basis", another_power, False),
])  # fmt: skip
def test_rows_are_those_that_the_page_shows(
    complete: Case, key: str, change: Callable[[Draft], None], *, accepted: bool
) -> None:
    draft = load(complete.decision, complete.cast.practitioner)
    change(draft)
    step = step_on_path(draft, key)
    assert step is not None
    assert step.page.accepts_saved_answers(draft) is accepted
    assert judged(step.page(draft, SavedAnswers())) == judged(sent_as_it_stands(step.page, draft))
