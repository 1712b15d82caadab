"""django-allauth as we use it: nobody signs up, and nothing is told about who exists."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from accounts import actions
from accounts.models import User
from audit import ledger
from audit.middleware import client_address

NOT_MATCHED = "The email address or the password is not right. Check both and try again."
TOO_MANY = (
    "Too many wrong passwords were tried. Wait 5 minutes, then try again. "
    "If you have forgotten your password, ask your administrator for a new link."
)


class ClosedAdapter(DefaultAccountAdapter):
    """Sign-up is closed: people come in by an administrator's invitation."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": NOT_MATCHED,
        "too_many_login_attempts": TOO_MANY,
        "enter_current_password": "This is not your present password. Type the one you signed in with.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  # allauth's signature
        return False

    def is_ajax(self, request: HttpRequest) -> bool:  # noqa: ARG002  # allauth's signature
        """One kind of answer only: pages."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """allauth's messages name the person; our pages say what happened without."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """The same address as in the ledger; everybody whose address nobody vouches for is counted together."""
        return client_address(request) or "unknown"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            _record_held(str(credentials.get("email", "")))
            raise

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """A deactivated person is answered like a wrong password, also when the password is right."""
        user = super().authenticate(request, **credentials)
        return user if isinstance(user, User) and user.is_active else None

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """By our action, so that the ledger hears of it; allauth then keeps this one session alive."""
        assert isinstance(user, User)  # noqa: S101  # allauth names only the base of it
        user.password = actions.choose_password(user=user, password=password, at=timezone.now()).password


def _record_held(email: str) -> None:
    """In the chain of the account that was tried; an unknown address leaves no trace of what was typed."""
    tried = User.objects.filter(email=email.lower()).first()
    organisation = tried.organisation_id if tried else ledger.SITE
    with ledger.recording(actor=None, at=timezone.now()):
        ledger.append("account.sign_in_held", organisation=organisation, obj=tried)
