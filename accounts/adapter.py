"""django-allauth as this site uses it: nobody signs up, and nothing reveals who has an account."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from accounts import actions, guesses
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

    _guess: guesses.Guess | None = None

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
        """Counts a guess before it is judged, in the database instead of allauth's cache."""
        email = str(credentials.get("email", ""))
        try:
            self._count(guesses.of_account(email), guesses.of_address(self.get_client_ip(request)))
        except ValidationError:
            _record_held(email)
            raise

    def _count(self, *limits: guesses.Limit) -> None:
        self._guess = guesses.take(*limits)
        if self._guess is None:
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        """allauth calls this where the password was right, which is too early: see `authenticate`."""

    def _right(self) -> None:
        if self._guess:
            self._guess.give_back()
            self._guess = None

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """A deactivated user gets the same answer as for a wrong password, even when the password is right.

        The try counts too: taken out of the count, it would tell that it was right.
        """
        user = super().authenticate(request, **credentials)
        if isinstance(user, User) and user.is_active:
            self._right()
            return user
        return None

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        """Counted with the guesses at sign-in, and not entered as one of them: accounts/step_up.py does that.

        allauth asks for the address in a table of its own, which this site leaves empty.
        """
        self._count(guesses.of_account(getattr(user, "email", "")))
        if not user.check_password(password):
            return False
        self._right()
        return True

    def get_login_stages(self) -> list[str]:
        """The second factor, and nothing else that allauth could ask for."""
        return ["accounts.second_factor.SecondStep"]

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Through our action, so that the ledger has it; allauth then keeps the current session open."""
        assert isinstance(user, User)  # noqa: S101  # allauth names only the base of it
        user.password = actions.choose_password(user=user, password=password, at=timezone.now()).password


def _record_held(email: str) -> None:
    """Enter the refused attempt in the chain of the account that was tried. Nothing is kept of an unknown address."""
    tried = User.objects.filter(email=email.strip().lower()).first()
    organisation = tried.organisation_id if tried else ledger.SITE
    with ledger.recording(actor=None, at=timezone.now()):
        ledger.append("account.sign_in_throttled", organisation=organisation, obj=tried)
