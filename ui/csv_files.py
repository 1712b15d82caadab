"""Reads a CSV file as a school's or council's system exports it, and says what is wrong in words. No form, no database.

Nothing here keeps the file: it is read in memory. Whatever is not text is refused.
"""

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

DELIMITERS = ",;\t|"
MOST_COLUMNS = 100
# Reports have a title above the headings.
LINES_ABOVE = 10
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# A workbook of Excel or another packed file, an older workbook, a PDF.
PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")
UTF8_LETTER = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
# A letter of UTF-8 that was read as two letters of Windows and saved again, or a letter that was lost.
DAMAGED = re.compile("[ÂÃ][\u0080-\u00bf]|â€|\ufffd")
UNDELIVERED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
SEPARATOR = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
AS_TEXT = re.compile(r'="([^"]*)"')

NO_CSV = "This is not a CSV file. Open it in the program that made it and save it as CSV"
NO_LETTERS = "Some letters of this file cannot be read. Save it again as “CSV UTF-8” and choose it again"
EMPTY = "This file has no rows. Choose a file with a row of column headings and a row for each person"
ONE_COLUMN = "This file has only one column. Export it again with a comma, a semicolon or a tab between the columns"


class NotReadable(Exception):
    """`message` tells the person what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Line:
    """`number` is the row that a spreadsheet shows beside it."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """`headings` has a name for every column of the widest line; no two are the same."""

    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    sha256: str


def read_table(content: bytes, *, most_bytes: int, most_rows: int) -> Table:
    if len(content) > most_bytes:
        raise NotReadable(f"This file is too large: the most is {most_bytes // 1000:,} kB. Split it into smaller files")
    text = _decoded(content)
    records = _records(text)
    head = _head(records)
    lines = [Line(at, cells) for at, cells in records[head + 1 :] if any(cells)]
    if not lines:
        raise NotReadable(EMPTY)
    if len(lines) > most_rows:
        raise NotReadable(f"This file has {len(lines):,} rows: the most is {most_rows:,}. Split it into smaller files")
    headings = records[head][1]
    if len(headings) > MOST_COLUMNS:
        raise NotReadable(f"This file has {len(headings)} columns: the most is {MOST_COLUMNS}. Leave some out")
    return Table(_distinct(headings), tuple(lines), sha256(content).hexdigest())


def has_damaged_letters(cell: str) -> bool:
    return DAMAGED.search(cell) is not None


def unwrapped(cell: str) -> str:
    """What the cell says: ="0123" keeps a zero, and an apostrophe a sign, from a spreadsheet that would change it."""
    as_text = AS_TEXT.fullmatch(cell)
    if as_text:
        return as_text[1].strip()
    return cell[1:] if cell[:1] == "'" and cell[1:2] in {"=", "+", "-", "@"} else cell


def is_formula(cell: str) -> bool:
    """A spreadsheet would run it. A plus or minus may stand before a telephone number."""
    return cell.startswith(("=", "@")) or (cell.startswith(("+", "-")) and not re.fullmatch(r"\+[\d\s()./-]+", cell))


def _decoded(content: bytes) -> str:
    if content.startswith(PACKED):
        raise NotReadable(NO_CSV)
    try:
        text = content.decode(_encoding(content))
    except UnicodeDecodeError:
        raise NotReadable(NO_LETTERS) from None
    if UNDELIVERED.search(text):
        raise NotReadable(NO_CSV)
    return text


def _encoding(content: bytes) -> str:
    """UTF-8, or what Excel on Windows writes where it is not. A mixture of the two is refused: names would be wrong."""
    for bom, name in BOMS:
        if content.startswith(bom):
            return name
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        if UTF8_LETTER.search(content):
            raise NotReadable(NO_LETTERS) from None
        return "cp1252"
    return "utf-8"


def _records(text: str) -> list[tuple[int, tuple[str, ...]]]:
    announced = SEPARATOR.match(text)
    if announced:
        text = text[announced.end() :]
    delimiter = announced[1] if announced else _delimiter(text)
    records: list[tuple[int, tuple[str, ...]]] = []
    try:
        for at, cells in enumerate(
            csv.reader(_lines(text), delimiter=delimiter, strict=True), start=2 if announced else 1
        ):
            records.append((at, tuple(cell.strip() for cell in cells)))
    except csv.Error:
        at = records[-1][0] + 1 if records else 1
        raise NotReadable(
            f"Row {at} has a quotation mark that is not closed. Correct it and choose the file again"
        ) from None
    return records


def _lines(text: str) -> Iterator[str]:
    """As the csv module wants them: ends kept, since a cell may hold a line break. No other kind of end."""
    return iter(re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text))


def _delimiter(text: str) -> str:
    """The one that makes the most columns of the first lines."""
    first = [line for line in text.splitlines()[: LINES_ABOVE * 2] if line.strip()]
    return max(DELIMITERS, key=lambda mark: _widest(csv.reader(first, delimiter=mark)))


def _widest(records: Iterator[list[str]]) -> int:
    return max((len(record) for record in records), default=0)


def _head(records: Sequence[tuple[int, tuple[str, ...]]]) -> int:
    """Where the headings stand: the first record of which at least half has words."""
    first = [sum(map(bool, cells)) for _, cells in records[:LINES_ABOVE]]
    if not any(first):
        raise NotReadable(EMPTY)
    widest = max(first)
    if widest < 2:  # noqa: PLR2004 - one column
        raise NotReadable(ONE_COLUMN)
    return next(at for at, filled in enumerate(first) if filled * 2 >= widest and filled > 1)


def _distinct(headings: Sequence[str]) -> tuple[str, ...]:
    """An empty heading gets its number; so does one that stands twice."""
    named = [name or f"Column {at}" for at, name in enumerate(headings, start=1)]
    return tuple(f"{name} (column {at})" if named.count(name) > 1 else name for at, name in enumerate(named, start=1))
