"""django-allauth as this site uses it: nobody signs up, and nothing reveals who has an account."""

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
    """Sign-up is closed: users are invited by an administrator."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": NOT_MATCHED,
        "too_many_login_attempts": TOO_MANY,
        "enter_current_password": "This is not your current password. Type the one you signed in with.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  # allauth's signature
        return False

    def is_ajax(self, request: HttpRequest) -> bool:  # noqa: ARG002  # allauth's signature
        """Every response is a page."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """allauth's messages name the user; ours do not."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """The same address as in the ledger. Clients whose address nobody vouches for are counted together."""
        return client_address(request) or "unknown"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            _record_held(str(credentials.get("email", "")))
            raise

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """A deactivated user gets the same answer as for a wrong password, even when the password is right."""
        user = super().authenticate(request, **credentials)
        if isinstance(user, User) and user.is_active:
            return user
        if user:
            # allauth takes a try with the right password out of the count, which would tell that it was right.
            super().pre_authenticate(request, **credentials)
        return None

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        """Counted with the guesses at sign-in, and not entered as one of them: accounts/step_up.py does that.

        allauth asks for the address in a table of its own, which this site leaves empty.
        """
        super().pre_authenticate(self.request, email=getattr(user, "email", ""))
        if not user.check_password(password):
            return False
        self._rollback_login_failed_rl_usage()
        return True

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Through our action, so that the ledger has it; allauth then keeps the current session open."""
        assert isinstance(user, User)  # noqa: S101  # allauth names only the base of it
        user.password = actions.choose_password(user=user, password=password, at=timezone.now()).password


def _record_held(email: str) -> None:
    """Enter the refused attempt in the chain of the account that was tried. Nothing is kept of an unknown address."""
    tried = User.objects.filter(email=email.lower()).first()
    organisation = tried.organisation_id if tried else ledger.SITE
    with ledger.recording(actor=None, at=timezone.now()):
        ledger.append("account.sign_in_held", organisation=organisation, obj=tried)
