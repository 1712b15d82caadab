"""An officer who knows a family has nothing to do with how long its records are kept: another officer has."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from decisions.models import Decision
from retention import actions
from retention.due import due_records
from retention.kept_back import ELSEWHERE, kept_back
from retention.models import Disposal, Hold
from rights.models import RightsRequest
from tests.access_states import STATES, fresh
from tests.decisions.cases import recorded_twin
from tests.retention.scene import REASON, confirmed, much_later, second_officer
from tests.retention.test_disposing import answered
from tests.test_access_matrix import Scene, ask, signed_in, whole_scene

pytestmark = pytest.mark.sqlite
OVERVIEW = reverse("retention:overview")


@pytest.fixture(scope="module")
def scene(_module_transaction: None) -> Scene:
    return whole_scene()


@pytest.fixture
def later(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> datetime:
    """When everything has been kept long enough, and nothing keeps it any more."""
    for kind in ("decision", "family", "request"):
        confirmed(scene.cast.officer, kind)
    answered(scene)
    day = much_later()
    monkeypatch.setattr("retention.views.overview.timezone.now", lambda: day)
    return day


@pytest.fixture
def second(scene: Scene) -> User:
    return second_officer(scene.cast.officer)


@pytest.fixture
def knowing(scene: Scene, later: datetime, second: User) -> Iterator[User]:
    """The officer, with a conflict. The second one has none."""
    with STATES["conflicted"](scene) as people:
        yield people["officer"].user


def page_of(user: User) -> str:
    return str(signed_in(user).get(OVERVIEW).content.decode())


def references(scene: Scene) -> set[str]:
    decisions = Decision.objects.recorded().filter(decision_families__family=scene.family)
    requests = RightsRequest.objects.filter(person__family=scene.family)
    found = {row.reference for rows in (decisions, requests) for row in rows}
    assert len(found) > 5
    return found


def test_nothing_of_it_is_due_for_them(scene: Scene, knowing: User, second: User) -> None:
    theirs, others = page_of(knowing), page_of(second)
    assert [word for word in references(scene) if word in theirs] == []
    assert [word for word in references(scene) if word not in others] == []
    assert scene.declined.reference in theirs


def test_what_is_restricted_stays_in_the_duty_of_an_officer(scene: Scene, later: datetime) -> None:
    with STATES["restricted"](scene) as people:
        theirs = page_of(people["officer"].user)
    assert [word for word in references(scene) if word not in theirs] == []


def test_they_see_no_hold_and_put_none(scene: Scene, knowing: User, second: User) -> None:
    known: dict[str, Any] = {"reason": "A court in Fernley", "at": timezone.now()}
    held = actions.hold(record=scene.family, submission_id=uuid4(), by=second, **known)
    assert known["reason"] in page_of(second)
    assert known["reason"] not in page_of(knowing)
    assert held not in Hold.objects.visible_to(knowing)
    for record in (scene.family, scene.recorded):
        with pytest.raises(Http404):
            actions.hold(record=record, submission_id=uuid4(), by=knowing, **known)
    with pytest.raises(Http404):
        actions.lift_hold(hold=held, by=knowing, **known)
    assert ask(reverse("retention:lift_hold", args=[held.public_id]), "GET", signed_in(knowing)) == "n"


def test_they_answer_no_disposal_that_has_a_record_of_it(
    scene: Scene, knowing: User, second: User, later: datetime
) -> None:
    """Whatever else is in it."""
    chosen = [str(row.public_id) for row in (scene.to_send, scene.declined)]
    asked = actions.propose_disposal(keys=chosen, reason=REASON, submission_id=uuid4(), by=second, at=later)
    assert asked.needs_second
    path = reverse("retention:disposal", args=[asked.public_id])
    assert [ask(path, method, signed_in(knowing)) for method in ("GET", "POST")] == ["n", "n"]
    assert asked.reference not in page_of(knowing)
    assert asked.reference in page_of(second)
    with pytest.raises(Http404):
        actions.answer_disposal(disposal=asked, agreed=True, reason=REASON, by=knowing, at=later)
    assert set(Disposal.objects.visible_to(knowing)) == {scene.disposal}


def test_what_keeps_another_record_back_is_not_named(scene: Scene, knowing: User, second: User) -> None:
    after = recorded_twin(scene.declined, at=timezone.now(), supersedes_id=scene.recorded.pk)
    day, reference = much_later().date(), after.reference
    due = [row for row in due_records(second, day) if row.row.reference == reference]
    [named] = kept_back(due, fresh(second)).values()
    assert named == f"It follows {scene.recorded.reference}. Dispose of that one first"
    assert kept_back(due, fresh(knowing)) == {reference: ELSEWHERE}
