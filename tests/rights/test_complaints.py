"""An objection or a complaint that stands on a decision and is a request too is one task of whoever answers it."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from reminders.due import tasks
from tests.decisions import events
from tests.decisions.cases import CHILD, MOTHER, Case
from tests.pages import parsed
from tests.rights.requests import event, opened


def of_decision(case: Case) -> list[str]:
    day = timezone.localdate()
    return [task.what for task in tasks(case.cast.officer, day) if task.reference == case.decision.reference]


def recorded(case: Case, kind: str) -> Any:
    mother = case.decision.people.get(name=MOTHER)
    return events.complaint(case, kind=kind, person=mother, made_by_other="", received_at=timezone.now())


def asked(case: Case, kind: str, **changed: Any) -> Any:
    who = changed.pop("about", MOTHER)
    return opened(case.family.people.get(name=who), case.cast.officer, kind=kind, **changed)


@pytest.mark.parametrize("kind", ["OBJECTION", "COMPLAINT"])
def test_it_is_one_task_until_the_request_is_answered(closed: Case, as_user: Any, kind: str) -> None:
    recorded(closed, kind)
    assert len(of_decision(closed)) == 1
    request = asked(closed, kind)
    assert of_decision(closed) == []
    assert request.reference in {task.reference for task in tasks(closed.cast.officer, timezone.localdate())}
    path = reverse("rights:detail", args=[request.public_id])
    page = parsed(as_user(closed.cast.officer).get(path).content.decode()).all("main")[0].text
    assert f"Decision {closed.decision.reference}, {closed.decision.team_name}" in page
    event(request, "CLOSED", closed.cast.officer, outcome="WITHDRAWN", answered_how="By phone")
    assert len(of_decision(closed)) == 1, "the team has still to record the answer"


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "COMPLAINT"},
        {"about": CHILD},
        {"days_ago": 1},
    ],
)
def test_another_one_stays_a_task_of_its_own(closed: Case, changed: dict[str, Any]) -> None:
    changed = dict(changed)
    recorded(closed, "OBJECTION")
    day = timezone.localdate() - timedelta(days=changed.pop("days_ago", 0))
    asked(closed, **{"kind": "OBJECTION", "received_on": day, **changed})
    assert len(of_decision(closed)) == 1


def test_a_parent_who_objects_for_their_child_is_known_too(closed: Case) -> None:
    recorded(closed, "OBJECTION")
    asked(closed, "OBJECTION", about=CHILD, asker="PARENT", asked_by_name=MOTHER)
    assert of_decision(closed) == []
