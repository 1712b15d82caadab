"""What a reminder counts: what stands on the home page and is due, and what a supervisor has to do and is late."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.actions import end_membership
from accounts.models import Membership, User
from decisions.models import Decision, UrgentRecord
from drafting import actions as drafting_actions
from reminders.due import tasks
from reminders.due_now import due_now
from tests.cast import Cast
from tests.decisions import event_stories
from tests.decisions.cases import plain, recorded_twin
from tests.drafting import scenario_cases as cases
from tests.reminders.test_due import URGENT_FIELDS, cast, decision, now, recorded

DAY = timedelta(days=1)
__all__ = ["cast", "decision", "now"]


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_as_many_as_are_due_on_the_home_page(cast: Cast, decision: Decision, now: datetime) -> None:
    recorded(cast, now, cases.S02)
    event_stories.recorded(cast, event_stories.transfer(now), now)
    for days in (0, 1, 30, 90):
        today = timezone.localdate(now) + days * DAY
        listed = tasks(again(cast.practitioner), today)
        counted = due_now(again(cast.practitioner), today)
        assert len(counted) == len([task for task in listed if task.due is None or task.due <= today])
        assert sum(one.overdue for one in counted) == sum(task.overdue for task in listed)


def test_a_thing_counts_anew_when_it_becomes_overdue(cast: Cast, decision: Decision) -> None:
    event = decision.informing_events.exclude(informing_review_on=None).get()
    assert event.informing_review_on
    before, on, after, later = (
        {one.key for one in due_now(again(cast.practitioner), event.informing_review_on + days * DAY)}
        for days in (-1, 0, 1, 2)
    )
    assert len(on - before) == 1
    assert len(after - on) == 1
    assert later - after == set()


def test_reviews_count_when_their_five_working_days_are_over(cast: Cast, decision: Decision, now: datetime) -> None:
    def count(at: datetime) -> int:
        recorded_twin(decision, at=at)
        return len(due_now(again(cast.supervisor), timezone.localdate(now)))

    fresh = count(now)
    assert count(now - 30 * DAY) > fresh
    assert due_now(again(cast.administrator), timezone.localdate(now)) == []


class TestUrgentRecord:
    @pytest.fixture
    def urgent_record(self, cast: Cast, now: datetime) -> UrgentRecord:
        return drafting_actions.record_urgent(
            team=cast.team,
            answers={**URGENT_FIELDS, "shared_at": now},
            submission_id=uuid4(),
            by=cast.practitioner,
            at=now,
        )

    def test_counts_for_the_supervisor_once_it_is_overdue(self, cast: Cast, urgent_record: UrgentRecord) -> None:
        on = due_now(again(cast.supervisor), urgent_record.complete_by)
        after = due_now(again(cast.supervisor), urgent_record.complete_by + DAY)
        assert len(after) == len(on) + 1
        assert due_now(again(cast.stranger.supervisor), urgent_record.complete_by + DAY) == []

    def test_counts_once_for_who_is_both(self, cast: Cast, urgent_record: UrgentRecord) -> None:
        place = Membership(organisation=cast.organisation, user=cast.teammate, team=cast.team, role="supervisor")
        plain(Membership).bulk_create([place])
        after = due_now(again(cast.teammate), urgent_record.complete_by + DAY)
        assert len(after) == 1


def test_who_left_the_team_has_nothing_due(cast: Cast, decision: Decision, now: datetime) -> None:
    today = timezone.localdate(now) + 90 * DAY
    assert due_now(again(cast.practitioner), today)
    end_membership(membership=cast.practitioner.memberships.get(), by=cast.administrator, at=now)
    assert due_now(again(cast.practitioner), today) == []
