"""django-allauth as we use it: nobody signs up, nothing is told about who exists, and the ledger hears of it."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from audit import ledger

NOT_MATCHED = "The e-mail address or the password is not right. Check both and try again."
TOO_MANY = (
    "Too many wrong passwords were tried. Wait 5 minutes, then try again. "
    "If you have forgotten your password, ask your administrator for a new link."
)


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is only partly typed
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

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            self._record_refusal("account.sign_in_held", credentials)
            raise

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """A deactivated person is answered like a wrong password, also when the password is right."""
        user: User | None = super().authenticate(request, **credentials)
        if user is not None and not user.is_active:
            self.authentication_failed(request, **credentials)
            return None
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ARG002  # same
        self._record_refusal("account.sign_in_failed", credentials)

    def login(self, request: HttpRequest, user: User) -> None:
        with ledger.recording(actor=user, at=timezone.now()):
            super().login(request, user)
            ledger.append("account.signed_in", organisation=user.organisation_id, obj=user)

    def logout(self, request: HttpRequest) -> None:
        record_leaving(request, "account.signed_out")
        super().logout(request)

    def _record_refusal(self, event: str, credentials: dict[str, Any]) -> None:
        """In the chain of the account that was tried; an unknown address leaves no trace of what was typed."""
        email = str(credentials.get("email", "")).lower()
        tried = User.objects.filter(email=email).first()
        with ledger.recording(actor=None, at=timezone.now()):
            organisation = tried.organisation_id if tried else ledger.SITE
            ledger.append(event, organisation=organisation, obj=tried)


def record_leaving(request: HttpRequest, event: str) -> None:
    """Enters who ended their session, while it is still known."""
    if isinstance(request.user, User):
        with ledger.recording(actor=request.user, at=timezone.now()):
            ledger.append(event, organisation=request.user.organisation_id, obj=request.user)
