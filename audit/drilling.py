"""The drill as an action: a checkpoint first, then every kind of tampering on a copy, then an entry with the result."""

import datetime as dt

from audit import ledger
from audit.checkpointing import make_checkpoint
from audit.drill import Drill, TooShort, drill, upto

DRILLED = "ledger.drilled"


def tamper_drill(organisation: int, *, by: ledger.Actor, at: dt.datetime, entries: int) -> Drill | None:
    """None of a chain that is too short. Whoever calls this has asked whether `by` may.

    The copy is made and tampered with outside the transaction of the entry, so that writers need not wait for it.
    """
    make_checkpoint(organisation, by=by, at=at)
    try:
        done = drill(organisation, upto(organisation, entries))
    except TooShort:
        return None
    with ledger.recording(actor=by, at=at):
        ledger.append(
            DRILLED,
            organisation=organisation,
            details={
                "found": done.found,
                "kinds": len(done.tried),
                "entries": done.entries,
                "false_alarm": bool(done.false_alarm),
                "missed": [attempt.kind.code for attempt in done.tried if not attempt.is_found],
            },
        )
    return done
