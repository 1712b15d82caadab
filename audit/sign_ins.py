"""Sign-ins, sign-outs and refused sign-ins. Nothing is kept of an address that no user here has."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from audit import ledger


def listen() -> None:
    user_logged_in.connect(_signed_in, dispatch_uid="ledger_signed_in")
    user_logged_out.connect(_signed_out, dispatch_uid="ledger_signed_out")
    user_login_failed.connect(_failed, dispatch_uid="ledger_sign_in_failed")


def _signed_in(*, user: AbstractBaseUser, **_: Any) -> None:
    _enter("account.signed_in", user, actor=user)


def _signed_out(*, user: AbstractBaseUser | None, **_: Any) -> None:
    if user is not None:
        _enter("account.signed_out", user, actor=user)


def _failed(*, credentials: dict[str, Any], **_: Any) -> None:
    _enter("account.sign_in_failed", _known(credentials), actor=None)


def _enter(event: str, user: AbstractBaseUser | None, *, actor: AbstractBaseUser | None) -> None:
    with ledger.recording(actor=actor, at=None):
        ledger.append(event, organisation=getattr(user, "organisation_id", ledger.SITE), obj=user)


def _known(credentials: dict[str, Any]) -> AbstractBaseUser | None:
    users = get_user_model()
    name = users.USERNAME_FIELD
    identifier = credentials.get(name) or credentials.get("username")
    if not isinstance(identifier, str) or "\x00" in identifier:
        return None
    user: AbstractBaseUser | None = users._default_manager.filter(**{f"{name}__iexact": identifier.strip()}).first()
    return user
