"""The decision log as a CSV file. Read in pages, each by short queries, so that nobody waits for a long one."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.utils import timezone

from audit.export import safe
from decisions.models import Decision
from decisions.presenters.labels import code_words
from decisions.presenters.log import lines
from reports.figures import Rows
from reports.newest import from_place, place_of, read
from reviews.models import ReviewOutcome
from rules.codes import Level
from ui.moments import moment

PAGE = 500
COLUMNS = (
    "Decision", "Decided", "Recorded", "Author", "Job", "Team", "Outcome", "Consent", "Lawful basis",
    "Level of concern", "Latest review", "File taken by", "File taken at",
)  # fmt: skip
# What people wrote on a decision, in the order of the form.
WORDS: Mapping[str, str] = {
    "facts": "What was seen, heard or told",
    "opinion": "Professional opinion",
    "child_words": "The child's words",
    "why_now": "Why now",
    "why_outweighs": "Why it outweighs what they said",
    "why_no_more": "Why no more is shared",
    "risk_if_shared": "Risk if shared",
    "risk_if_not": "Risk if not shared",
    "no_basis_reason": "Why there is no lawful basis",
    "instead": "What was done instead",
}
READ = (
    "public_id", "reference", "author", "author_name", "author_job", "team_name", "decided_at", "recorded_at",
    "outcome", "level", "standing_until",
)  # fmt: skip


class LogFile:
    """Chunks of bytes. `count` and `sha256` are final once all of them have been read."""

    def __init__(self, decisions: Rows, *, taken_by: str, taken_at: datetime, words: bool) -> None:
        self._decisions, self._words = decisions, tuple(WORDS) if words else ()
        self._day = timezone.localdate(taken_at)
        self._taken = (taken_by, moment(taken_at))
        self._digest = sha256()
        self.count = 0

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def __iter__(self) -> Iterator[bytes]:
        yield self._counted([[*COLUMNS, *(WORDS[name] for name in self._words)]])
        for page in pages(self._decisions, (*READ, *self._words)):
            self.count += len(page)
            yield self._counted(self._cells(page))

    def _cells(self, page: Sequence[Decision]) -> Iterator[list[str]]:
        for row, line in zip(page, lines(page, self._day), strict=True):
            yield [
                line.reference, moment(row.decided_at), moment(row.recorded_at), line.author, row.author_job,
                row.team_name, line.outcome, line.consent, line.legal_basis, code_words(Level, row.level),
                _review_words(line.review_outcome), *self._taken, *(getattr(row, name) for name in self._words),
            ]  # fmt: skip

    def _counted(self, rows: Any) -> bytes:
        text = io.StringIO()
        csv.writer(text).writerows([safe(cell) for cell in row] for row in rows)
        data = text.getvalue().encode()
        self._digest.update(data)
        return data


def pages(decisions: Rows, fields: Sequence[str]) -> Iterator[list[Decision]]:
    """Newest first, so many at a time. What is recorded meanwhile shifts nothing: each page begins after a decision."""
    rows, place = read(decisions, fields), None
    while page := list(from_place(rows, place)[:PAGE]):
        yield page
        place = place_of(page[-1])


def _review_words(outcome: str) -> str:
    return str(ReviewOutcome(outcome).label) if outcome else "To be reviewed"
