"""What must never be in the table of reminders, tried by SQL."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from reminders.models import Reminder
from tests import shared
from tests.cast import Cast

cast = shared.cast
AT = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


@pytest.fixture
def waiting(cast: Cast) -> Reminder:
    return add(cast)


def add(cast: Cast, **changed: Any) -> Reminder:
    usual = {"frequency": "daily", "day": AT.date(), "next_attempt_at": AT, "user": cast.practitioner}
    return Reminder.objects.create(organisation=cast.organisation, **{**usual, **changed})


@pytest.mark.parametrize(
    "change",
    [
        "state = 'lost'", "state = 'sent'", "state = 'given_up'", "sent_at = next_attempt_at", "frequency = 'none'",
        "problem = 'a@north.test'", "attempts = 6",
    ],
)  # fmt: skip
def test_the_database_refuses(waiting: Reminder, change: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE reminders_reminder SET {change} WHERE id = %s", [waiting.pk])


@pytest.mark.parametrize(
    "change",
    ["attempts = 5", "problem = 'no_answer'", "state = 'dropped'", "state = 'given_up', problem = 'no_answer'"],
)
def test_the_database_takes(waiting: Reminder, change: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE reminders_reminder SET {change} WHERE id = %s", [waiting.pk])
        assert cursor.rowcount == 1


@pytest.mark.usefixtures("waiting")
def test_one_waits_and_one_a_day(cast: Cast) -> None:
    for changed in ({"frequency": "as_due"}, {"state": "dropped"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            add(cast, **changed)
    add(cast, user=cast.teammate)
    add(cast, state="dropped", frequency="as_due")
