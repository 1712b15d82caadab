"""One-time links: a person shows who they are by holding one, and chooses a password."""

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse

from accounts.models import User


class OneTimeTokens(PasswordResetTokenGenerator):
    """Used up by the password it leads to, withdrawn by the next link, dead after PASSWORD_RESET_TIMEOUT."""

    key_salt = "accounts.links.OneTimeTokens"


tokens = OneTimeTokens()


def one_time_path(person: User) -> str:
    """Names the person by public id only. Whoever makes one hands it over and keeps it nowhere."""
    return reverse("choose_password", args=[person.public_id, tokens.make_token(person)])
