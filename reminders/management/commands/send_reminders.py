import sys
from typing import Any

from django.conf import settings
from django.utils import timezone

from audit.management.one_line import OneLineCommand, bad_input
from reminders.sending import Outcome, send_reminders


class Command(OneLineCommand):
    help = (
        "Emails each user how many things are due. For a timer: run it as often as you like, nothing is sent twice. "
        "Exit 0: all sent. 1: some failed, and are tried again. 2: reminders are off, or no mail server is named."
    )

    def handle(self, *_: Any, **__: Any) -> None:
        self.need_ledger()
        if not settings.REMINDERS:
            raise bad_input("Reminders are off. Set REMINDERS=1 to send them.")
        if not (settings.EMAIL_HOST and settings.DEFAULT_FROM_EMAIL):
            raise bad_input("No mail server is named. Set EMAIL_URL and EMAIL_FROM.")
        outcomes = send_reminders(at=timezone.now())
        self.stdout.write(f"{outcomes[Outcome.SENT]} sent, {outcomes[Outcome.FAILED]} failed")
        if outcomes[Outcome.FAILED]:
            sys.exit(1)
