"""Charts stay within their picture, say every number, and draw in proportion."""

import re

import pytest
from django.template.loader import render_to_string

from ui.charts import COLUMNS_HIGH, WIDTH, Chart, Value, bars, columns

SOME = [Value("Shared", 40), Value("Not shared", 20), Value("Stopped", 1)]


def weeks(count: int) -> list[Value]:
    return [Value(f"{day} June 2026", day % 7) for day in range(1, count + 1)]


def drawn(chart: Chart) -> str:
    return render_to_string("ui/chart.html", {"chart": chart, "key": "it"})


@pytest.mark.parametrize("chart", [bars("Outcomes", SOME), columns("Weeks", weeks(12)), columns("Weeks", weeks(52))])
def test_everything_is_inside(chart: Chart) -> None:
    for bar in chart.bars:
        assert 0 <= bar.x <= bar.x + bar.width <= WIDTH
        assert 0 <= bar.y <= bar.y + bar.height <= chart.height


def test_twice_as_many_is_twice_as_long() -> None:
    first, second, third = bars("Outcomes", SOME).bars
    assert first.width == 2 * second.width > third.width >= 1


def test_columns_stand_on_one_line() -> None:
    chart = columns("Weeks", weeks(12))
    assert {round(bar.y + bar.height) for bar in chart.bars} == {chart.base}
    assert chart.height == COLUMNS_HIGH


def test_bars_have_their_words_and_numbers_in_black_and_white() -> None:
    picture = drawn(bars("Decisions by outcome", SOME))
    texts = re.findall(r"<text[^>]*>\s*([^<]*?)\s*</text>", picture)
    assert texts == ["Shared", "40", "Not shared", "20", "Stopped", "1"]
    assert '<title id="chart-it">Decisions by outcome</title>' in picture
    assert "fill=" not in picture


@pytest.mark.parametrize(("count", "numbered"), [(4, True), (12, True), (26, False), (52, False)])
def test_numbers_of_many_columns_do_not_run_into_one_another(count: int, *, numbered: bool) -> None:
    assert columns("Weeks", weeks(count)).numbered is numbered


@pytest.mark.parametrize("values", [[], [Value("None", 0)], [Value("One", 0), Value("Two", 0)]])
def test_nothing_is_drawn_of_nothing(values: list[Value]) -> None:
    assert all(not bar.width for bar in bars("Outcomes", values).bars)
    assert all(not bar.height for bar in columns("Weeks", values).bars)


def test_words_are_text() -> None:
    assert "<b>" not in drawn(bars("<b>", [Value("<b>bold</b>", 1)]))
