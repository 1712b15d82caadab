"""The codes of an authenticator app: six digits that change every 30 seconds (RFC 6238)."""

import hmac
import re
from datetime import datetime

from allauth.mfa.totp.internal.auth import hotp_value

SECONDS = 30
# The clock of a phone may be some seconds off: the code before and the code after are taken too.
STEPS_OFF = (0, -1, 1)
UNUSED = -1
_BETWEEN = re.compile(r"[\s-]")


def typed(code: str) -> str:
    """As the app and our page of recovery codes mean it, however the digits were grouped."""
    return _BETWEEN.sub("", code)


def step_of(at: datetime) -> int:
    return int(at.timestamp()) // SECONDS


def code_of(secret: str, step: int) -> str:
    return f"{hotp_value(secret, step):06}"


def matching_step(secret: str, code: str, *, at: datetime, after: int = UNUSED) -> int | None:
    """Return the time step of a valid code, or None. It must be later than `after`: no code is accepted twice."""
    found = None
    for off in STEPS_OFF:
        step = step_of(at) + off
        if hmac.compare_digest(code_of(secret, step).encode(), typed(code).encode()) and step > after:
            found = step
    return found
