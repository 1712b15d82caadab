"""What is looked at in turn is all looked at in the end."""

import pytest

from tests import in_turn
from tests.in_turn import one_in_turn

CASES = [*"abcdefg"]


@pytest.fixture
def days(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(in_turn, "THOROUGH", False)
    return monkeypatch


@pytest.mark.parametrize("count", range(len(CASES) + 1))
def test_each_day_some_and_within_so_many_days_all(days: pytest.MonkeyPatch, count: int) -> None:
    cases, seen = CASES[:count], list[str]()
    for day in range(739_500, 739_503):
        days.setattr(in_turn, "today", lambda day=day: day)
        some = in_turn.in_turn(cases, of=3)
        assert bool(some) == bool(cases)
        assert len(some) <= count // 3 + 1
        seen += some
    assert sorted({*seen}) == cases


def test_one_a_day(days: pytest.MonkeyPatch) -> None:
    seen = []
    for day in range(len(CASES)):
        days.setattr(in_turn, "today", lambda day=day: day)
        seen += one_in_turn(CASES)
    assert seen == CASES
    assert one_in_turn([]) == []


def test_looking_thoroughly_leaves_none_out(days: pytest.MonkeyPatch) -> None:
    days.setattr(in_turn, "THOROUGH", True)
    assert in_turn.in_turn(CASES, of=3) == one_in_turn(CASES) == CASES
