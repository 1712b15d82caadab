"""Working together and the next contact, asked behind a person's own details: few need it, and nobody has to answer."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from decisions.models import ContactPlan, Decision
from drafting.actions import record, save_page
from drafting.draft import load
from drafting.pages.consent_person import ConsentForm
from drafting.steps import step_on_path
from reminders.due import tasks
from safeguarding.demo import stories
from safeguarding.demo.filling import filled_page
from tests.cast import Cast
from tests.drafting import scenario_cases as cases
from tests.drafting import scenario_scenes
from tests.drafting.scenario_scenes import Scene

cast, now, s01 = scenario_scenes.cast, scenario_scenes.now, scenario_scenes.s01
pytestmark = pytest.mark.sqlite
MOTHER = stories.BRUISE_PEOPLE[1].name
PLANNED = {"planned_how": "A call to her sister's number", "planned_by": "Asha Verrall"}


@pytest.fixture(scope="module")
def draft(s01: Scene) -> Decision:
    """S01 with every page filled in: the mother objects."""
    return s01.decision


def page(cast: Cast, draft: Decision, now: datetime, **answers: Any) -> Any:
    """The page of views with these answers about the mother, besides those of the story."""
    consent = cases.s01(now)["consent"]
    people = {name: {**said, **(answers if name == MOTHER else {})} for name, said in consent["consent"].items()}
    loaded = load(Decision.objects.get(pk=draft.pk), cast.practitioner)
    step = step_on_path(loaded, "consent")
    assert step is not None
    return step.page(loaded, filled_page(loaded, "consent", {**consent, "consent": people}))


def mothers(made: Any) -> ConsentForm:
    rows = [row for group in made.groups for row in group.rows]
    return next(row for row in rows if isinstance(row, ConsentForm) and row.legend == MOTHER)


def test_it_is_folded_until_somebody_answers_it(cast: Cast, draft: Decision, now: datetime) -> None:
    form = mothers(page(cast, draft, now))
    assert {"kept_working", "planned_on", "planned_how", "planned_by"} <= set(form.folded_fields)
    assert not form.is_unfolded
    assert mothers(page(cast, draft, now, kept_working="We talked.")).is_unfolded


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        (PLANNED, {"planned_on"}),
        ({"planned_by": "Asha"}, {"planned_on", "planned_how"}),
        ({"kept_working": "We talked."}, set()),
        ({}, set()),
    ],
)
def test_half_a_plan_says_what_is_missing(
    cast: Cast, draft: Decision, now: datetime, answers: dict[str, str], wrong: set[str]
) -> None:
    made = page(cast, draft, now, **answers)
    assert made.is_valid() is not bool(wrong)
    assert set(mothers(made).errors) == wrong


def test_recording_makes_it_a_row_and_a_task_on_its_day(cast: Cast, draft: Decision, now: datetime) -> None:
    day = timezone.localdate(now) + timedelta(days=4)
    made = page(cast, draft, now, **PLANNED, kept_working="She chose the day.", planned_on=day)
    assert made.is_valid()
    save_page(page=made, version=made.draft.version("consent"), by=cast.practitioner, at=now, judge=False)
    recorded = record(decision=draft, by=cast.practitioner, at=now)
    plan = ContactPlan.objects.get()
    assert (plan.decision, plan.person.name, plan.planned_on) == (recorded, MOTHER, day)
    assert plan.kept_working == "She chose the day."
    due = [task for task in tasks(cast.practitioner, day) if task.what == "Contact someone as planned"]
    assert [task.reference for task in due] == [recorded.reference]


def test_without_an_answer_there_is_no_row(cast: Cast, draft: Decision, now: datetime) -> None:
    record(decision=draft, by=cast.practitioner, at=now)
    assert not ContactPlan.objects.exists()
