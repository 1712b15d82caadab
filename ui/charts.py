"""Charts as numbers of an SVG picture, for the templates to write down. Pure: no template, no database.

Every bar has its number written at it, so a chart can be read without colour; the same numbers stand in a table
beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 320
# A bar has its words on a line above it, so that they can be read on a phone.
ROW, WORDS_AT, BAR_AT, BAR_HIGH, NUMBER_WIDE = 44, 14, 20, 18, 44
COLUMNS_HIGH, TOP, BOTTOM, GAP = 160, 18, 20, 0.2
# Over so many columns their numbers would run into one another; they stand in the table.
MOST_NUMBERED = 14


@dataclass(frozen=True)
class Value:
    words: str
    number: int


@dataclass(frozen=True)
class Bar:
    words: str
    number: int
    x: float
    y: float
    width: float
    height: float
    words_x: float
    words_y: float
    number_x: float
    number_y: float


@dataclass(frozen=True)
class Chart:
    title: str
    height: int
    bars: tuple[Bar, ...]
    numbered: bool = True
    ends: tuple[str, str] | None = None
    width: int = WIDTH

    @property
    def base(self) -> int:
        return self.height - BOTTOM


def bars(title: str, values: Sequence[Value]) -> Chart:
    """One bar under another, for things that have names."""
    longest = max([value.number for value in values], default=0)
    return Chart(title, ROW * len(values), tuple(_bar(value, row, longest) for row, value in enumerate(values)))


def _bar(value: Value, row: int, longest: int) -> Bar:
    width = _share(value.number, longest, WIDTH - NUMBER_WIDE)
    y = ROW * row
    return Bar(
        value.words, value.number, x=0, y=y + BAR_AT, width=width, height=BAR_HIGH, words_x=0, words_y=y + WORDS_AT,
        number_x=width + 6, number_y=y + BAR_AT + BAR_HIGH - 4,
    )  # fmt: skip


def columns(title: str, values: Sequence[Value]) -> Chart:
    """One column beside another, for weeks. Only the first and the last are named below it."""
    highest = max([value.number for value in values], default=0)
    drawn = tuple(_column(value, place, len(values), highest) for place, value in enumerate(values))
    ends = (values[0].words, values[-1].words) if values else None
    return Chart(title, COLUMNS_HIGH, drawn, numbered=len(values) <= MOST_NUMBERED, ends=ends)


def _column(value: Value, place: int, count: int, highest: int) -> Bar:
    wide = WIDTH / count
    height = _share(value.number, highest, COLUMNS_HIGH - TOP - BOTTOM)
    y = COLUMNS_HIGH - BOTTOM - height
    middle = round(wide * (place + 0.5), 2)
    return Bar(
        value.words, value.number, x=round(wide * (place + GAP / 2), 2), y=y, width=round(wide * (1 - GAP), 2),
        height=height, words_x=middle, words_y=COLUMNS_HIGH - 4, number_x=middle, number_y=y - 4,
    )  # fmt: skip


def _share(number: int, most: int, room: float) -> float:
    """Something that is there is seen, however little it is of the most."""
    return max(round(room * number / most, 2), 1) if number and most else 0
