"""How far a decision to share has been carried out. Titles, lists, copies and tasks all ask here, and nowhere else."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Sendings:
    """The recipients who are given something: whom it was sent to, whom it will not be sent to, and who still waits.

    A sending counts whatever was said before: a reason not to send it ends when it is sent after all.
    """

    sent: frozenset[int]
    not_to_be_sent: frozenset[int]
    open: frozenset[int]

    @property
    def count(self) -> int:
        return len(self.sent) + len(self.not_to_be_sent) + len(self.open)

    @property
    def all_sent(self) -> bool:
        return bool(self.sent) and len(self.sent) == self.count

    @property
    def words(self) -> str:
        """What is to be read instead of "Shared" until everybody has been sent it."""
        never = len(self.not_to_be_sent)
        if self.count and never == self.count:
            return "Decided to share – will not be sent"
        if not self.sent:
            stopped = f", will not be sent to {never} of {self.count}" if never else ""
            return f"Decided to share – not yet sent{stopped}"
        stopped = f", will not be sent to {never}" if never else ""
        return f"Decided to share – sent to {len(self.sent)} of {self.count}{stopped}"


def sendings(given: Collection[int], sent: Collection[int], not_to_be_sent: Collection[int]) -> Sendings:
    """From keys of recipients: who is given something, who has a sending, and who has a reason why not.

    Somebody it was sent to counts as given something, whatever was ticked.
    """
    done = frozenset(sent)
    waiting = frozenset(given) - done
    never = waiting & frozenset(not_to_be_sent)
    return Sendings(sent=done, not_to_be_sent=never, open=waiting - never)
