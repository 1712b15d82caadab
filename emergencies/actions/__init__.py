"""Everything that opens a record in an emergency, reads it, closes it and checks it: where its rows are made."""

from emergencies.actions.checking import check_opening
from emergencies.actions.opening import close_opening, open_in_emergency
from emergencies.actions.reading import (
    list_openings,
    read_contacts,
    read_decision,
    read_disclosure,
    read_family,
    read_urgent,
    see_opening,
)

__all__ = [
    "check_opening", "close_opening", "list_openings", "open_in_emergency", "read_contacts", "read_decision",
    "read_disclosure", "read_family", "read_urgent", "see_opening",
]  # fmt: skip
