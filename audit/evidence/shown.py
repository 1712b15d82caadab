"""The entries of a stretch of a chain as a bundle shows them, and why fields of them are left out."""

from collections.abc import Iterator

from audit import composed
from audit.evidence.lines import LeaveOut, copied_entry, entry_lines
from audit.evidence.scope import rows_of
from audit.reading import Chain

# A bundle is to take little memory; more at once would be a little faster.
AT_ONCE = 250
# Number, lines, and a reason for each field that is left out.
Shown = tuple[int, str, list[str]]


def shown(organisation: int, first: int, last: int, leave_out: LeaveOut) -> Iterator[Shown]:
    """From the lines that PostgreSQL copies where it can, which take a fraction of the time and memory of rows."""
    if not composed.is_composed():
        yield from _by_rows(organisation, first, last, leave_out)
        return

    def make(line: str) -> Shown:
        return copied_entry(organisation, line, leave_out)

    for page, after, end in composed.pages(Chain(organisation, last, 0), make, after=first - 1, at_once=AT_ONCE):
        if page is None:
            yield from _by_rows(organisation, after + 1, end, leave_out)
        else:
            yield from page


def _by_rows(organisation: int, first: int, last: int, leave_out: LeaveOut) -> Iterator[Shown]:
    for row in rows_of(organisation, first, last):
        reasons = list[str]()
        yield row["seq"], entry_lines(row, leave_out, reasons.append), reasons
