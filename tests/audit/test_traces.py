"""No word of a deleted row is left in SQLite's own file, once the statements of audit/traces.py have run on it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from audit.traces import OVERWRITE, WIPE
from search.engines import SQLITE as SEARCH

ROWS, GONE = 200, 100
WORD = "zqcanary{:03}"


def filled(path: Path) -> sqlite3.Connection:
    """Rows that grew and shrank before they went, so that the file has room left over from them."""
    file = sqlite3.connect(path, isolation_level=None)
    file.execute("PRAGMA synchronous = OFF")
    file.executescript(";".join(("CREATE TABLE said (id INTEGER PRIMARY KEY, words TEXT)", *SEARCH)))
    for number in range(ROWS):
        word = WORD.format(number)
        file.execute("INSERT INTO said VALUES (?, ?)", (number, word * 20))
        file.execute("UPDATE said SET words = ? WHERE id = ?", (word, number))
        file.execute("INSERT INTO search_words (rowid, words) VALUES (?, ?)", (number, f"p1:{word}"))
    return file


@pytest.mark.parametrize("wiped", [True, False])
def test_the_file_has_no_word_of_what_is_gone(tmp_path: Path, wiped: bool) -> None:  # noqa: FBT001
    path = tmp_path / "db.sqlite3"
    with closing(filled(path)) as file:
        if wiped:
            file.execute(OVERWRITE)
        file.execute("DELETE FROM said WHERE id < ?", (GONE,))
        file.execute("DELETE FROM search_words WHERE rowid < ?", (GONE,))
        for statement in WIPE if wiped else ():
            file.execute(statement)
        found = file.execute("SELECT COUNT(*) FROM search_words WHERE words MATCH ?", (f'"p1:{WORD.format(150)}"',))
        assert found.fetchone() == (1,)
    text = path.read_bytes()
    left = [number for number in range(ROWS) if WORD.format(number).encode() in text]
    assert (left == list(range(GONE, ROWS))) or not wiped
    assert wiped or left != list(range(GONE, ROWS))
