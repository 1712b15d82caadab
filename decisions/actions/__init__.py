"""Everything that changes a recorded decision. Each action asks for permission again, locks the row and writes entries."""

from decisions.actions.access import (
    open_decision,
    open_draft,
    open_law,
    open_urgent,
    print_decision,
    summarise_decision,
)
from decisions.actions.additions import (
    add_addition,
    add_consent,
    add_receipt,
    add_response,
    add_sending,
    add_telling,
)
from decisions.actions.law_notices import add_local_row, confirm_commencement, retire_row, take_back

__all__ = [
    "add_addition",
    "add_consent",
    "add_local_row",
    "add_receipt",
    "add_response",
    "add_sending",
    "add_telling",
    "confirm_commencement",
    "open_decision",
    "open_draft",
    "open_law",
    "open_urgent",
    "print_decision",
    "retire_row",
    "summarise_decision",
    "take_back",
]
