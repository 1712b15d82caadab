"""What the entries about rows say of them: whether a row is there, and every value that it has."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from auditlog.models import AbstractLogEntry
from django.db import connection

from audit import leaves
from audit.ledger_triggers import DISPOSED
from audit.models import LedgerEntry

CREATE, UPDATE, DELETE = (getattr(AbstractLogEntry.Action, name) for name in ("CREATE", "UPDATE", "DELETE"))
TABLE = LedgerEntry._meta.db_table
IS_BLANKED = f"substr(nonces, {leaves.NONCE + 1}, {leaves.NONCE}) = '{leaves.BLANKED}'"
# Entries that say a row was read have no changes, and are most.
ABOUT = (
    f"SELECT object_pk, action, event, object_repr, CAST(changes AS TEXT), {IS_BLANKED} FROM {TABLE} "  # noqa: S608 - our own names
    "WHERE organisation = %s AND subject = %s AND object_pk IN (%s) "
    f"AND (action <> {int(AbstractLogEntry.Action.ACCESS)} OR changes <> '{{}}' OR event = '{DISPOSED}') ORDER BY seq"
)


class Entry(NamedTuple):
    key: str
    action: int
    event: str
    reference: str
    changes: str
    is_blanked: bool


@dataclass(slots=True)
class History:
    """The values of one row as its ledger entries have them.

    `is_whole`: every value is entered, which a draft's are not. `is_blanked`: disposal removed its values.
    """

    is_there: bool = False
    is_whole: bool = False
    is_blanked: bool = False
    is_skeleton: bool = False
    reference: str = ""
    values: dict[str, Any] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        changes = {} if entry.is_blanked else _entered(json.loads(entry.changes))
        if entry.event == DISPOSED:
            self._disposed(changes)
        elif entry.action == DELETE:
            self.is_there = self.is_whole = False
            self.values = {}
        elif entry.action == UPDATE:
            self.values |= changes
        elif entry.action == CREATE or changes:
            # As it is created, or with all its values when it is recorded.
            self.is_there = True
            self.values, self.is_whole = changes, bool(changes)
        self.is_blanked |= entry.is_blanked
        self.reference = entry.reference

    def _disposed(self, skeleton: dict[str, Any]) -> None:
        """The tombstone enters again what stays of the row, if anything does."""
        self.is_blanked, self.is_skeleton = not skeleton, bool(skeleton)
        self.values, self.is_whole = skeleton, bool(skeleton)

    @property
    def expected(self) -> dict[str, Any]:
        return {name: value for name, value in self.values.items() if value is not None}


def histories(organisation: int, subject: str, keys: Sequence[int]) -> dict[int, History]:
    found: dict[int, History] = defaultdict(History)
    for entry in _about(organisation, subject, keys):
        found[int(entry.key)].add(entry)
    return found


def _about(organisation: int, subject: str, keys: Sequence[int]) -> Iterable[Entry]:
    marks = ", ".join(["%s"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(ABOUT.replace("(%s)", f"({marks})"), [organisation, subject, *map(str, keys)])
        return [Entry(*row) for row in cursor.fetchall()]


def _entered(changes: dict[str, Any]) -> dict[str, Any]:
    """The later value of each field. A draft's are withheld: neither the earlier nor the later is there."""
    return {name: pair[1] for name, pair in changes.items() if pair[0] is not None or pair[1] is not None}
