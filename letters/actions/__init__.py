"""Everything that changes letters, and who agreed to how they go. A letter that was made never changes."""

from letters.actions.agreement import agree_to_route, ask_to_agree, refuse_to_agree
from letters.actions.making import (
    make_decline_letter,
    make_letter,
    open_letter,
    open_referral,
    preview_letter,
)
from letters.actions.shared import (
    make_shared_letter,
    open_shared_letter,
    preview_shared_letter,
    read_what_was_shared,
)

__all__ = [
    "agree_to_route", "ask_to_agree", "make_decline_letter", "make_letter", "make_shared_letter",
    "open_letter", "open_referral", "open_shared_letter", "preview_letter", "preview_shared_letter",
    "read_what_was_shared", "refuse_to_agree",
]  # fmt: skip
