"""Which names are near enough to ask “Is it one of these?”, and which are not."""

import pytest

from search.folding import words_of_name
from search.near import near_keys, near_keys_of
from search.wanted import wanted_near

NEAR = [
    ("Mohammed", "Muhammad"), ("Mohamed", "Mohammad"), ("Catherine", "Kathryn"), ("Stephen", "Steven"),
    ("Zainab", "Zaynab"), ("Aleksander", "Alexander"), ("Rebecca", "Rebekah"), ("Ashworth", "Ashwoth"),
    ("Ashworth", "Ahsworth"), ("John", "Jon"), ("Oksana", "Oxana"), ("Ольга", "Олга"), ("Philip", "Filip"),
]  # fmt: skip
NOT_NEAR = [("Tilly", "Rosa"), ("Sam", "Sim"), ("Ashworth", "Brandt"), ("Amy", "Ann"), ("Ольга", "Олег"), ("李", "王")]


@pytest.mark.parametrize(("one", "other"), NEAR)
def test_near(one: str, other: str) -> None:
    assert near_keys_of(words_of_name(one)) & near_keys_of(words_of_name(other))


@pytest.mark.parametrize(("one", "other"), NOT_NEAR)
def test_not_near(one: str, other: str) -> None:
    assert not near_keys_of(words_of_name(one)) & near_keys_of(words_of_name(other))


@pytest.mark.parametrize("word", ["", "o", "li", "李明"])
def test_short_words_are_near_to_nothing(word: str) -> None:
    assert near_keys(word) == set()


@pytest.mark.parametrize(("name", "also", "ends"), [
    ("Tilly Rose Ashworth", "", ("tilly", "ashworth")), ("Tilly", "Ashworth", ("tilly", "ashworth")),
    ("Tilly Marsh", "Ashworth", ("tilly", "marsh")), ("Tilly", "", ("tilly",)),
])  # fmt: skip
def test_a_name_is_near_by_its_first_and_last_word(name: str, also: str, ends: tuple[str, ...]) -> None:
    alternative = wanted_near(name, also).alternatives[0]
    assert len(alternative) == len(ends)
    assert all(word in {term.word for term in same} for word, same in zip(ends, alternative, strict=True))


def test_no_name_is_near_to_nothing() -> None:
    assert not wanted_near(" ' ")
