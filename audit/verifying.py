"""Verification as an action: the chain, the records it speaks of, and an entry with the result."""

import datetime as dt
from dataclasses import dataclass

from audit import ledger
from audit.ledger import SITE
from audit.models import Checkpoint
from audit.record_verification import Comparison, compare, organisations
from audit.verification import Report, verify

VERIFIED = "ledger.verified"


@dataclass(frozen=True, slots=True)
class Result:
    chain: Report
    records: Comparison

    @property
    def sound(self) -> bool:
        return self.chain.sound and self.records.first is None


def verify_and_enter(organisation: int, *, by: ledger.Actor, at: dt.datetime, processes: int = 1) -> Result:
    """Whoever calls this has asked whether `by` may.

    It is read before the block is opened, so that writers need not wait. Entries made meanwhile are not verified.
    """
    result = Result(verify(organisation, processes=processes), compare(organisation, processes=processes))
    with ledger.recording(actor=by, at=at):
        enter(organisation, result)
    return result


def everywhere() -> list[int]:
    """The site's own chain, and every organisation that has entries, checkpoints or rows."""
    signed = Checkpoint.objects.values_list("organisation", flat=True).distinct()
    return sorted({SITE, *signed, *organisations()})


def enter(organisation: int, result: Result) -> None:
    chain, records = result.chain, result.records
    ledger.append(
        VERIFIED,
        organisation=organisation,
        details={
            "sound": result.sound,
            "entries": chain.entries,
            "blanked": chain.blanked,
            "broken_at": chain.broken and chain.broken.seq,
            "what": chain.broken and chain.broken.what,
            "missing_triggers": list(chain.missing_triggers),
            "records": records.rows,
            "differs": records.first and records.first.in_words,
        },
    )
