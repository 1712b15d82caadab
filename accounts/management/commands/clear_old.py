from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts import autosave, guesses, left_sessions


class Command(BaseCommand):
    help = (
        "Deletes what is kept only for a while: sessions that have ended, counts of wrong passwords after a day, typed "
        "text after 30 days. Ends each session that somebody left while the database was away."
    )

    def handle(self, *_: Any, **__: Any) -> None:
        now = timezone.now()
        left_sessions.settle()
        call_command("clearsessions")
        guesses.forget_old(now)
        autosave.delete_expired(now)
