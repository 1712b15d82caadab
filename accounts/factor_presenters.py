"""What somebody signs in with, in words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid5

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from cryptography.fernet import InvalidToken

from accounts import passkeys

Type = Authenticator.Type


@dataclass(frozen=True)
class FactorLine:
    public_id: UUID
    kind: str
    name: str
    since: datetime
    used: datetime | None
    is_refused: bool = False


@dataclass
class FactorLines:
    """`codes_left` is None where there are no recovery codes."""

    factors: list[FactorLine] = field(default_factory=list)
    has_app: bool = False
    codes_left: int | None = None

    @property
    def usable(self) -> int:
        return sum(not line.is_refused for line in self.factors)


def public_id(row: Authenticator) -> UUID:
    """What an address calls it: allauth's rows have a number alone, which tells how many there are."""
    return uuid5(row.user.public_id, f"second factor {row.pk}")


def factor_lines(rows: Iterable[Authenticator]) -> FactorLines:
    lines = FactorLines()
    for row in rows:
        if row.type == Type.RECOVERY_CODES:
            lines.codes_left = _left(row)
            continue
        lines.has_app = lines.has_app or row.type == Type.TOTP
        kind, name = ("Authenticator app", "") if row.type == Type.TOTP else ("Passkey", row.data["name"])
        line = FactorLine(public_id(row), kind, name, row.created_at, row.last_used_at, not passkeys.can_be_used(row))
        lines.factors.append(line)
    return lines


def _left(row: Authenticator) -> int:
    try:
        return len(RecoveryCodes(row).get_unused_codes())
    except InvalidToken:
        return 0
