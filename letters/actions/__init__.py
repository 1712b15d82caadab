"""Everything that changes letters, and who agreed to how they go. A letter that was made never changes."""

from letters.actions.agreement import agree_to_route, ask_to_agree, refuse_to_agree
from letters.actions.making import (
    NOT_SAFE,
    make_decline_letter,
    make_letter,
    open_letter,
    open_referral,
    preview_letter,
)

__all__ = [
    "NOT_SAFE", "agree_to_route", "ask_to_agree", "make_decline_letter", "make_letter",
    "open_letter", "open_referral", "preview_letter", "refuse_to_agree",
]  # fmt: skip
