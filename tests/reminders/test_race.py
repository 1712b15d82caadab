"""Two timers at once: each user is emailed once, whichever of the two comes first."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from audit.models import LedgerEntry
from audit.verification import verify
from reminders import sending
from reminders.due_now import DueNow
from reminders.models import Reminder, State
from reminders.sending import send_reminders
from tests.cast import Cast, make_cast
from tests.decisions.concurrency import at_once, bound_waits

pytestmark = pytest.mark.django_db(transaction=True)
MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=ZoneInfo("Europe/London"))
DUE = [DueNow("1" * 64, overdue=False)]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    bound_waits()
    return make_cast()


def test_each_is_emailed_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "due_now", lambda *_: DUE)
    everybody = {user.email for user in (*cast.everybody, *cast.stranger.everybody)}

    def run() -> None:
        send_reminders(at=MONDAY)

    assert at_once(run, run) == []
    assert sorted(email.to[0] for email in mail.outbox) == sorted(everybody)
    assert Reminder.objects.filter(state=State.SENT, attempts=1).count() == len(everybody)
    assert LedgerEntry.objects.filter(event="reminder.sent").count() == len(everybody)
    assert verify().sound
