"""What typed text may hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.text import has_unseen, is_broken, mid_sentence, one_newline, printable


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


@pytest.mark.parametrize(
    "name",
    [
        "A", "Ó", "李", "O'Brien", "Jean-Luc", "Łukasz", "Þóra", "Nguyễn Thị", "Владимир", "אברהם", "محمد",
        "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627", "ශ්\u200dරී", "ക്\u200dഷ", "Zoe\u0308", "Mother of Ada (P2)", "김",
        "\u02bbAlohilani", "👩\u200d👧", "X\u00a0Y",
    ],
)  # fmt: skip
def test_a_name_of_any_script_is_seen(name: str) -> None:
    assert not has_unseen(name)


@pytest.mark.parametrize(
    "name",
    [
        "Ada\u200b", "\ufeffAda", "A\u00adda", "Ada\u202eeval", "\u2066Ada\u2069", "Ada\u200e", "\u061cAda",
        "Ada\u2060B", "A\u200dda",
        "Ada\u200c", "\u200dAda", "\u3164", "\u2800", "A\x07da", "A\tda", "A\u2028B", "\U000e0041da", "7\u200d8",
    ],
)  # fmt: skip
def test_a_character_nobody_sees_is_found(name: str) -> None:
    assert has_unseen(name)


@given(st.text(st.characters(categories=["L", "M", "N", "P", "Zs"]), min_size=1))
def test_letters_marks_numbers_and_punctuation_are_accepted(name: str) -> None:
    assert has_unseen(name) == any(letter in "\u115f\u1160\u3164\uffa0" for letter in name)


@given(st.text("abcd"), st.sampled_from("\u200b\u200e\u202a\u202e\u2067\ufeff\u00ad\u2064"), st.text("efg"))
def test_wherever_it_stands(before: str, unseen: str, after: str) -> None:
    assert has_unseen(before + unseen + after)
