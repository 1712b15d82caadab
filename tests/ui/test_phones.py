"""What a phone dials for a number as somebody wrote it: exactly one number, or nothing."""

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from ui.phones import NONE, WHOLE, dialled, refusal


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("999", "999"),
        ("116 123", "116123"),
        ("01632 960111", "01632960111"),
        ("01632-960 111, ask for the duty worker", "01632960111"),
        ("(01632) 960111", "01632960111"),
        ("+44 1632 960111", "+441632960111"),
        ("+44 (0)1632 960111", "+441632960111"),
        ("(0)1632 960111", "01632960111"),
        ("0044 1632 960111", "00441632960111"),
        ("01632 960111 (open 24 hours)", "01632960111"),
        ("01632 960111 extension 4", "01632960111"),
        ("020 7946 0000 ext 5", "02079460000"),
        ("020 7946 0000 x1234", "02079460000"),
        ("ext. 12, 01632 960111", "01632960111"),
        ("01632 960111, again: 01632 960 111", "01632960111"),
    ],
)
def test_the_one_number_in_it(written: str, number: str) -> None:
    assert dialled(written) == number
    assert refusal(written) == ""


@pytest.mark.parametrize(
    ("written", "would_dial"),
    [
        ("01632 960111 or 07700 900000", "01632960111 or 07700900000"),
        ("01632 960111 / 222", "01632960111 or 222"),
        ("01632 960111 07700 900000", "0163296011107700900000"),
        ("0163 960", "0163960"),
        ("7946 0000", "79460000"),
        ("0800 CALL US", "0800"),
        ("01632 960111 5", "016329601115"),
    ],
)
def test_what_it_would_dial_is_said_where_it_is_refused(written: str, would_dial: str) -> None:
    assert dialled(written) == ""
    assert would_dial in refusal(written)


@pytest.mark.parametrize("written", ["", "ask at the desk", "12", "javascript:alert(1)", "\u0661\u0662\u0663\u0664"])
def test_nothing_where_none_is_there(written: str) -> None:
    assert dialled(written) == ""
    assert refusal(written) == NONE


def test_the_filter_of_templates() -> None:
    assert Template("{% load ui %}{{ one|tel }}").render(Context({"one": "01632 960111"})) == "01632960111"


PARTS = [
    "01632 960111",
    "07700 900000",
    "+44 7700 900000",
    "999",
    " or ",
    " ext 5",
    "x",
    "(0)",
    "+",
    "-",
    " ",
    "\n",
    "a",
]


@given(st.lists(st.sampled_from(PARTS) | st.text(max_size=3), max_size=6).map("".join))
def test_whatever_is_written_one_number_is_dialled_or_it_is_refused(written: str) -> None:
    number = dialled(written)
    assert bool(number) != bool(refusal(written))
    assert not number or WHOLE.fullmatch(number)
    figures = "".join(letter for letter in written if letter in "0123456789")
    assert number.lstrip("+") in figures or "(0)" in written
