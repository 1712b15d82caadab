"""The words of a reminder: how many things are due, and nothing of what they are."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage

from reminders.due_now import DueNow
from reminders.models import Reminder

BODY = """Hello,

{due}

Sign in to see {them}. This email does not say more, to keep people safe.

You can change how often you get these emails. Sign in and choose “Email reminders”.
"""


def message_of(reminder: Reminder, due: Sequence[DueNow]) -> EmailMessage:
    """A late second copy has the same Message-ID, so a mail program shows it once."""
    count, overdue = len(due), sum(task.overdue for task in due)
    subject = f"You have {count} {'thing' if count == 1 else 'things'} due"
    text = f"{subject}. {_overdue(count, overdue)}".strip()
    return EmailMessage(
        subject=subject,
        body=BODY.format(due=text, them="it" if count == 1 else "them"),
        to=[reminder.user.email],
        headers={"Message-ID": f"<{reminder.public_id}@{_domain()}>", "Auto-Submitted": "auto-generated"},
    )


def _overdue(count: int, overdue: int) -> str:
    if not overdue:
        return ""
    if overdue == count:
        return "It is overdue." if count == 1 else "They are all overdue."
    return f"{overdue} of them {'is' if overdue == 1 else 'are'} overdue."


def _domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
