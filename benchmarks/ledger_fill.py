"""A long chain of one organisation: every column as an action would have written it, by COPY."""

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator
from typing import Any

from django.db import connection

from audit import chain, leaves
from audit.models import LedgerEntry

ORGANISATION = 41
START = dt.datetime(2026, 1, 5, 9, 0, tzinfo=dt.UTC)
AT_ONCE = 20_000
MADE, CHANGED, WITH_DETAILS = 1, 4, 7
WORDS = ("The school nurse saw two bruises. ", "He was not at home. ", "Mother said: “Fine.” ", 'She wrote "no". ')
COLUMNS = [field.column for field in LedgerEntry._meta.concrete_fields if not field.primary_key]
JSON = ("changes", "additional_data")


def fill(entries: int) -> None:
    head = leaves.GENESIS
    for start in range(0, entries, AT_ONCE):
        text = io.StringIO()
        writer = csv.writer(text)
        for seq in range(start + 1, min(start + AT_ONCE, entries) + 1):
            entry = _sealed(seq, head)
            head = entry.entry_hash
            writer.writerow(_cells(entry))
        text.seek(0)
        with connection.cursor() as cursor:
            raw: Any = cursor.cursor
            raw.copy_expert(f"COPY audit_ledgerentry ({', '.join(COLUMNS)}) FROM STDIN CSV NULL '~'", text)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE audit_ledgerentry")


def _sealed(seq: int, head: str) -> LedgerEntry:
    at = START + dt.timedelta(seconds=17 * seq, microseconds=seq % 1000)
    entry = LedgerEntry(
        organisation=ORGANISATION, seq=seq, recorded_at=at, timestamp=at, prev_hash=head,
        actor_id=seq % 40 + 1, actor_email=f"person{seq % 40}@north.test", cid=f"{seq:032x}", remote_addr="192.0.2.7",
        content_type_id=12, subject="decisions.decision", object_pk=str(seq // 9), object_id=seq // 9,
        object_repr=f"D-2026-{seq // 9}", **_of_kind(seq),
    )  # fmt: skip
    chain.seal(entry)
    return entry


def _of_kind(seq: int) -> dict[str, Any]:
    """Of nine entries about a record: one was made, three were changes, five were reads."""
    kind = seq % 9
    if kind < MADE:
        fields: dict[str, Any] = {f"field_{number}": [None, word * 2] for number, word in enumerate(WORDS)}
        fields |= {"team": [None, str(seq)], "shared": [None, "True"], "status": [None, "draft"], "number": [None, "7"]}
        return {"event": "created", "action": 0, "changes": fields, "additional_data": {}}
    if kind < CHANGED:
        changes = {"status": ["draft", "recorded"], "reason": [WORDS[kind], WORDS[seq % 4]]}
        return {"event": "changed", "action": 1, "changes": changes, "additional_data": {}}
    details = {"page": "decision", "team": seq % 20, "own": True} if kind < WITH_DETAILS else {}
    return {"event": "decision.opened", "action": 3, "changes": {}, "additional_data": details}


def _cells(entry: LedgerEntry) -> Iterator[Any]:
    for column in COLUMNS:
        value = getattr(entry, column)
        yield "~" if value is None else json.dumps(value) if column in JSON else value
