"""Whether a letter may leave now. Asked before any letter is made, shown or sent as a file."""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.models import User
from decisions.models import Decision, DecisionPerson


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """A letter about to leave: to whom, and in which form. Without a person it goes to whoever asked."""

    decision: Decision
    person: DecisionPerson | None
    version: str
    format: str
    by: User


class MayNotLeave(Exception):
    """A gate refused; its message says why, in words for the author of the letter."""


# Each answers with the reason why it must not leave, or with nothing.
Gate = Callable[[Leaving], str]
gates: list[Gate] = []


def why_it_may_not_leave(leaving: Leaving) -> str:
    return next((reason for gate in gates if (reason := gate(leaving))), "")
