"""A one-time link for an administrator who cannot come in, where nobody of the organisation can make one."""

from argparse import ArgumentParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.utils import timezone

from accounts.actions import reset_factors_by_command, withdraw_password_by_command
from accounts.links import one_time_path
from accounts.models import User
from audit.management.one_line import OneLineCommand, bad_input

LONGEST = 300


class Command(OneLineCommand):
    help = (
        "Prints a one-time link with which an administrator or data protection officer chooses a new password. The old "
        "one stops working, and the reason stands in the audit log. Exit 0: done. 2: bad input."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("--reason", required=True, metavar="TEXT", help="who asked, and how you know it is them")
        parser.add_argument(
            "--lost-phone", action="store_true", help="takes away their app, passkeys and recovery codes too"
        )
        parser.add_argument("--site-url", default="http://127.0.0.1:8000", help="where people reach this site")

    def handle(self, *_: Any, email: str, reason: str, lost_phone: bool, site_url: str, **__: Any) -> None:
        self.need_ledger()
        if not reason.strip():
            raise bad_input("--reason: Say who asked, and how you know that it is them.")
        if len(reason) > LONGEST:
            raise bad_input(f"--reason: Use {LONGEST} characters or fewer.")
        if urlsplit(site_url).scheme not in {"http", "https"}:
            raise bad_input("--site-url: Give the whole address, such as https://decisions.example.test.")
        person = withdraw_password_by_command(user=_person(email), reason=reason, at=timezone.now())
        if lost_phone:
            reset_factors_by_command(user=person, reason=reason, at=timezone.now())
            self.stdout.write("Their app, passkeys and recovery codes no longer work. They set up new ones.")
        self.stdout.write("Give them this link yourself; it works once, for 7 days. The old password no longer works:")
        self.stdout.write(urljoin(site_url, one_time_path(person)))


def _person(email: str) -> User:
    person: User | None = User.objects.filter(email=email.strip().lower()).first()
    if person is None:
        raise bad_input(f"Nobody has the address {email}. Check it.")
    if not person.is_active:
        raise bad_input("This person has been deactivated. An administrator of the organisation reactivates them.")
    if not person.organisation_role:
        raise bad_input("An administrator of the organisation makes this link, on the person's page.")
    return person
