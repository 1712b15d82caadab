"""The table of what real forms ask names fields that exist, and gives a reason where there is none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

PAPER = Path(__file__).parents[1] / "docs" / "matrix.md"
NAMED = re.compile(r"`([A-Z]\w+)\.(\w+)`")
LEFT_OUT = re.compile(r"left out: (.+)")
ROWS = 82
# Fewer would be "not needed", which is no reason.
FEWEST_WORDS = 5


@dataclass(frozen=True)
class Row:
    number: int
    asks: str
    fields: str
    page: str


def rows() -> Iterator[Row]:
    for line in PAPER.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and cells[0].isdecimal():
            number, asks, fields, page = cells
            yield Row(int(number), asks, fields, page)


TABLE = list(rows())


def models(name: str) -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__name__ == name]


def exists(name: str, field: str) -> bool:
    try:
        return bool([model._meta.get_field(field) for model in models(name)])
    except FieldDoesNotExist:
        return False


def test_every_row_is_there_once_and_in_order() -> None:
    assert [row.number for row in TABLE] == list(range(1, ROWS + 1))
    assert len({row.asks for row in TABLE}) == ROWS


def test_a_row_names_its_field_or_says_why_there_is_none() -> None:
    for row in TABLE:
        named = NAMED.findall(row.fields)
        reason = LEFT_OUT.search(row.page)
        assert row.asks, row
        assert row.page, row
        assert bool(named) == (row.fields != "-"), row
        assert named or reason, row
        assert bool(reason) == ("left out" in row.page), row
        if reason:
            assert len(reason[1].split()) >= FEWEST_WORDS, row


def test_every_field_named_anywhere_in_it_exists() -> None:
    """No column that holds is of a model of somebody else's: each name belongs to one model of ours."""
    found = NAMED.findall(PAPER.read_text())
    assert len(found) > ROWS
    assert sorted({f"{name}.{field}" for name, field in found if not exists(name, field)}) == []
    assert {len(models(name)) for name, _ in found} == {1}


def test_a_field_that_is_gone_would_be_noticed() -> None:
    assert not exists("Decision", "no_such_field")
    assert not exists("NoSuchModel", "name")
    assert exists("Decision", "why_now")


def test_what_is_left_out_is_the_few() -> None:
    """Whoever leaves out more than this looks at the whole table again."""
    assert [row.number for row in TABLE if row.fields == "-"] == [13, 14, 24, 33, 36, 47]
