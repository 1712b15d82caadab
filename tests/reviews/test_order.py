"""The order of the queue, said of each decision by itself, is the order in which the database reads it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from decisions.facts.sendings import sendings_of
from decisions.models import Decision
from reviews.due_dates import TARGET, has_target, waited
from reviews.queries import awaiting_review_by, in_turn
from rules.codes import NOT_SHARED, Level
from tests.cast import Cast
from tests.decisions import closed, event_stories
from tests.decisions.cases import recorded_twin
from tests.pages import PageClient, parsed
from tests.reports.scene import DAY, others
from tests.reviews.people import give, supervisors

SignIn = Callable[[User], PageClient]
# The ORM puts the same questions to every engine.
pytestmark = pytest.mark.sqlite
cast, now, decision = closed.cast, closed.now, closed.decision
Key = tuple[int, datetime, int]


def at_risk_still(row: Decision) -> bool:
    """A child at risk of significant harm, for whom nothing was shared, or it was not all sent."""
    to_be_sent = row.is_shared and row.standing_until is None and bool(sendings_of(row).open)
    return row.level == Level.S47 and (row.outcome in NOT_SHARED or to_be_sent)


def place(row: Decision) -> Key:
    """Whoever may come to harm, then what has a day, the fewest working days left first, then the rest."""
    turn = 0 if at_risk_still(row) else 1 if has_target(row) else 2
    since: datetime = row.waiting_since  # type: ignore[attr-defined]  # annotated
    return turn, since, row.pk


@pytest.fixture(scope="module")
def waiting(cast: Cast, decision: Decision, now: datetime) -> list[Decision]:
    """Of every turn, of different ages, two of the very same moment, one that another supervisor is to review."""
    made = others(decision, now)
    agreed = event_stories.recorded(cast, event_stories.agreed(now), now)
    made += [recorded_twin(agreed, at=now - DAY * days, level=level) for days, level in ((9, "s47"), (50, "s17"))]
    made += [recorded_twin(made[0], at=now - DAY * days) for days in (25, 25)]
    [second] = supervisors(cast, 1)
    give(made[0], second, "DISAGREED", 1, now)
    rows: Any = in_turn(awaiting_review_by(cast.supervisor))
    return list(rows.with_parts())


def test_the_database_reads_it_in_that_order(waiting: list[Decision]) -> None:
    assert [place(row) for row in waiting] == sorted(place(row) for row in waiting)
    turns = [place(row)[0] for row in waiting]
    assert {turn: turns.count(turn) > 1 for turn in turns} == {0: True, 1: True, 2: True}


def test_of_what_has_a_day_the_fewest_working_days_are_left_first(waiting: list[Decision]) -> None:
    today = timezone.localdate()
    left = [TARGET - waited(place(row)[1], today) for row in waiting if place(row)[0] == 1]
    assert left == sorted(left)
    assert len(set(left)) > 2


def test_a_page_shows_what_to_act_on_now_first(cast: Cast, waiting: list[Decision], as_user: SignIn) -> None:
    page = parsed(as_user(cast.supervisor).get(reverse("reviews:queue")).content.decode())
    lines = [row.text for row in page.all("tr") if "Change who reviews" in row.text]
    act_now = ["Act now" in line for line in lines]
    assert act_now == sorted(act_now, reverse=True)
    assert len(set(act_now)) == 2
    shown = [next(row for row in waiting if row.reference in line) for line in lines]
    for is_first in (True, False):
        group = [place(row) for row, first in zip(shown, act_now, strict=True) if first == is_first]
        assert group == sorted(group)
    assert len(shown) == len(waiting)
