"""One thing that is due."""

from dataclasses import dataclass
from datetime import date

# The page shows the most urgent of each kind.
MOST = 20


@dataclass(frozen=True)
class Task:
    """Something to do by a date, or now if it has none.

    Its words contain no name and no case text: reminders are made from them. `who` is for the page alone.
    """

    what: str
    reference: str
    address: str
    due: date | None
    overdue: bool = False
    # The decision it is about, by key. An urgent record says itself whom it is about.
    decision: int | None = None
    who: str = ""
    # Said instead of a day, with the colour of the tag. No part of what a reminder was about: it changes by the hour.
    tag: tuple[str, str] | None = None

    # About the law and not about anybody, so that showing it is not to show a record.
    of_a_record: bool = True

    @property
    def words(self) -> str:
        return f"{self.what}: {self.reference}"
