"""One run: everybody for whom something is due and who wants to be emailed now."""

from collections import Counter
from datetime import datetime
from enum import StrEnum

from django.utils import timezone

from accounts.access_mail import send_notices
from accounts.models import User
from reminders.actions import delete_old_reminders, record_attempt, start_attempt
from reminders.due_now import due_now
from reminders.mail import MailServer
from reminders.message import message_of


class Outcome(StrEnum):
    SENT = "sent"
    FAILED = "failed"
    NOTHING = "nothing to send"


def send_reminders(*, at: datetime) -> Counter[Outcome]:
    """To each active user of every organisation, one after the other. How it went is counted, and kept by `actions`.

    Old reminders are deleted in the same run, and emails about access that failed are tried again.
    """
    send_notices()
    users = User.objects.filter(is_active=True).order_by("organisation_id", "pk")
    with MailServer() as server:
        outcomes = Counter(remind(user, server, at) for user in list(users))
    delete_old_reminders(at=at)
    return outcomes


def remind(user: User, server: MailServer, at: datetime) -> Outcome:
    due = due_now(user, timezone.localdate(at))
    reminder = start_attempt(user=user, due=due, at=at)
    if reminder is None:
        return Outcome.NOTHING
    problem = server.send(message_of(reminder, due))
    record_attempt(reminder=reminder, due=due, problem=problem, at=at)
    return Outcome.FAILED if problem else Outcome.SENT
