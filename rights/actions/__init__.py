"""Everything that changes a request, or shows what it is about: the only place where its rows are made."""

from rights.actions.family_copies import make_copy, open_copy
from rights.actions.items import decide_item, give_items, open_record
from rights.actions.named_records import leave_out, name_records, open_named
from rights.actions.requests import add_event, find_person, open_request, pass_on_request, see_request

__all__ = [
    "add_event",
    "decide_item",
    "find_person",
    "give_items",
    "leave_out",
    "make_copy",
    "name_records",
    "open_copy",
    "open_named",
    "open_record",
    "open_request",
    "pass_on_request",
    "see_request",
]
