"""Somebody with a second factor, for tests: the app on their phone, and the pages they use it on."""

from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import authenticator_app as app
from accounts.actions import set_up_app
from accounts.factor_secrets import FactorAdapter
from accounts.models import User
from tests.cast import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
CODE, SIGN_IN = reverse("mfa_authenticate"), reverse("account_login")


def code(steps: int = 0, secret: str = SECRET) -> str:
    """What the app shows, so many steps of 30 seconds from now."""
    return app.code_of(secret, app.step_of(timezone.now()) + steps)


@dataclass(frozen=True)
class Phone:
    user: User
    recovery_codes: list[str]

    def code(self) -> str:
        """One that was not used yet, however often a test asks in half a minute."""
        row = Authenticator.objects.get(user=self.user, type="totp")
        row.data["step"] = app.UNUSED
        row.save()
        return code()


def with_app(user: User) -> Phone:
    codes = set_up_app(by=user, secret=SECRET, code=code(), has_shown=True, at=timezone.now())
    return Phone(user, codes)


def with_password(client: Client, user: User) -> Any:
    return client.post(SIGN_IN, {"login": user.email, "password": PASSWORD})


def secret_being_set_up(client: Client) -> str:
    return FactorAdapter().decrypt(client.session["second_factor_set_up"])


def answer_code(client: Client, typed: str) -> HttpResponse:
    return client.post(CODE, {"digits": typed})  # type: ignore[return-value]  # the client's own kind of answer
