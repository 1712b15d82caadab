"""Passkeys (WebAuthn): what the browser is asked, and what of its answer is believed.

The challenge stays in the session, so an answer counts once, in the browser that was asked.
"""

import json
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from cryptography.exceptions import InvalidSignature
from django.core.exceptions import ValidationError

from accounts.models import User

LONGEST = 20_000
# What our rows have beside allauth's: how often the passkey had signed, and whether it ever had signed less often.
COUNT, WENT_BACK = "count", "went_back"
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
    if not any(map(can_be_used, Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN))):
        return ""
    return _as_text(auth.begin_authentication(user))


@dataclass(frozen=True)
class Signed:
    """Which passkey signed what was asked, and how often it says that it has signed: 0 if it does not count."""

    passkey: Authenticator
    count: int


def shown(user: User, answer: str) -> Signed:
    """Which of their passkeys signed what was asked."""
    credential = _read(answer)
    try:
        count = auth.parse_authentication_response(credential).response.authenticator_data.counter
        found: Authenticator = auth.complete_authentication(user, credential)
    except _BROKEN:
        raise ValidationError(NOT_READ) from None
    finally:
        auth.clear_state()
    return Signed(found, count)


def count_at_first(credential: dict[str, Any]) -> int:
    """How often a new passkey says that it has signed."""
    made_so = auth.parse_registration_response(credential).response.attestation_object.auth_data
    return int(made_so.counter)


def went_back(before: int, count: int) -> bool:
    """Whether somebody else has signed with a copy since, or this is the copy (WebAuthn level 2, 6.1.1).

    Only a passkey that never counts says 0 twice. One that counted and says 0 went back too.
    """
    return bool(before or count) and count <= before


def can_be_used(passkey: Authenticator) -> bool:
    return not passkey.data.get(WENT_BACK, False)


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
