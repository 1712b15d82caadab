"""What other apps need to write the ledger."""

from collections.abc import Iterable, Mapping
from typing import Any

from auditlog.models import AbstractLogEntry
from django.db.models import Model

from audit.models import LedgerEntry
from audit.recording import Actor, NoRecording, Request, current_request, recording, within

# The chain for events of no organisation: sign-ins by unknown users, seeding, changes to the law tables.
SITE = 0

# What the subject of an entry says where no one record was read, but a list of them.
LIST = "list"

__all__ = [
    "LIST",
    "SITE",
    "Actor",
    "NoRecording",
    "Request",
    "append",
    "append_list",
    "current_request",
    "recording",
    "within",
]


def append(
    event: str,
    *,
    organisation: int,
    obj: Model | None = None,
    details: Mapping[str, Any] | None = None,
    changes: Mapping[str, Any] | None = None,
) -> None:
    """Add an event of our own, beside the entries that saving makes. `event` is dotted: subject, then what happened.

    Each item of `details` and each pair of `changes` can be left out of an export or disposed of on its own.
    """
    entry = LedgerEntry(event=event, organisation=organisation, action=AbstractLogEntry.Action.ACCESS)
    if obj is not None:
        entry.take(obj, changes or {})
    else:
        entry.changes = dict(changes or {})
    entry.additional_data = dict(details or {})
    entry.save()


def append_list(event: str, *, organisation: int, shown: Mapping[str, Iterable[Any]], **asked: Any) -> None:
    """Add that a list was shown: `shown` has the references or keys of its rows by kind, `asked` what was asked for.

    Neither holds a name, a word that was typed, or case text. One entry for the list, however many rows it has.
    """
    rows = {kind: ", ".join(map(str, keys)) for kind, keys in shown.items()}
    entry = LedgerEntry(event=event, organisation=organisation, action=AbstractLogEntry.Action.ACCESS, subject=LIST)
    entry.additional_data = {**asked, **rows}
    entry.save()
