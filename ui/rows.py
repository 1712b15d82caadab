"""What the tags print: presenters make these, templates lay them out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Row:
    """A line of a summary list. `change_what` ends the link's words for those who cannot see the row."""

    key: str
    value: str | Sequence[str]
    change_url: str = ""
    change_what: str = ""

    @property
    def lines(self) -> Sequence[str]:
        return (self.value,) if isinstance(self.value, str) else self.value


@dataclass(frozen=True)
class Event:
    """A point of a timeline."""

    title: str
    when: date | datetime | str
    by: str = ""
    text: str = ""
    url: str = ""


@dataclass(frozen=True)
class Task:
    """A line of a task list. Without a colour the status is plain text, which is how a finished task looks."""

    title: str
    status: str
    url: str = ""
    hint: str = ""
    colour: str = ""
