"""A record that a request names, whole: in the order of the printed record, with what is left out of its print."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby

from decisions.models import Decision
from decisions.presenters.record import Section, sections
from rights.entries import Entry, emergencies_in, incidents_in, letters_in, reviews_in
from rights.models import ItemDecision, RightsRequest
from rules.rights.suggest import ItemChoice
from ui.labels import numbered

AFTER = "Letters, reviews, incidents and emergencies"


@dataclass(frozen=True)
class Line:
    """One row of the record. `left_out`: the decision that leaves it out of the print, if one does."""

    section: str
    title: str
    texts: tuple[str, ...]
    left_out: ItemDecision | None = None

    @property
    def key(self) -> str:
        """Made of what it says: what is added to the record later is a line that nobody has left out."""
        return sha256("\x1f".join((self.section, self.title, *self.texts)).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class WholeRecord:
    """`changed`: what leaves out a line that is on the record no longer as it was, in its words or its heading."""

    decision: Decision
    lines: tuple[Line, ...]
    changed: tuple[ItemDecision, ...] = ()

    @property
    def by_section(self) -> list[tuple[str, list[tuple[int, Line]]]]:
        """Each line with its place in the record."""
        placed = groupby(enumerate(self.lines), lambda each: each[1].section)
        return [(title, list(found)) for title, found in placed]

    @property
    def left_out(self) -> list[Line]:
        return [line for line in self.lines if line.left_out]


def whole_record(decision: Decision, request: RightsRequest) -> WholeRecord:
    """Of a decision read with its parts."""
    decided = ItemDecision.objects.of(request).filter(decision=decision).select_related("written_by")
    latest = {row.key: row for row in decided}
    out = {key: row for key, row in latest.items() if row.choice == ItemChoice.LEAVE_OUT}
    lines = [Line(line.section, line.title, line.texts, out.get(line.key)) for line in _lines(decision)]
    shown = {line.key for line in lines}
    return WholeRecord(decision, tuple(lines), tuple(row for key, row in out.items() if key not in shown))


def _lines(decision: Decision) -> Iterator[Line]:
    for section in sections(decision):
        for row in section.rows:
            yield Line(section.title, row.key, tuple(row.lines))
        yield from _additions(section)
    around = (letters_in, reviews_in, incidents_in, emergencies_in)
    yield from _numbered([entry for entries_in in around for entry in entries_in(decision)])


def _additions(section: Section) -> Iterator[Line]:
    titles = numbered([addition.heading for addition in section.additions])
    for title, addition in zip(titles, section.additions, strict=True):
        why = (f"Why it was added: {addition.why}",) if addition.why else ()
        yield Line(section.title, title, (addition.text, *why))


def _numbered(entries: Iterable[Entry]) -> Iterator[Line]:
    found = list(entries)
    titles = numbered([entry.title for entry in found])
    for title, entry in zip(titles, found, strict=True):
        yield Line(AFTER, title, entry.lines)
