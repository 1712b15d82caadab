"""What a phone dials for a number as somebody wrote it."""

import pytest
from django.template import Context, Template

from ui.phones import dialled


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("999", "999"),
        ("01632 960111", "01632960111"),
        ("01632-960 111, ask for the duty worker", "01632960111"),
        ("(01632) 960111", "01632960111"),
        ("+44 1632 960111", "+441632960111"),
        ("+44 (0)1632 960111", "+441632960111"),
        ("01632 960111 (open 24 hours)", "01632960111"),
        ("01632 960111 extension 4", "01632960111"),
        ("ext. 12, 01632 960111", "01632960111"),
        ("01632 960111 or 01632 960222", "01632960111"),
    ],
)
def test_the_first_number_in_it(written: str, number: str) -> None:
    assert dialled(written) == number


@pytest.mark.parametrize("written", ["", "ask at the desk", "12", "javascript:alert(1)", "\u0661\u0662\u0663\u0664"])
def test_nothing_where_none_is_there(written: str) -> None:
    assert dialled(written) == ""


def test_the_filter_of_templates() -> None:
    assert Template("{% load ui %}{{ one|tel }}").render(Context({"one": "01632 960111"})) == "01632960111"
