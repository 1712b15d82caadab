"""How who is signed in is found again: at every request, so with SQL that is composed once per process (ADR 0023)."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User
from audit.statements import rows_where


class Backend(AuthenticationBackend):
    """Signs in as django-allauth does."""

    def get_user(self, user_id: Any) -> User | None:
        """Nobody who is unknown or deactivated."""
        found = rows_where(User, "pk", [user_id])
        return found[0] if found and self.user_can_authenticate(found[0]) else None
