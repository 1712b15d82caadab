"""Rows of the audit log's page, in words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import User
from administration.ledger_queries import LatestEntries, latest_checkpoint, latest_drill, latest_verification
from audit.models import Checkpoint, LedgerEntry
from ui.moments import moment
from ui.rows import Row

# As families.references makes them.
REFERENCE = re.compile(r"[A-Z]-[0-9A-Z]{6}\b", re.ASCII)
NOBODY = "The system, or someone not signed in"


@dataclass(frozen=True)
class EntryRow:
    seq: int
    when: str
    what: str
    record: str
    who: str
    mark: str


@dataclass(frozen=True)
class EntryGroup:
    """Entries that follow each other, of one record and one person: recording a decision makes dozens."""

    record: str
    rows: list[EntryRow]

    @property
    def is_folded(self) -> bool:
        return len(self.rows) > 1

    @property
    def words(self) -> str:
        newest, oldest = self.rows[0], self.rows[-1]
        return f"Entries {oldest.seq} to {newest.seq}: {self.record}, by {newest.who}, {newest.when}"


def in_groups(rows: Iterable[EntryRow]) -> list[EntryGroup]:
    """In their order. A record is known by its reference, which the names of its parts begin with."""
    groups: list[EntryGroup] = []
    for row in rows:
        reference = REFERENCE.match(row.record)
        record = reference[0] if reference else ""
        last = groups[-1] if groups else None
        if last and record and (last.record, last.rows[0].who) == (record, row.who):
            last.rows.append(row)
        else:
            groups.append(EntryGroup(record, [row]))
    return groups


def entry_row(entry: LedgerEntry) -> EntryRow:
    return EntryRow(
        seq=entry.seq,
        when=_when(entry),
        what=in_words(entry.event),
        record=entry.object_repr,
        who=entry.actor_email or NOBODY,
        mark=entry.entry_hash[:16],
    )


def in_words(event: str) -> str:
    """`account.signed_in` as "Account: signed in". Users know the ledger as the audit log."""
    words = event.replace(".", ": ").replace("_", " ")
    return (words[:1].upper() + words[1:]).replace("Ledger: ", "Audit log: ")


@dataclass(frozen=True)
class LastChecks:
    """When the audit log was last verified, signed and tried."""

    verification: LedgerEntry | None
    checkpoint: Checkpoint | None
    drill: LedgerEntry | None

    @property
    def rows(self) -> list[Row]:
        return [
            Row("Last verified", verified(self.verification)),
            Row("Last checkpoint", signed(self.checkpoint)),
            Row("Last drill", drilled(self.drill)),
        ]


def last_checks(user: User) -> LastChecks:
    return LastChecks(latest_verification(user), latest_checkpoint(user), latest_drill(user))


def figures(entries: LatestEntries, checks: LastChecks) -> list[Row]:
    first, newest = entries.first(), entries[:1]
    rows = [Row("Entries", f"{entries.last:,}")]
    if first:
        rows.append(Row("First entry", _when(first)))
    rows += [Row("Latest entry", _when(entry)) for entry in newest]
    return [*rows, *checks.rows]


def verified(entry: LedgerEntry | None) -> list[str]:
    """When it was verified, by whom, and the result."""
    if entry is None:
        return ["Not yet. Verify it now to know that nothing has been changed."]
    found = entry.additional_data
    return [f"{_when(entry)} by {entry.actor_email or NOBODY}", finding(found), *compared(found)]


def signed(checkpoint: Checkpoint | None) -> list[str]:
    """How much of the log it holds: what comes after it is not held by it."""
    if checkpoint is None:
        return ["Not yet. Ask whoever runs this site for checkpoints, and to keep them elsewhere."]
    return [moment(checkpoint.made_at), f"{checkpoint.size:,} entries signed"]


def drilled(entry: LedgerEntry | None) -> list[str]:
    """A drill tampers with a copy, to see that it is found."""
    if entry is None:
        return ["Not yet. Ask whoever runs this site for a tampering drill."]
    found = entry.additional_data
    result = f"{found['found']}/{found['kinds']} kinds of tampering found"
    if found["false_alarm"] or found["missed"]:
        result += ". Tell whoever runs this site: something that should be found is not."
    return [_when(entry), result]


def finding(found: dict[str, object]) -> str:
    if found["broken_at"] is not None:
        return f"Changed at entry {found['broken_at']}: {found['what']}. Tell whoever runs this site, and keep a copy."
    if found["missing_triggers"]:
        return "Every entry is as it was written, but the database no longer refuses changes. Tell whoever runs it."
    return f"{found['entries']:,} entries checked: every one is as it was written."


def compared(found: dict[str, object]) -> list[str]:
    """Each record is compared with what its entries say. Older results have nothing of it."""
    if "records" not in found:
        return []
    if found["differs"]:
        return [f"A record differs. {found['differs']}. Tell whoever runs this site, and keep a copy."]
    return [f"{found['records']:,} records compared: every one is as the audit log says."]


def _when(entry: LedgerEntry) -> str:
    return moment(entry.timestamp)
