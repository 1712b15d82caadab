"""The decision log as a CSV file, team by team. Read in pages, each by short queries: nobody waits for a long one."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from audit.csv_cells import safe
from audit.parts import read_parts
from decisions.models import Decision
from decisions.presenters.authors import author_names
from decisions.presenters.labels import code_words
from decisions.presenters.log import consent_words, legal_basis_words, review_outcome
from decisions.presenters.outcome import outcome_words
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

    def __init__(self, teams: Sequence[Rows], *, taken_by: str, taken_at: datetime, words: bool) -> None:
        """`teams` are the decisions of each."""
        self._teams, self._words = teams, tuple(WORDS) if words else ()
        self._taken = (taken_by, moment(taken_at))
        self._digest = sha256()
        self.count = 0

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def __iter__(self) -> Iterator[bytes]:
        yield self._counted([[*COLUMNS, *(WORDS[name] for name in self._words)]])
        for decisions in self._teams:
            for page in pages(decisions, (*READ, *self._words)):
                self.count += len(page)
                yield self._counted(self._cells(page))

    def _cells(self, page: Sequence[Decision]) -> Iterator[list[str]]:
        read_parts(page, ("people", "provisions", "reviews__reply"))
        authors = author_names(page)
        for row in page:
            consent = consent_words(person.consent_state for person in row.people.all())
            yield [
                row.reference, moment(row.decided_at), moment(row.recorded_at), authors[row.pk], row.author_job,
                row.team_name, outcome_words(row), consent, legal_basis_words(row), code_words(Level, row.level),
                _review_words(review_outcome(row)), *self._taken, *(getattr(row, name) for name in self._words),
            ]  # fmt: skip

    def _counted(self, rows: Any) -> bytes:
        text = io.StringIO()
        csv.writer(text).writerows([safe(cell) for cell in row] for row in rows)
        data = text.getvalue().encode()
        self._digest.update(data)
        return data


def pages(decisions: Rows, fields: Sequence[str]) -> Iterator[list[Decision]]:
    """Newest first, so many at a time, by the index of one team.

    What is recorded meanwhile shifts nothing: each page begins after a decision.
    """
    rows, place, page = read(decisions, fields), None, list[Decision]()
    while len(page) in {0, PAGE} and (page := list(from_place(rows, place)[:PAGE])):
        yield page
        place = place_of(page[-1])


def _review_words(outcome: str) -> str:
    return str(ReviewOutcome(outcome).label) if outcome else "To be reviewed"
