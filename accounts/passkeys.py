"""Passkeys (WebAuthn): what the browser is asked, and what of its answer is believed.

The challenge stays in the session, so an answer counts once, in the browser that was asked.
"""

import json
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from cryptography.exceptions import InvalidSignature
from django.core.exceptions import ValidationError

from accounts.models import User

LONGEST = 20_000
NOT_READ = "Your passkey was not recognised. Try again."
# What the libraries say to an answer that is not to what was asked, or that no browser gives.
_BROKEN = (
    ValidationError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError,
    InvalidSignature,
)  # fmt: skip


def asked_to_make(user: User) -> str:
    """The options for a new passkey, as JSON for the script. Those the person has already are left out by it."""
    return _as_text(auth.begin_registration(user, passwordless=False))


def made(answer: str) -> dict[str, Any]:
    """The new passkey as it is stored, if this answer is to what was asked."""
    credential = _read(answer)
    try:
        auth.parse_registration_response(credential)
        auth.complete_registration(credential)
    except _BROKEN:
        raise ValidationError(NOT_READ) from None
    finally:
        auth.clear_state()
    return credential


def asked_to_show(user: User) -> str:
    """The options for one of their passkeys, as JSON for the script; empty if they have none."""
    if not Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).exists():
        return ""
    return _as_text(auth.begin_authentication(user))


def shown(user: User, answer: str) -> Authenticator:
    """Which of their passkeys signed what was asked."""
    credential = _read(answer)
    try:
        auth.parse_authentication_response(credential)
        found: Authenticator = auth.complete_authentication(user, credential)
    except _BROKEN:
        raise ValidationError(NOT_READ) from None
    finally:
        auth.clear_state()
    return found


def _as_text(options: dict[str, Any]) -> str:
    return json.dumps(options)


def _read(answer: str) -> dict[str, Any]:
    try:
        found = json.loads(answer)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise ValidationError(NOT_READ)
    return found
