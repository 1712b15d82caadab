"""What the rest of the project needs to write the ledger."""

from collections.abc import Mapping
from typing import Any

from auditlog.models import AbstractLogEntry
from django.db.models import Model

from audit.models import LedgerEntry
from audit.recording import Actor, NoRecording, Request, current_request, recording, within

# The chain of what belongs to no organisation: sign-ins by unknown people, seeding, changes to the law tables.
SITE = 0

__all__ = ["SITE", "Actor", "NoRecording", "Request", "append", "current_request", "recording", "within"]


def append(
    event: str,
    *,
    organisation: int,
    obj: Model | None = None,
    details: Mapping[str, Any] | None = None,
    changes: Mapping[str, Any] | None = None,
) -> None:
    """An event of our own, beside the entries that saving makes by itself.

    `event` is dotted: what it is about, then what happened. Each item of
    `details` and each pair of `changes` can be withheld or disposed of alone.
    """
    entry = LedgerEntry(event=event, organisation=organisation, action=AbstractLogEntry.Action.ACCESS)
    if obj is not None:
        entry.take(obj, changes or {})
    else:
        entry.changes = dict(changes or {})
    entry.additional_data = dict(details or {})
    entry.save()
