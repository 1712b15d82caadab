"""Taking a recorded decision up again, by its pages: what is asked, what is said where it cannot be."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from accounts.models import User
from decisions.models import Decision
from drafting import actions
from families.actions import add_team_to_family, remove_team_from_family
from safeguarding.demo.filling import fill_story, record_story
from tests import shared
from tests.cast import Cast
from tests.decisions.cases import shown, twin_of
from tests.drafting import scenario_cases as cases
from tests.drafting.scenario_scenes import filled_to
from tests.drafting.test_outcomes import passed_to_manager, passing
from tests.pages import PageClient

# What a form takes, keeps and says is decided in Python; what it writes on each engine is asked of the actions.
pytestmark = pytest.mark.sqlite

SignIn = Callable[[User], PageClient]


cast, now = shared.cast, shared.now


@pytest.fixture(scope="module")
def previous(cast: Cast, now: datetime) -> Decision:
    """Passed up to the supervisor, two hours ago."""
    return passed_to_manager(cast, now - timedelta(hours=2))


def again(decision: Decision) -> str:
    return reverse("drafting:supersede", args=[decision.public_id])


def test_leads_to_what_has_changed(previous: Decision, cast: Cast, as_user: SignIn) -> None:
    client = as_user(cast.supervisor)
    assert "Decide what was passed to you" in client.get(again(previous)).content.decode()
    answer = client.post(again(previous))
    made = Decision.objects.get(supersedes=previous)
    assert answer.headers["Location"] == reverse("drafting:page", args=[made.public_id, "concern"])


def test_a_family_out_of_sight_is_said_and_nothing_is_begun(
    previous: Decision, cast: Cast, now: datetime, as_user: SignIn
) -> None:
    family = previous.decision_families.get().family
    add_team_to_family(family=family, team=cast.other_team_row, by=cast.practitioner, at=now)
    remove_team_from_family(family=family, team=cast.team, by=cast.practitioner, at=now)
    answer = as_user(cast.supervisor).post(again(previous), follow=True)
    assert "You cannot make a new decision here" in answer.content.decode()
    assert not Decision.objects.filter(supersedes=previous).exists()


def test_the_second_to_decide_reads_which_one_was_first(
    previous: Decision, cast: Cast, now: datetime, as_user: SignIn
) -> None:
    later = now - timedelta(hours=1)
    first = actions.supersede(decision=previous, by=cast.supervisor, at=later)
    story = {**cases.s01(later), "concern": {"what_changed": "I have decided in her place."}}
    fill_story(decision=first, story=story, by=cast.supervisor, at=later)
    twin = twin_of(first)
    actions.record(decision=first, by=cast.supervisor, at=later)
    client = as_user(cast.supervisor)
    answer = client.post(reverse("drafting:record", args=[twin.public_id]))
    assert answer.status_code == 422
    assert f"This is already recorded in another decision: {first.reference}" in answer.content.decode()
    assert Decision.objects.get(pk=twin.pk).is_draft


def test_nothing_passed_to_a_manager_is_called_given(cast: Cast, now: datetime) -> None:
    draft = filled_to("legal_basis", cases.S01, cases.s01(now), cast, now).decision
    passed = record_story(decision=draft, story=passing(cast, now), by=cast.practitioner, at=now)
    text = shown(Decision.objects.with_parts().get(pk=passed.pk))
    assert "Would be shared with: " in text
    assert "Shared with" not in text
    assert "Not shared with" not in text
