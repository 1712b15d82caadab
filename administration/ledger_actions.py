"""What an administrator may do with the ledger. Each is an entry itself."""

import datetime as dt
from collections.abc import Iterator

from accounts.access import require
from accounts.models import User
from accounts.roles import Permission
from audit import ledger
from audit.exporting import Order, start
from audit.reading import chains
from audit.verification import Report, verify


def verify_ledger(*, by: User, at: dt.datetime) -> Report:
    """Verify the actor's own chain, and enter when, by whom and with what result.

    It is read before the block is opened, so that writers need not wait. Entries made meanwhile are not verified.
    """
    require(by, Permission.SEE_LEDGER)
    report = verify(by.organisation_id)
    with ledger.recording(actor=by, at=at):
        ledger.append(
            "ledger.verified",
            organisation=by.organisation_id,
            details={
                "sound": report.sound,
                "entries": report.entries,
                "blanked": report.blanked,
                "broken_at": report.broken and report.broken.seq,
                "what": report.broken and report.broken.what,
                "missing_triggers": list(report.missing_triggers),
            },
        )
    return report


def export_ledger(*, kind: str, by: User) -> Iterator[bytes]:
    """The actor's own chain without values, as bytes to stream. The export is entered before it starts."""
    require(by, Permission.EXPORT_LEDGER)
    return start(Order(kind, tuple(chains(by.organisation_id)), values=False, actor=by))
