"""Whether this session has shown a second factor, beside the password: the one place that says so (ADR 0049).

It stands in the session, where django-allauth keeps when and how somebody showed who they are, and goes with it.
"""

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.http import HttpRequest

from accounts.models import User

SIGN_ON = "sign_on"
# Recovery codes stand in for one of these, and are nothing without it.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_demanded() -> bool:
    """Of everybody, outside the demonstration."""
    return bool(settings.SECOND_FACTOR)


def shown_by_sign_on(request: HttpRequest, user: User, *, provider: str) -> None:
    """Their organisation's sign-on says that it asked for a second factor itself: ours is not asked for then.

    Call it before the sign-in is completed, and only for what the provider signed: a claim of the request is nothing.
    """
    record_authentication(request, user, SIGN_ON, provider=provider, second_factor=True)


def is_shown(request: HttpRequest, user: User) -> bool:
    """Whether this session did: a code, a passkey, or a sign-on that asked for one."""
    shown = get_authentication_records(request, user)
    return any(record["method"] == "mfa" or record.get("second_factor") for record in shown)


def has_one(user: User) -> bool:
    """Whether this user has set one up here."""
    return bool(Authenticator.objects.filter(user=user, type__in=FACTORS).exists())


class SecondStep(AuthenticateStage):
    """Between the password and the session: asked of whoever has a second factor and has not shown one."""

    def _should_handle(self, request: HttpRequest) -> bool:
        user = self.login.user
        return isinstance(user, User) and has_one(user) and not is_shown(request, user)
