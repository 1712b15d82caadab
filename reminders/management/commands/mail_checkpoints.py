import sys
from typing import Any

from django.conf import settings
from django.utils import timezone

from audit.management.one_line import OneLineCommand, bad_input
from reminders.checkpoint_mail import mail_checkpoints
from reminders.sending import Outcome


class Command(OneLineCommand):
    help = (
        "Emails the newest checkpoint of the audit log to data protection officers, once a day, if their organisation "
        "wishes it. Exit 0: all sent. 1: some failed. 2: no mail server is named."
    )

    def handle(self, *_: Any, **__: Any) -> None:
        self.need_ledger()
        if not (settings.EMAIL_HOST and settings.DEFAULT_FROM_EMAIL):
            raise bad_input("No mail server is named. Set EMAIL_URL and EMAIL_FROM.")
        outcomes = mail_checkpoints(at=timezone.now())
        self.stdout.write(f"{outcomes[Outcome.SENT]} sent, {outcomes[Outcome.FAILED]} failed")
        if outcomes[Outcome.FAILED]:
            sys.exit(1)
