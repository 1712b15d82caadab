import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from accounts.actions import choose_password
from accounts.models import Organisation, User
from audit import ledger
from safeguarding.demo import incidents, organisations, records, urgent

DOMAINS = tuple(plan.domain for plan in (organisations.DEMO, organisations.OTHER))


class Command(BaseCommand):
    help = "Fills a database that has no organisation with invented data, and sets the demonstration's password."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  (Django's signature)
        if not settings.DEMO:
            self.stderr.write("seed_demo makes sign-ins with a shared password. Set DEMO=1 to use it on this machine.")
            raise SystemExit(2)
        if not Organisation.objects.exists():
            self.seed()
        self.set_password()

    @transaction.atomic
    def seed(self) -> None:
        """All or nothing: a failed start leaves an empty database, and the next start seeds it again."""
        now = timezone.now()
        self.stdout.write("Filling in invented organisations, families and decisions ...")
        with ledger.recording(actor=None, at=now):
            for plan in (organisations.DEMO, organisations.OTHER):
                self.stdout.write(f"  {plan.domain}")
                seeded = organisations.make(plan, now)
                records.make(seeded, now, self.stdout.write)
                records.unfinished(seeded, now)
                records.ask_for_their_record(seeded, now)
                urgent.make(seeded, now, self.stdout.write)
                incidents.make(seeded, now)
            ledger.append("site.seeded", organisation=ledger.SITE)

    def set_password(self) -> None:
        """DEMO_PASSWORD, or else the current one. Only one user is checked: all share it, and hashing is slow."""
        people = list(
            User.objects.filter(email__in=[f"{login}@{domain}" for login in organisations.LOGINS for domain in DOMAINS])
        )
        if not people:
            return
        password = os.environ.get("DEMO_PASSWORD", "") or self.kept_password()
        if not people[0].check_password(password):
            for person in people:
                choose_password(user=person, password=password, at=timezone.now())

    @staticmethod
    def kept_password() -> str:
        path = Path(settings.VAR_DIR) / "demo_password"
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(9) + "\n")
        return path.read_text().strip()
