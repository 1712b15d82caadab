"""docs/asvs.md says what docs/asvs.csv does, once each, and what it names is there."""

import re
import runpy
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parents[1]
ASVS = SimpleNamespace(**runpy.run_path(str(ROOT / "docs" / "asvs.py")))
# How many requirements levels 1 and 2 have in version 5.0.0.
OF_LEVEL = {"1": 70, "2": 183}
PATH = re.compile(r"[\w.-]+(?:/[\w.-]+)+|[\w-]+\.(?:toml|txt|md)")


def test_the_page_is_made_of_the_rows() -> None:
    assert (ROOT / "docs/asvs.md").read_text() == ASVS.page(), "run .venv/bin/python docs/asvs.py"


def test_every_requirement_once_and_judged() -> None:
    rows = ASVS.rows()
    assert [number for number, count in Counter(row[0] for row in rows).items() if count > 1] == []
    assert Counter(row[1] for row in rows) == OF_LEVEL
    assert [row for row in rows if row[3] not in ASVS.JUDGED or not row[2] or not row[4]] == []


def test_what_is_met_names_a_file_that_is_there() -> None:
    for row in ASVS.rows():
        named = [found.rstrip(".") for found in PATH.findall(row[4])]
        assert [path for path in named if not (ROOT / path).exists()] == [], row[0]
        assert named or row[3] != ASVS.MET, f"{row[0]} names nothing"


@pytest.mark.parametrize("level", sorted(OF_LEVEL))
def test_the_head_counts_what_the_tables_have(level: str) -> None:
    head, _, tables = (ROOT / "docs/asvs.md").read_text().partition("\n## ")
    [line] = [line for line in head.splitlines() if line.startswith(f"| {level} |")]
    said = [int(cell) for cell in line.split("|")[2:5]]
    lines = [one.split(" | ") for one in tables.splitlines() if re.match(r"\| \d", one)]
    assert said == [sum(one[1] == level and one[3] == judged for one in lines) for judged in ASVS.JUDGED]
