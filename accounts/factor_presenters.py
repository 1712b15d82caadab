"""What somebody signs in with, in words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from cryptography.fernet import InvalidToken

Type = Authenticator.Type


@dataclass(frozen=True)
class FactorLine:
    key: int
    kind: str
    name: str
    since: datetime
    used: datetime | None


@dataclass
class FactorLines:
    """`codes_left` is None where there are no recovery codes."""

    factors: list[FactorLine] = field(default_factory=list)
    has_app: bool = False
    codes_left: int | None = None


def factor_lines(rows: Iterable[Authenticator]) -> FactorLines:
    lines = FactorLines()
    for row in rows:
        if row.type == Type.RECOVERY_CODES:
            lines.codes_left = _left(row)
            continue
        lines.has_app = lines.has_app or row.type == Type.TOTP
        kind, name = ("Authenticator app", "") if row.type == Type.TOTP else ("Passkey", row.data["name"])
        lines.factors.append(FactorLine(row.pk, kind, name, row.created_at, row.last_used_at))
    return lines


def _left(row: Authenticator) -> int:
    try:
        return len(RecoveryCodes(row).get_unused_codes())
    except InvalidToken:
        return 0
