"""Everything that changes a decision. Each action asks for permission again, locks the decision and leaves entries."""

from decisions.actions.after import add_sending, add_telling
from decisions.actions.drafts import Stale, autosave, discard, keep_typed, save_page, start
from decisions.actions.preparing import prepared
from decisions.actions.reading import open_decision, open_draft
from decisions.actions.recording import NotReady, record

__all__ = [
    "NotReady",
    "Stale",
    "add_sending",
    "add_telling",
    "autosave",
    "discard",
    "keep_typed",
    "open_decision",
    "open_draft",
    "prepared",
    "record",
    "save_page",
    "start",
]
