"""When somebody is emailed: once for each thing, once a day, or not; again after a failure, and not for ever."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied

from accounts.actions import deactivate
from accounts.models import User
from audit.models import LedgerEntry
from reminders.actions import BACK_OFF, choose_frequency, delete_old_reminders, record_attempt, start_attempt
from reminders.due_now import DueNow
from reminders.models import MOST_ATTEMPTS, Frequency, Problem, RemindedTask, Reminder, State
from reminders.sending import send_reminders
from tests import shared
from tests.cast import Cast

cast = shared.cast
# A Monday in winter, and the Friday before Easter 2026, which is a bank holiday.
MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=ZoneInfo("Europe/London"))
GOOD_FRIDAY = datetime(2026, 4, 3, 9, 0, tzinfo=ZoneInfo("Europe/London"))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ONE, TWO = DueNow("1" * 64, overdue=False), DueNow("2" * 64, overdue=False)


@pytest.fixture
def user(cast: Cast) -> User:
    choose_frequency(frequency=Frequency.AS_DUE, by=cast.practitioner, at=MONDAY)
    return cast.practitioner


def attempt(user: User, due: list[DueNow], at: datetime, problem: Problem | None = None) -> Reminder | None:
    reminder = start_attempt(user=user, due=due, at=at)
    if reminder:
        record_attempt(reminder=reminder, due=due, problem=problem, at=at)
        reminder.refresh_from_db()
    return reminder


def entries(event: str) -> list[dict[str, Any]]:
    rows = LedgerEntry.objects.filter(event=event).order_by("seq")
    return [row.additional_data for row in rows]


class TestAsThingsFallDue:
    def test_once_for_each_thing(self, user: User) -> None:
        assert attempt(user, [ONE], MONDAY)
        assert attempt(user, [ONE], MONDAY) is None
        assert attempt(user, [ONE], MONDAY + 3 * DAY) is None
        assert attempt(user, [ONE, TWO], MONDAY + 3 * DAY)
        assert attempt(user, [TWO], MONDAY + 4 * DAY) is None

    def test_a_thing_that_comes_back_counts_anew(self, user: User) -> None:
        assert attempt(user, [ONE], MONDAY)
        assert attempt(user, [], MONDAY + HOUR) is None
        assert attempt(user, [ONE], MONDAY + 2 * HOUR)

    @pytest.mark.parametrize("at", [MONDAY - 2 * DAY, MONDAY - 7 * HOUR, GOOD_FRIDAY])
    def test_at_any_hour_of_any_day(self, user: User, at: datetime) -> None:
        assert attempt(user, [ONE], at)


class TestOnceADay:
    """Whoever has not chosen, too."""

    def test_on_each_working_day_while_something_is_due(self, cast: Cast) -> None:
        days = [day for day in range(14) for _ in "12" if attempt(cast.teammate, [ONE], MONDAY + day * DAY)]
        assert days == [0, 1, 2, 3, 4, 7, 8, 9, 10, 11]

    def test_never_at_night_or_on_a_bank_holiday(self, cast: Cast) -> None:
        assert attempt(cast.teammate, [ONE], MONDAY - 3 * HOUR) is None
        assert attempt(cast.teammate, [ONE], GOOD_FRIDAY) is None
        assert attempt(cast.teammate, [ONE], MONDAY - 2 * HOUR)

    def test_not_without_a_reason(self, cast: Cast) -> None:
        assert attempt(cast.teammate, [], MONDAY) is None
        assert not Reminder.objects.exists()


class TestNobody:
    def test_who_chose_none(self, cast: Cast) -> None:
        choose_frequency(frequency=Frequency.NONE, by=cast.supervisor, at=MONDAY)
        assert attempt(cast.supervisor, [ONE], MONDAY) is None

    def test_who_is_deactivated_with_one_waiting(self, user: User, cast: Cast) -> None:
        assert attempt(user, [ONE], MONDAY, Problem.NO_ANSWER)
        deactivate(user=user, by=cast.administrator, at=MONDAY)
        assert attempt(user, [ONE], MONDAY + DAY) is None
        assert Reminder.objects.get().state == State.DROPPED

    def test_who_has_nothing_due_any_more_when_it_is_tried_again(self, user: User) -> None:
        assert attempt(user, [ONE], MONDAY, Problem.NO_ANSWER)
        assert attempt(user, [], MONDAY + DAY) is None
        assert Reminder.objects.get().state == State.DROPPED

    def test_a_choice_is_ones_own_and_a_deactivated_user_has_none(self, user: User, cast: Cast) -> None:
        deactivate(user=user, by=cast.administrator, at=MONDAY)
        with pytest.raises(PermissionDenied):
            choose_frequency(frequency=Frequency.DAILY, by=user, at=MONDAY)


class TestFailure:
    def test_it_is_tried_again_later_each_time_and_then_given_up(self, user: User) -> None:
        at, tried = MONDAY, []
        for wait in (*BACK_OFF, HOUR):
            reminder = attempt(user, [ONE], at, Problem.NO_ANSWER)
            assert reminder
            tried.append(reminder.state)
            assert attempt(user, [ONE], at + wait - timedelta(seconds=1)) is None
            at += wait
        assert tried == [State.WAITING] * 4 + [State.GIVEN_UP]
        assert [one["attempt"] for one in entries("reminder.failed")] == [1, 2, 3, 4, 5]
        assert [one["given_up"] for one in entries("reminder.failed")] == [False] * 4 + [True]
        assert {one["problem"] for one in entries("reminder.failed")} == {"no_answer"}

    def test_nothing_is_lost_when_it_was_given_up(self, user: User) -> None:
        at = MONDAY
        for wait in (*BACK_OFF, HOUR):
            attempt(user, [ONE], at, Problem.ADDRESS_REFUSED)
            at += wait
        assert not RemindedTask.objects.exists()
        sent = attempt(user, [ONE], MONDAY + 2 * DAY)
        assert sent
        assert (sent.state, sent.problem, sent.attempts) == (State.SENT, "", 1)
        assert [one["attempt"] for one in entries("reminder.sent")] == [1]

    def test_once_it_is_sent_after_a_failure_it_is_not_sent_again(self, user: User) -> None:
        attempt(user, [ONE], MONDAY, Problem.NO_ANSWER)
        sent = attempt(user, [ONE], MONDAY + HOUR)
        assert sent
        assert (sent.state, sent.problem, sent.attempts) == (State.SENT, "", 2)
        assert attempt(user, [ONE], MONDAY + 2 * HOUR) is None

    def test_attempts_that_are_cut_short_end_as_well(self, user: User) -> None:
        at = MONDAY
        for _ in range(MOST_ATTEMPTS):
            assert start_attempt(user=user, due=[ONE], at=at)
            at += DAY
        assert start_attempt(user=user, due=[ONE], at=at) is None
        assert Reminder.objects.get().problem == Problem.CUT_SHORT

    def test_a_second_run_does_not_send_what_the_first_is_sending(self, user: User) -> None:
        assert start_attempt(user=user, due=[ONE], at=MONDAY)
        assert start_attempt(user=user, due=[ONE, TWO], at=MONDAY) is None


def test_a_choice_is_an_entry(cast: Cast) -> None:
    for frequency in (Frequency.NONE, Frequency.DAILY, Frequency.AS_DUE):
        choose_frequency(frequency=frequency, by=cast.officer, at=MONDAY)
    rows = LedgerEntry.objects.filter(subject="reminders.reminderchoice").order_by("seq")
    assert [row.changes["frequency"][1] for row in rows] == ["none", "daily", "as_due"]


class TestKeptFor90Days:
    """Kept for 90 days; and the last of each user for as long as they have it."""

    @pytest.mark.parametrize(("days", "left"), [(90, 3), (91, 2), (92, 1), (900, 1)])
    def test_they_are_deleted_after_90_days_but_for_the_last(self, user: User, days: int, left: int) -> None:
        for day, due in enumerate(([ONE], [TWO], [ONE])):
            attempt(user, due, MONDAY + day * DAY)
        delete_old_reminders(at=MONDAY + days * DAY)
        assert Reminder.objects.filter(user=user).count() == left
        assert [entry["reminders"] for entry in entries("reminder.old_deleted")] == ([3 - left] if left < 3 else [])
        assert len(entries("reminder.sent")) == 3

    def test_one_that_still_waits_is_kept(self, user: User, cast: Cast) -> None:
        waiting = attempt(user, [ONE], MONDAY, Problem.NO_ANSWER)
        choose_frequency(frequency=Frequency.AS_DUE, by=cast.teammate, at=MONDAY)
        attempt(cast.teammate, [ONE], MONDAY)
        assert delete_old_reminders(at=MONDAY + 900 * DAY) == 0
        assert waiting is not None
        assert waiting.state == State.WAITING

    def test_every_run_deletes_them(self, user: User) -> None:
        attempt(user, [ONE], MONDAY)
        attempt(user, [TWO], MONDAY + DAY)
        send_reminders(at=MONDAY + 200 * DAY)
        assert Reminder.objects.filter(user=user).count() == 1
