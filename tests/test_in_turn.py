"""What is looked at in turn is all looked at in the end."""

from types import SimpleNamespace
from typing import Any

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


class OneItem(SimpleNamespace):
    __hash__ = object.__hash__  # type: ignore[assignment]  # as of an item of pytest


def marked(name: str, of: int, count: int) -> list[Any]:
    """As pytest collects a test with parameters."""
    mark = pytest.mark.in_turn(of).mark
    return [OneItem(nodeid=f"{name}[{number}]", get_closest_marker=lambda _: mark) for number in range(count)]


def test_parameters_of_a_marked_test_come_in_turn(days: pytest.MonkeyPatch) -> None:
    items, alone = marked("a.py::test_a", 3, 7), marked("a.py::test_b", 3, 1)
    plain: Any = OneItem(nodeid="a.py::test_c", get_closest_marker=lambda _: None)
    run = list[str]()
    for day in range(3):
        days.setattr(in_turn, "today", lambda day=day: day)
        later = in_turn.not_in_turn([*items, plain, *alone])
        assert not later & {plain, *alone}
        run += [one.nodeid for one in items if one not in later]
    assert sorted(run) == [one.nodeid for one in items]


def test_a_run_keeps_its_day(days: pytest.MonkeyPatch) -> None:
    days.setattr(in_turn, "_of_run", {})
    in_turn.keep(739_500, is_whole=True)
    assert in_turn.today() == 739_500


def swept(name: str, count: int) -> list[Any]:
    """Tests of a module that sweeps over all pages, and one that does not."""
    marks: dict[str, Any] = {"sweep": pytest.mark.sweep.mark}
    return [
        *(OneItem(nodeid=f"{name}::test_{number}", get_closest_marker=marks.get) for number in range(count)),
        OneItem(nodeid=f"{name}::test_other", get_closest_marker={}.get),
    ]


def test_of_modules_that_sweep_each_day_has_half_whole(days: pytest.MonkeyPatch) -> None:
    items = [*swept("a.py", 2), *swept("b.py", 1), *swept("c.py", 1)]
    halves = set()
    for day in range(739_500, 739_502):
        days.setattr(in_turn, "_of_run", {"day": day, "is_whole": True})
        later = in_turn.swept_another_day(items)
        halves.add(frozenset(item.nodeid for item in items if item not in later and "other" not in item.nodeid))
    assert halves == {frozenset({"a.py::test_0", "a.py::test_1", "c.py::test_0"}), frozenset({"b.py::test_0"})}


@pytest.mark.parametrize("of", range(2, 13))
def test_every_case_of_a_module_that_sweeps_has_its_turn(days: pytest.MonkeyPatch, of: int) -> None:
    """Of a module that runs each second day, not the same half of the cases each time."""
    item, seen = swept("a.py", 1)[0], set[int]()
    for day in range(739_500, 739_500 + 24 * of):
        days.setattr(in_turn, "_of_run", {"day": day, "is_whole": True})
        seen |= set() if in_turn.swept_another_day([item]) else {*in_turn.in_turn(range(of), of)}
    assert seen == set(range(of))


@pytest.mark.parametrize("thorough", [True, False])
def test_whoever_names_a_path_or_looks_thoroughly_runs_them_all(days: pytest.MonkeyPatch, *, thorough: bool) -> None:
    days.setattr(in_turn, "THOROUGH", thorough)
    for day in range(739_500, 739_502):
        days.setattr(in_turn, "_of_run", {"day": day, "is_whole": thorough})
        assert in_turn.swept_another_day(swept("a.py", 2)) == set()
