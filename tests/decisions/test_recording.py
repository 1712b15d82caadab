from datetime import datetime

import pytest
from django.utils import timezone

from decisions.models import Decision
from drafting import actions
from safeguarding.demo import stories
from safeguarding.demo.filling import record_story
from tests.cast import Cast
from tests.drafting.households import address_book, household


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def test_refused_and_shared_is_recorded(cast: Cast, now: datetime) -> None:
    address_book(stories.SOCIAL_CARE, by=cast.administrator, at=now)
    family = household(stories.BRUISE_PEOPLE, team=cast.team, by=cast.practitioner, at=now)
    draft = actions.start(entry_route="DECIDING", team=cast.team, family=family, by=cast.practitioner, at=now)
    decision = record_story(decision=draft, story=stories.refused_and_shared(now), by=cast.practitioner, at=now)
    assert decision.state == Decision.State.RECORDED


def test_refused_and_not_shared_is_recorded(cast: Cast, now: datetime) -> None:
    family = household(stories.HOUSING_PEOPLE, team=cast.team, by=cast.practitioner, at=now)
    draft = actions.start(entry_route="ASKED", team=cast.team, family=family, by=cast.practitioner, at=now)
    decision = record_story(decision=draft, story=stories.refused_and_not_shared(now), by=cast.practitioner, at=now)
    assert decision.state == Decision.State.RECORDED


def test_unsafe_to_tell_is_recorded(cast: Cast, now: datetime) -> None:
    address_book(stories.SOCIAL_CARE, stories.MARAC, by=cast.administrator, at=now)
    family = household(stories.FEAR_PEOPLE, team=cast.team, by=cast.practitioner, at=now)
    draft = actions.start(entry_route="DECIDING", team=cast.team, family=family, by=cast.practitioner, at=now)
    decision = record_story(decision=draft, story=stories.unsafe_to_tell(now), by=cast.practitioner, at=now)
    assert decision.state == Decision.State.RECORDED
