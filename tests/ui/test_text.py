"""What typed text may hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.text import is_broken, mid_sentence, one_newline, printable


@pytest.mark.parametrize("value", ["\x00", "a\x00b", "\ud83d", ["ok", "\x00"], ("a", ["\ud800"])])
def test_what_no_database_keeps_is_found(value: object) -> None:
    assert is_broken(value)


@pytest.mark.parametrize("value", ["", "a\nb\t", "👩‍👩‍👧", "\u202e", None, 7, ["a", "b"], b"\x00", True])
def test_everything_else_is_left_alone(value: object) -> None:
    assert not is_broken(value)


@given(st.one_of(st.text(st.characters()), st.lists(st.text(st.characters()))))
def test_what_is_shown_again_can_always_be_sent(value: str | list[str]) -> None:
    shown = printable(value)
    assert not is_broken(shown)
    assert isinstance(shown, type(value))
    if isinstance(shown, str):
        shown.encode()


def test_a_line_break_is_one_character() -> None:
    assert one_newline("a\r\nb\rc\nd") == "a\nb\nc\nd"


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Your full name", "your full name"),
        ("NHS number", "NHS number"),
        ("I think", "I think"),
        ("Why", "why"),
        ("", ""),
    ],
)
def test_labels_read_well_in_a_sentence(label: str, expected: str) -> None:
    assert mid_sentence(label) == expected
