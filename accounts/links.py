"""One-time links: whoever has one can choose the user's password."""

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse

from accounts.models import User


class OneTimeTokens(PasswordResetTokenGenerator):
    """Used up by choosing a password, replaced by the next link, and expired after PASSWORD_RESET_TIMEOUT."""

    key_salt = "accounts.links.OneTimeTokens"


tokens = OneTimeTokens()


def one_time_path(person: User) -> str:
    """Names the user by public id only. Whoever makes a link hands it over and stores it nowhere."""
    return reverse("choose_password", args=[person.public_id, tokens.make_token(person)])
