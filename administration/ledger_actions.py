"""What an administrator may do with the ledger. Each is an entry itself."""

import datetime as dt
from collections.abc import Iterator

from accounts.access import require
from accounts.models import User
from accounts.roles import Permission
from audit.exporting import Order, start
from audit.reading import chains
from audit.verifying import Result, verify_and_enter


def verify_ledger(*, by: User, at: dt.datetime) -> Result:
    """Verify the actor's own chain and records, and enter when, by whom and with what result."""
    require(by, Permission.SEE_LEDGER)
    return verify_and_enter(by.organisation_id, by=by, at=at)


def export_ledger(*, kind: str, by: User) -> Iterator[bytes]:
    """The actor's own chain without values, as bytes to stream. The export is entered before it starts."""
    require(by, Permission.EXPORT_LEDGER)
    return start(Order(kind, tuple(chains(by.organisation_id)), values=False, actor=by))
