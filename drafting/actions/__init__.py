"""Everything that changes a draft, up to the moment it is recorded. Each action locks the draft and writes entries."""

from drafting.actions.drafts import (
    Stale,
    autosave,
    discard,
    is_stale,
    judge_again,
    save_form_data,
    save_page,
    start,
    start_with_new_family,
)
from drafting.actions.hand_over import hand_over
from drafting.actions.prepare import prepared
from drafting.actions.record import AlreadyRecorded, NotReady, record
from drafting.actions.staff_concern import start_staff_concern
from drafting.actions.supersede import supersede
from drafting.actions.urgent import complete, record_urgent

__all__ = [
    "AlreadyRecorded",
    "NotReady",
    "Stale",
    "autosave",
    "complete",
    "discard",
    "hand_over",
    "is_stale",
    "judge_again",
    "prepared",
    "record",
    "record_urgent",
    "save_form_data",
    "save_page",
    "start",
    "start_staff_concern",
    "start_with_new_family",
    "supersede",
]
