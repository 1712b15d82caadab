"""Everything that changes a draft, up to the moment it is recorded. Each action locks the draft and writes entries."""

from drafting.actions.drafts import (
    Stale,
    autosave,
    discard,
    is_stale,
    keep_typed,
    save_page,
    start,
    start_with_new_family,
)
from drafting.actions.hand_over import hand_over
from drafting.actions.prepare import prepared
from drafting.actions.record import NotReady, SaidAlready, record
from drafting.actions.supersede import start_again
from drafting.actions.urgent import complete, record_urgent

__all__ = [
    "NotReady",
    "SaidAlready",
    "Stale",
    "autosave",
    "complete",
    "discard",
    "hand_over",
    "is_stale",
    "keep_typed",
    "prepared",
    "record",
    "record_urgent",
    "save_page",
    "start",
    "start_again",
    "start_with_new_family",
]
