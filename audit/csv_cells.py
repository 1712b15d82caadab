"""A cell of a CSV file, as Python's csv writes it, that no spreadsheet runs."""

import re
from functools import lru_cache

# A spreadsheet would run a cell that starts like this.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
NEEDS_QUOTES = re.compile('[",\r\n]')


def safe(cell: str) -> str:
    """The cell as text: an apostrophe before anything a spreadsheet would run."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


@lru_cache(4096)
def csv_cell(text: str) -> str:
    """Safe, and in quotes where it needs them. Most texts of a log come again and again."""
    shown = safe(text)
    return in_quotes(shown) if NEEDS_QUOTES.search(shown) else shown


def in_quotes(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
