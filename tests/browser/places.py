"""Demonstration organisations for the browser: everybody in them, and an address book."""

from datetime import datetime

from accounts.actions import choose_password
from accounts.models import User
from safeguarding.demo.organisations import DEMO, LOGINS, OTHER, DemoOrganisation, SeededOrganisation, make
from tests.browser.hands import PASSWORD

__all__ = ["DEMO", "OTHER", "furnish"]


def furnish(plan: DemoOrganisation, at: datetime) -> SeededOrganisation:
    """The organisation, with a password for each of its people."""
    made = make(plan, at)
    for user in User.objects.filter(email__in=[f"{login}@{plan.domain}" for login in LOGINS]):
        choose_password(user=user, password=PASSWORD, at=at)
    return made
