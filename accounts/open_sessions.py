"""Where somebody is signed in now: Django keeps sessions without saying whose, so each that is open is looked into."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils.crypto import constant_time_compare

from accounts.idle import SEEN, SIGNED_IN, seconds_left
from accounts.models import User


@dataclass(frozen=True)
class OpenSession:
    """`handle` names it on a page; the key itself would let whoever reads it in."""

    handle: str
    since: datetime
    used: datetime
    is_this: bool


def keys_of(user: User, *, at: datetime) -> list[str]:
    return [row.session_key for row, _ in _rows(user, at)]


def handle_of(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:24]


def open_sessions(user: User, *, this: str, at: datetime) -> list[OpenSession]:
    """Their own, the one they ask from first, then as they were used last."""
    sessions = [
        OpenSession(
            handle_of(row.session_key), _time(held, SIGNED_IN, at), _time(held, SEEN, at), row.session_key == this
        )
        for row, held in _rows(user, at)
    ]
    return sorted(sessions, key=lambda session: (session.is_this, session.used), reverse=True)


def _rows(user: User, at: datetime) -> Iterator[tuple[Session, Any]]:
    """Those that would be let in: not left idle, not of a password of before."""
    own = user.get_session_auth_hash()
    for row in Session.objects.filter(expire_date__gt=at):
        held: Any = row.get_decoded()
        if held.get(SESSION_KEY) != str(user.pk) or seconds_left(held, at) == 0:
            continue
        if constant_time_compare(held.get(HASH_SESSION_KEY, ""), own):
            yield row, held


def _time(held: dict[str, Any], name: str, at: datetime) -> datetime:
    return datetime.fromtimestamp(held.get(name, at.timestamp()), tz=UTC)
