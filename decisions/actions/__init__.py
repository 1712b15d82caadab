"""Everything that changes a decision. Each action asks for permission again, locks the decision and leaves entries."""

from decisions.actions.after import (
    add_addition,
    add_consent,
    add_receipt,
    add_response,
    add_sending,
    add_telling,
)
from decisions.actions.again import start_again
from decisions.actions.drafts import (
    Stale,
    autosave,
    discard,
    is_stale,
    keep_typed,
    save_page,
    start,
    start_with_new_family,
)
from decisions.actions.law import add_local_row, confirm_commencement, retire_row, take_back
from decisions.actions.preparing import prepared
from decisions.actions.reading import open_decision, open_draft, open_law, print_decision, summarise_decision
from decisions.actions.recording import NotReady, SaidAlready, record
from decisions.actions.urgent import complete, open_urgent, record_urgent

__all__ = [
    "NotReady",
    "SaidAlready",
    "Stale",
    "add_addition",
    "add_consent",
    "add_local_row",
    "add_receipt",
    "add_response",
    "add_sending",
    "add_telling",
    "autosave",
    "complete",
    "confirm_commencement",
    "discard",
    "is_stale",
    "keep_typed",
    "open_decision",
    "open_draft",
    "open_law",
    "open_urgent",
    "prepared",
    "print_decision",
    "record",
    "record_urgent",
    "retire_row",
    "save_page",
    "start",
    "start_again",
    "start_with_new_family",
    "summarise_decision",
    "take_back",
]
