"""What is no reason: the same answer whatever marks, spaces or capitals are put round it."""

import sqlite3
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.empty_reasons import NON_REASONS, SQUASHED_CHARACTERS, is_empty_reason, squashed

MARKS = st.text(alphabet=SQUASHED_CHARACTERS, max_size=5)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\u00a0",
        "\u200b\ufeff",
        "...",
        "—",
        "n/a",
        "N.A.",
        "See notes",
        "SEE  NOTES!",
        "see\u00a0file",
        "x",
        "Tbc…",
    ],
)
def test_these_say_nothing(text: str) -> None:
    assert is_empty_reason(text)


@pytest.mark.parametrize(
    "text",
    [
        "He may be hit again tonight",
        "see notes: she was bruised",
        "no food at home",
        "Refused because he is afraid",
        "naïve",
    ],
)
def test_these_say_something(text: str) -> None:
    assert not is_empty_reason(text)


@given(st.sampled_from(NON_REASONS), st.data())
def test_marks_and_capitals_change_nothing(text: str, data: st.DataObject) -> None:
    spread = "".join(
        data.draw(MARKS) + data.draw(st.sampled_from([character, character.upper()])) for character in text
    )
    assert is_empty_reason(spread + data.draw(MARKS))


@given(st.text())
def test_squashing_twice_is_squashing_once(text: str) -> None:
    assert squashed(squashed(text)) == squashed(text)
    assert not set(squashed(text)) & set(SQUASHED_CHARACTERS)


@given(st.text())
def test_what_strips_to_nothing_is_no_reason(text: str) -> None:
    if not text.strip():
        assert is_empty_reason(text)


@given(st.text(min_size=1))
def test_only_ascii_letters_are_lowered(text: str) -> None:
    kept = [character for character in squashed(text) if character not in string.ascii_lowercase]
    assert kept == [
        character
        for character in text
        if character not in SQUASHED_CHARACTERS and character not in string.ascii_letters
    ]


@given(st.text().filter(lambda text: "\x00" not in text and text.isprintable()))
def test_sqlite_lowers_the_same_letters(text: str) -> None:
    (lowered,) = sqlite3.connect(":memory:").execute("SELECT lower(?)", (text,)).fetchone()
    assert squashed(lowered) == squashed(text)


def test_the_list_is_squashed_itself_and_has_no_doubles() -> None:
    assert all(squashed(text) == text for text in NON_REASONS)
    assert len(set(NON_REASONS)) == len(NON_REASONS)
    assert len(set(SQUASHED_CHARACTERS)) == len(SQUASHED_CHARACTERS)
    assert "" in NON_REASONS


@given(st.integers(min_value=1, max_value=0x10FFFF).filter(lambda code: not 0xD800 <= code <= 0xDFFF))
def test_every_space_python_strips_is_squashed(code: int) -> None:
    assert not chr(code).isspace() or chr(code) in SQUASHED_CHARACTERS
