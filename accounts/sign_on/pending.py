"""What was asked of a service and is not answered yet: in the session of the browser that asked, for 10 minutes."""

import base64
import secrets
import time
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from accounts.sign_on.claims import LEEWAY, Vouched
from accounts.sign_on.configured import Provider

ASKED, SIGNED_ON = "sign_on_asked", "signed_on"
SECONDS, MOST = 600, 5


@dataclass(frozen=True)
class Asked:
    """`link` is the public id of whoever opened a one-time link; `again` that of whoever shows again who they are."""

    provider: str
    nonce: str
    verifier: str
    at: float
    next: str = ""
    link: str = ""
    again: str = ""

    @property
    def challenge(self) -> str:
        return base64.urlsafe_b64encode(sha256(self.verifier.encode()).digest()).rstrip(b"=").decode()


def ask(session: SessionBase, provider: Provider, **more: str) -> tuple[str, Asked]:
    """What is sent is new each time. Somebody may have begun in several tabs; the oldest is forgotten."""
    state = secrets.token_urlsafe(32)
    asked = Asked(provider.name, secrets.token_urlsafe(32), secrets.token_urlsafe(48), time.time(), **more)
    waiting = list(session.get(ASKED, {}).items())[-(MOST - 1) :]
    session[ASKED] = dict([*waiting, (state, asdict(asked))])
    return state, asked


def take(session: SessionBase, provider: Provider, state: str) -> Asked | None:
    """Once: a code that somebody sees afterwards in a history answers nothing."""
    waiting = dict(session.get(ASKED, {}))
    found: dict[str, Any] | None = waiting.pop(state, None)
    if found is None:
        return None
    session[ASKED] = waiting
    asked = Asked(**found)
    young = 0 <= time.time() - asked.at < SECONDS
    return asked if young and asked.provider == provider.name else None


def remember(session: SessionBase, user: int, vouched: Vouched) -> None:
    """For step-up: when the service last saw them. Not who they are there."""
    session[SIGNED_ON] = {"user": user, "shown_at": vouched.shown_at}


def shown_at(session: SessionBase, user: int) -> int | None:
    """When they showed the service who they are, 0 if it does not say; None if they did not sign on."""
    held = session.get(SIGNED_ON)
    return int(held["shown_at"]) if held and held["user"] == user else None


def is_new_since(asked: Asked, vouched: Vouched) -> bool:
    """Whether they showed who they are because we asked: an older sign-on elsewhere is nobody at this screen."""
    return vouched.shown_at >= asked.at - LEEWAY
