"""What a second factor is made of, encrypted before it is stored: whoever reads the database cannot make a code."""

import base64
import hashlib
from collections.abc import Iterator
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser

from accounts.models import User

SERVICE = "Safeguarding decisions"


class FactorAdapter(DefaultMFAAdapter):
    """django-allauth's second factors with our keys, and without its messages and emails."""

    def encrypt(self, text: str) -> str:
        return str(_keys().encrypt(text.encode()).decode())

    def decrypt(self, encrypted_text: str) -> str:
        """Raises InvalidToken where none of the keys is the one it was made with."""
        return str(_keys().decrypt(encrypted_text.encode()).decode())

    def get_totp_issuer(self) -> str:
        return SERVICE

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The name people type: a passkey made here answers to no other site."""
        return {"id": context.request.get_host().partition(":")[0], "name": SERVICE}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, Any]:
        assert isinstance(user, User)  # noqa: S101  # allauth names only the base of it
        return {"id": user.public_id.bytes, "display_name": user.full_name, "name": user.email}


def encrypted_secrets() -> Iterator[str]:
    """Yield the secret of every authenticator app and set of recovery codes, encrypted; a passkey has none."""
    for data in Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).values_list("data", flat=True):
        yield data.get("secret") or data["seed"]


def is_readable(encrypted: str) -> bool:
    """Whether one of the keys of this site opens it."""
    try:
        _keys().decrypt(encrypted.encode())
    except InvalidToken:
        return False
    return True


def _keys() -> MultiFernet:
    """The first encrypts; all decrypt, so that a new one can be put before an old one."""
    return MultiFernet([Fernet(_fitted(key)) for key in settings.SECOND_FACTOR_KEYS])


def _fitted(key: str) -> bytes:
    """A key of any length as the 32 bytes that Fernet takes."""
    return base64.urlsafe_b64encode(hashlib.sha256(b"second factor:" + key.encode()).digest())
