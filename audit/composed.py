"""Pages of a chain as the lines that PostgreSQL's COPY makes of them, a fraction of the work of rows through the ORM.

The engine writes each column as it is, and the next lines while one is worked on. A page in which anything is in doubt
is left to whoever asked, to be read by rows.
"""

from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

from django.db import connection

from audit.copied_lines import COLUMNS, IN_DOUBT, NULL
from audit.reading import Chain

Made = TypeVar("Made")
PAGE = 500
BEFORE_ALL = -(2**63)
LINES = (
    f"COPY (SELECT {', '.join(COLUMNS)} FROM audit_ledgerentry e WHERE organisation = {{}} AND seq > {{}} "
    f"AND seq <= {{}} ORDER BY e.seq LIMIT {{}}) TO STDOUT (NULL '{NULL}')"
)


def is_composed() -> bool:
    return connection.vendor == "postgresql"


class _Page(Generic[Made]):
    def __init__(self, make: Callable[[str], Made]) -> None:
        self.make = make
        self.made: list[Made] | None = []
        self.last = b""

    def write(self, line: bytes) -> None:
        self.last = line
        if self.made is not None:
            try:
                self.made.append(self.make(line[:-1].decode()))
            except IN_DOUBT:
                self.made = None


class _Lines:
    def __init__(self) -> None:
        self.lines: list[bytes] = []
        self.write = self.lines.append

    @property
    def last(self) -> bytes:
        return self.lines[-1] if self.lines else b""


Copied = TypeVar("Copied", _Page[Any], _Lines)


def pages(
    chain: Chain, make: Callable[[str], Made], *, after: int = BEFORE_ALL, at_once: int = 0
) -> Iterator[tuple[list[Made] | None, int, int]]:
    """What `make` makes of every entry of a page, or None where the page is to be read by rows.

    With it come after which number the page begins, and its last. `at_once`: how many entries a page has, if fewer.
    """
    for page, first, last in _copied(chain, after, lambda: _Page(make), at_once):
        yield page.made, first, last


def whole_pages(chain: Chain) -> Iterator[tuple[bytes, int, int]]:
    """The lines of each page as they are, after which number it begins, and its last."""
    for page, first, last in _copied(chain, BEFORE_ALL, _Lines):
        yield b"".join(page.lines), first, last


def _copied(chain: Chain, after: int, new: Callable[[], Copied], at_once: int = 0) -> Iterator[tuple[Copied, int, int]]:
    connection.ensure_connection()
    while after < chain.last:
        page = new()
        with connection.connection.cursor() as cursor:
            cursor.copy_expert(LINES.format(chain.organisation, after, chain.last, at_once or PAGE), page)
        if not page.last:
            return
        last = int(page.last.partition(b"\t")[0])
        yield page, after, last
        after = last
