"""One record is disposed of, in one transaction with its tombstone: its rows go, and its ledger entries are blanked.

Nothing here asks whether it may: actions do, and the database's triggers (retention/triggers.py).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from accounts.models import AutosavedText, User
from audit import recording, traces
from audit.closed_rows import entered_values
from audit.disposal import append_tombstone, blank_row, deleted_rows, entries_about, plain, remove_rows
from audit.models import AuditedModel, LedgerEntry
from audit.serialising import moment
from decisions.database.disposal import SKELETON, blanks
from decisions.models import Decision
from families.models import KnownRisk, Person
from retention import tombstone_file
from retention.belongings import Record
from retention.models import Disposal, Tombstone


@dataclass(frozen=True)
class Authority:
    """The retention rule and the person a disposal rests on; `disposal` is None where a backup is disposed of again."""

    rule: str
    at: datetime
    disposal: Disposal | None = None
    by: User | None = None

    @property
    def name(self) -> str:
        return self.by.name_on_record if self.by else "The file of tombstones"


def dispose(record: Record, authority: Authority) -> LedgerEntry:
    """All that is left is a tombstone, the envelopes of ledger entries and, of a decision, its skeleton."""
    traces.overwrite()
    all_records = [record, *record.with_it()]
    going = [(each, list(each.rows())) for each in all_records]
    entry = _enter(record, authority, [rows for _, rows in going], len(all_records) - 1)
    for each in all_records:
        _tombstone(each, authority).save()
    if isinstance(record.row, Decision):
        blank_row(record.row, {**blanks(), "state": Decision.State.DISPOSED})
    for _, rows in going:
        for model, keys in rows:
            remove_rows(model, keys)
    for each in all_records:
        plain(AutosavedText).filter(path__contains=str(_public_id(each))).delete()
    recording.after_linking(lambda: _keep_outside(record, authority, entry))
    transaction.on_commit(traces.wipe, robust=True)
    return entry


def _enter(
    record: Record, authority: Authority, going: Iterable[list[tuple[type[Model], list[int]]]], more: int
) -> LedgerEntry:
    keys: dict[type[Model], list[Any]] = defaultdict(list)
    keys[type(record.row)].append(record.row.pk)
    for rows in going:
        for model, some in rows:
            keys[model] += some
    organisation: int = record.row.organisation_id  # type: ignore[attr-defined]  # every record has one
    gone_before = deleted_rows(organisation, KnownRisk, "person", keys[Person]) if keys[Person] else []
    audited: dict[type[Model], list[Any]] = {
        model: some for model, some in keys.items() if issubclass(model, AuditedModel)
    }
    audited[KnownRisk] = [*audited.get(KnownRisk, []), *gone_before]
    details = {
        "kind": record.kind,
        "rule": authority.rule,
        "disposal": authority.disposal.reference if authority.disposal else "done again to a backup",
        "reason": authority.disposal.reason if authority.disposal else "",
        "rows": sum(map(len, keys.values())),
        "more_records": more,
    }
    return append_tombstone(
        organisation=organisation, obj=record.row, entries=entries_about(organisation, audited), details=details,
        stays=entered_values(record.row, SKELETON - {"state"}) if isinstance(record.row, Decision) else {},
    )  # fmt: skip


def _tombstone(record: Record, authority: Authority) -> Tombstone:
    row: Any = record.row
    return Tombstone(
        organisation_id=row.organisation_id, kind=record.kind, row=row.pk, record=_public_id(record),
        reference=reference_of(row), decision=row if isinstance(row, Decision) else None, rule=authority.rule,
        disposal=authority.disposal, again=authority.disposal is None, disposed_at=authority.at,
        disposed_by=authority.by, disposed_by_name=authority.name,
    )  # fmt: skip


def reference_of(row: Model) -> str:
    return str(getattr(row, "reference", ""))


def _public_id(record: Record) -> Any:
    return record.row.public_id  # type: ignore[attr-defined]  # every record has one


def _keep_outside(record: Record, authority: Authority, entry: LedgerEntry) -> None:
    """Before the transaction ends: a line too many does no harm, and one too few would bring the record back."""
    if entry.seq is None or authority.disposal is None:
        return
    tombstone_file.append([
        tombstone_file.Line(
            kind=record.kind, record=str(_public_id(record)), reference=reference_of(record.row), rule=authority.rule,
            disposed_at=moment(authority.at), chain=entry.organisation, seq=entry.seq, entry_hash=entry.entry_hash,
        )
    ])  # fmt: skip
