"""Whether this session has shown a second factor, beside the password: the one place that says so (ADR 0049).

It stands in the session, where django-allauth keeps when and how somebody showed who they are, and goes with it.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, cast

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect

from accounts.models import User

SIGN_ON = "sign_on"
# Recovery codes stand in for one of these, and are nothing without it.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_demanded() -> bool:
    """Whether a second factor is required, which it is of everybody outside the demonstration."""
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


def is_missing(request: HttpRequest) -> bool:
    """Whether whoever is signed in here has shown a password alone, where more is demanded."""
    return is_demanded() and isinstance(request.user, User) and not is_shown(request, request.user)


def has_one(user: User) -> bool:
    """Whether this user has set one up here."""
    return bool(Authenticator.objects.filter(user=user, type__in=FACTORS).exists())


class SecondStep(AuthenticateStage):
    """Between the password and the session: asked of whoever has a second factor and has not shown one."""

    def _should_handle(self, request: HttpRequest) -> bool:
        user = self.login.user
        return isinstance(user, User) and has_one(user) and not is_shown(request, user)


# What somebody may open before they have one: to set it up, and to leave.
SET_UP = frozenset({"your_sign_in", "add_app", "add_passkey", "account_reauthenticate"})
OPEN = frozenset({
    "account_login", "account_logout", "quick_leave", "goodbye", "choose_password", "health", "metrics",
    "sign_on", "sign_on_back",
})  # fmt: skip
AGAIN = "Sign in again, with your password and your code or passkey."


class SecondFactorMiddleware:
    """Whoever has shown a password alone opens nothing but the pages to set up a second factor.

    Must come after authentication. A session of before they had one ends: it was never asked for it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_: object) -> HttpResponseBase | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in OPEN or not is_missing(request):
            return None
        if getattr(view, "answers_json", False):
            return JsonResponse({"signed_out": True, "saved": False}, status=HTTPStatus.UNAUTHORIZED)
        if has_one(cast("User", request.user)):
            logout(request)
            messages.info(request, AGAIN)
            return redirect("account_login")
        return None if name in SET_UP else redirect("your_sign_in")
