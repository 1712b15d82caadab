"""How often a password or a one-time link was guessed, counted in the database, so that all workers count as one.

Not in a cache: one in memory counts for each worker alone, and one in a table drops the oldest counts when somebody
fills it with made-up addresses (ADR 0008). Of an address only a keyed hash is kept.
"""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import GuessCount

FIVE_MINUTES, MINUTE, DAY = 300, 60, 86_400
KEPT_FOR = timedelta(days=1)
_MAKE = "INSERT INTO accounts_guesscount (key, guessed_at, last_at) VALUES (%s, %s, %s) ON CONFLICT (key) DO NOTHING"


@dataclass(frozen=True)
class Limit:
    """So many in so many seconds, of one thing that is counted."""

    kind: str
    counted: str
    most: int
    seconds: int = FIVE_MINUTES

    @property
    def key(self) -> str:
        return salted_hmac("accounts.guesses", f"{self.kind}:{self.counted}", algorithm="sha256").hexdigest()


def of_account(email: str) -> Limit:
    return Limit("account", email.strip().lower(), 10)


def of_code(public_id: str) -> tuple[Limit, Limit]:
    """Whoever has somebody's password could guess codes all day: three of a million are right at any time."""
    return Limit("code", public_id, 10), Limit("code of a day", public_id, 50, DAY)


def of_link(public_id: str) -> Limit:
    return Limit("link", public_id, 10)


def of_address(address: str, kind: str = "address", *, seconds: int = FIVE_MINUTES) -> Limit:
    """A whole school may share one address behind its router, so it may try more often than one account is tried."""
    return Limit(kind, address, 60, seconds)


@dataclass(frozen=True)
class Guess:
    """One that was counted before anybody judged it."""

    at: float
    limits: tuple[Limit, ...]

    def give_back(self) -> None:
        """It was right, so it does not count. What was wrong before it still does."""
        with transaction.atomic():
            for row in _locked(self.limits):
                row.guessed_at = [at for at in row.guessed_at if at != self.at]
                row.save(update_fields=["guessed_at"])


def take(*limits: Limit) -> Guess | None:
    """Count one guess, or None if there were too many: then it must not be judged, and is not counted either.

    Whoever guesses at the same moment waits for this to be counted.
    """
    now = time.time()
    with transaction.atomic():
        rows = _locked(limits)
        for row, limit in zip(rows, _in_order(limits), strict=True):
            row.guessed_at = [at for at in row.guessed_at if at > now - limit.seconds]
            if len(row.guessed_at) >= limit.most:
                return None
        for row in rows:
            row.guessed_at = [*row.guessed_at, now]
            row.last_at = datetime.fromtimestamp(now, tz=UTC)
            row.save()
    return Guess(now, limits)


def forget_old(now: datetime) -> None:
    GuessCount.objects.filter(last_at__lt=now - KEPT_FOR).delete()


def _in_order(limits: tuple[Limit, ...]) -> list[Limit]:
    """So that two who count the same things never wait for each other, and each request asks in the same order."""
    return sorted(limits, key=lambda limit: (limit.kind, limit.key))


def _locked(limits: tuple[Limit, ...]) -> list[GuessCount]:
    """Each row is made first if it is not there: what is asked never tells whether somebody guessed before."""
    return [_lock(limit) for limit in _in_order(limits)]


def _lock(limit: Limit) -> GuessCount:
    with connection.cursor() as cursor:
        cursor.execute(_MAKE, [limit.key, "[]", timezone.now()])
    row: GuessCount = GuessCount.objects.select_for_update().get(key=limit.key)
    return row
