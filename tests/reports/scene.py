"""Some decisions of one team, past the actions: of other days, outcomes and concerns, with their reviews."""

from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from decisions.models import Decision
from drafting.actions import start
from safeguarding.demo import stories
from safeguarding.demo.filling import record_story
from tests.cast import Cast
from tests.decisions.cases import recorded_twin
from tests.drafting.households import household
from tests.reviews.people import give

DAY = timedelta(days=1)
# Days before now, and what is different from S01, which was shared although the mother refused, or from a decision not
# to share.
SHARED: tuple[tuple[int, dict[str, Any]], ...] = ((3, {}),)
NOT_SHARED: tuple[tuple[int, dict[str, Any]], ...] = (
    (20, {"level": "s47"}), (21, {"level": "s17"}), (30, {"outcome": "DEFERRED", "level": "s47"}),
    (200, {"level": "s47"}),
)  # fmt: skip


def others(decision: Decision, now: datetime) -> list[Decision]:
    """With `decision` there are eight, seven of them of the last twelve weeks."""
    not_shared = declined(decision, now)
    made = [recorded_twin(decision, at=now - DAY * days, **changed) for days, changed in SHARED]
    passed: dict[str, Any] = {
        "outcome": "PASSED_UP",
        "passed_to_id": decision.author_id,
        "passed_to_name": decision.author_name,
    }
    made.append(recorded_twin(not_shared, at=now - DAY * 40, **passed))
    return [*made, not_shared, *(recorded_twin(not_shared, at=now - DAY * days, **more) for days, more in NOT_SHARED)]


def declined(decision: Decision, now: datetime) -> Decision:
    by: User = User.objects.get(pk=decision.author_id)
    at = now - DAY * 2
    draft = start(
        entry_route="ASKED", team=decision.team, by=by, at=at,
        family=household(stories.HOUSING_PEOPLE, team=decision.team, by=by, at=at),
    )  # fmt: skip
    return record_story(decision=draft, story=stories.refused_and_not_shared(at), by=by, at=at)


def reviewed(rows: list[Decision], cast: Cast, now: datetime) -> None:
    """The first was disagreed with, the fourth agreed to."""
    give(rows[0], cast.supervisor, "DISAGREED", 1, now - DAY)
    give(rows[3], cast.supervisor, "AGREED", 1, now - DAY * 10)
