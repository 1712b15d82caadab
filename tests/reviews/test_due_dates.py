"""When a review is due."""

import pytest

from reviews.due_dates import has_target
from rules.codes import Level, Outcome
from tests.decisions.cases import Case

pytestmark = pytest.mark.sqlite


@pytest.mark.parametrize(
    ("outcome", "level", "due"),
    [
        (Outcome.NOT_SHARED, Level.S47, True),
        (Outcome.DEFERRED, Level.S47, True),
        (Outcome.NOT_SHARED, Level.S17, False),
        (Outcome.PASSED_UP, Level.S17_HIGH, False),
    ],
)
def test_nothing_shared_about_a_child_at_risk_has_a_date(
    closed: Case, outcome: Outcome, level: Level, *, due: bool
) -> None:
    decision = closed.again()
    decision.outcome, decision.level = outcome.value, level.value
    assert has_target(decision) is due
