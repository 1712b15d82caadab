"""What an email says: how many things are due. Every word of it is fixed but the number."""

import pytest
from django.conf import LazySettings

from accounts.models import User
from reminders.due_now import DueNow
from reminders.message import message_of
from reminders.models import Reminder


def things(count: int, overdue: int) -> list[DueNow]:
    return [DueNow(str(number), overdue=number < overdue) for number in range(count)]


@pytest.mark.parametrize(
    ("count", "overdue", "subject", "sentence"),
    [
        (1, 0, "You have 1 thing due", "You have 1 thing due.\n"),
        (1, 1, "You have 1 thing due", "You have 1 thing due. It is overdue.\n"),
        (3, 0, "You have 3 things due", "You have 3 things due.\n"),
        (3, 1, "You have 3 things due", "You have 3 things due. 1 of them is overdue.\n"),
        (3, 2, "You have 3 things due", "You have 3 things due. 2 of them are overdue.\n"),
        (3, 3, "You have 3 things due", "You have 3 things due. They are all overdue.\n"),
    ],
)
def test_it_counts(count: int, overdue: int, subject: str, sentence: str) -> None:
    reminder = Reminder(user=User(email="a@north.test", full_name="Asha Verrall"))
    message = message_of(reminder, things(count, overdue))
    assert message.subject == subject
    assert sentence in message.body
    assert message.to == ["a@north.test"]


def test_it_names_nobody_and_no_service(settings: LazySettings) -> None:
    settings.DEFAULT_FROM_EMAIL = "Reminders <no-reply@mail.example.test>"
    reminder = Reminder(user=User(email="a@north.test", full_name="Asha Verrall"))
    message = message_of(reminder, things(2, 1))
    text = f"{message.subject} {message.body}".lower()
    hints = ("asha", "safeguarding", "child", "famil", "decision", "record", "http", "inform", "review", "example")
    assert [word for word in hints if word in text] == []
    sent = message.message()
    assert sent["Message-ID"] == f"<{reminder.public_id}@mail.example.test>"
    assert sent["Auto-Submitted"] == "auto-generated"
