"""How far a decision to share has been carried out: by recipient, and in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.sendings import sendings

KEYS = st.frozensets(st.integers(1, 6))
START = "Decided to share – "


@pytest.mark.parametrize(
    ("given_to", "sent", "never", "words"),
    [
        ([1], [], [], "not yet sent"),
        ([1, 2], [], [], "not yet sent"),
        ([1, 2], [1], [], "sent to 1 of 2"),
        ([1, 2], [1, 1, 1], [], "sent to 1 of 2"),
        ([1, 2, 3], [3, 1], [], "sent to 2 of 3"),
        ([1, 2], [1], [2], "sent to 1 of 2, will not be sent to 1"),
        ([1, 2, 3], [1], [2], "sent to 1 of 3, will not be sent to 1"),
        ([1, 2], [], [2], "not yet sent, will not be sent to 1 of 2"),
        ([1], [], [1], "will not be sent"),
        ([1, 2], [], [1, 2], "will not be sent"),
    ],
)
def test_until_everybody_has_been_sent_it(given_to: list[int], sent: list[int], never: list[int], words: str) -> None:
    state = sendings(given_to, sent, never)
    assert not state.all_sent
    assert state.words == START + words


@pytest.mark.parametrize(
    ("given_to", "sent", "never"),
    [([1], [1], []), ([1, 2], [2, 1], []), ([1, 2], [1, 2], [2]), ([], [1], [])],
    ids=["one", "both", "after all, whatever was said before", "something that was not ticked"],
)
def test_then_it_is_shared(given_to: list[int], sent: list[int], never: list[int]) -> None:
    state = sendings(given_to, sent, never)
    assert state.all_sent
    assert not state.open
    assert not state.not_to_be_sent


def test_a_reason_about_somebody_who_gets_nothing_counts_for_nobody() -> None:
    assert sendings([1], [], [2]).open == {1}


@given(KEYS, KEYS, KEYS)
def test_everybody_is_counted_once(given_to: frozenset[int], sent: frozenset[int], never: frozenset[int]) -> None:
    state = sendings(given_to, sent, never)
    assert state.count == len(given_to | sent)
    assert state.sent | state.not_to_be_sent | state.open == given_to | sent
    assert state.open == given_to - sent - never
