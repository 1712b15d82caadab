"""Somebody's words read back to them and corrected, before the decision is recorded: their first words stay beside."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from decisions.models import Decision, DecisionPerson, ViewsReadBack
from decisions.presenters.record import sections
from drafting.actions import record, save_page
from tests.cast import Cast
from tests.decisions.cases import plain
from tests.drafting import scenario_scenes
from tests.drafting.scenario_scenes import Scene
from tests.drafting.test_contact_planned import MOTHER, mothers, page

cast, now, s01 = scenario_scenes.cast, scenario_scenes.now, scenario_scenes.s01
pytestmark = pytest.mark.sqlite
FIRST, OWN = "I do not want this.", "I do not want it sent to the school."
SAID = {"views": FIRST, "read_back": "CORRECTED", "corrected_to": OWN}


@pytest.fixture(scope="module")
def draft(s01: Scene) -> Decision:
    """S01 with every page filled in: the mother objects."""
    return s01.decision


def saved(cast: Cast, draft: Decision, now: datetime, **answers: Any) -> DecisionPerson:
    made = page(cast, draft, now, **answers)
    assert made.is_valid(), [form.errors for form in made.forms]
    save_page(page=made, version=made.draft.version("consent"), by=cast.practitioner, at=now, judge=False)
    person: DecisionPerson = DecisionPerson.objects.get(decision=draft, name=MOTHER)
    return person


def shown(decision: Decision) -> str:
    whole = Decision.objects.with_parts().get(pk=decision.pk)
    return "\n".join(str(row) for section in sections(whole) for row in section.rows)


def test_it_is_folded_until_somebody_answers_it(cast: Cast, draft: Decision, now: datetime) -> None:
    form = mothers(page(cast, draft, now))
    assert {"read_back", "corrected_to", "read_back_at", "read_back_by"} <= set(form.folded_fields)
    assert not form.is_unfolded
    assert mothers(page(cast, draft, now, **SAID)).is_unfolded


def test_who_and_when_are_who_asked_and_when_they_said_it(cast: Cast, draft: Decision, now: datetime) -> None:
    row = saved(cast, draft, now, **SAID)
    assert (row.views, row.corrected_to, row.read_back_at) == (FIRST, OWN, row.consent_at)
    assert row.read_back_by == cast.practitioner.name_on_record
    assert f"they corrected it to: {OWN}" in shown(draft)


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ({**SAID, "corrected_to": ""}, {"corrected_to"}),
        ({**SAID, "views": ""}, {"read_back"}),
        ({"views": FIRST, "read_back": "CONFIRMED"}, set()),
        ({"views": FIRST}, set()),
        ({"views": FIRST, "read_back_by": "Asha"}, {"read_back"}),
    ],
)
def test_only_what_would_be_false_is_refused(
    cast: Cast, draft: Decision, now: datetime, answers: dict[str, Any], wrong: set[str]
) -> None:
    made = page(cast, draft, now, **answers)
    assert made.is_valid() is not bool(wrong)
    assert set(mothers(made).errors) == wrong


def test_without_any_time_it_asks_when(cast: Cast, draft: Decision, now: datetime) -> None:
    made = page(cast, draft, now, **SAID)
    data = made.data.copy()
    for name in [name for name in data if name.startswith(f"{mothers(made).prefix}-consent_at")]:
        data[name] = ""
    assert set(mothers(type(made)(made.draft, data)).errors) == {"read_back_at"}


def test_it_is_not_read_back_before_it_was_said(cast: Cast, draft: Decision, now: datetime) -> None:
    early = timezone.localtime(now) - timedelta(days=30)
    assert set(mothers(page(cast, draft, now, **SAID, read_back_at=early)).errors) == {"read_back_at"}


def test_taking_it_back_leaves_nothing(cast: Cast, draft: Decision, now: datetime) -> None:
    saved(cast, draft, now, **SAID)
    row = saved(cast, draft, now, views=FIRST, read_back="", corrected_to="")
    assert (row.read_back, row.corrected_to, row.read_back_at, row.read_back_by) == ("", "", None, "")


def test_recording_keeps_both_and_says_it_once(cast: Cast, draft: Decision, now: datetime) -> None:
    saved(cast, draft, now, **SAID)
    decision = record(decision=draft, by=cast.practitioner, at=now)
    row = ViewsReadBack.objects.get()
    assert (row.consent.person.name, row.consent.views, row.corrected_to) == (MOTHER, FIRST, OWN)
    text = shown(decision)
    assert (FIRST in text, text.count(OWN)) == (True, 1)


def test_without_an_answer_there_is_no_row(cast: Cast, draft: Decision, now: datetime) -> None:
    record(decision=draft, by=cast.practitioner, at=now)
    assert not ViewsReadBack.objects.exists()


@pytest.mark.parametrize(
    "columns",
    [
        {"read_back": "CORRECTED"},
        {"corrected_to": OWN},
        {"read_back": "CONFIRMED", "corrected_to": OWN},
        {"read_back": "CONFIRMED", "views": ""},
        {"read_back": "CONFIRMED", "read_back_at": None},
    ],
)
def test_the_database_refuses_what_cannot_be(
    cast: Cast, draft: Decision, now: datetime, columns: dict[str, Any]
) -> None:
    whole = {"views": FIRST, "read_back_at": now, "read_back_by": "Asha"}
    with pytest.raises(DatabaseError, match="read_back_as_said"), transaction.atomic():
        plain(DecisionPerson).filter(decision=draft, name=MOTHER).update(**{**whole, **columns})
