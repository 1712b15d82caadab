"""The benchmark of the ledger: its arithmetic."""

from collections.abc import Iterator

import pytest

from benchmarks.ledger import in_turn, line


@pytest.mark.parametrize(
    ("ours", "floor", "goal", "rate", "end"),
    [
        (2.2, 2.0, 1.1, False, "1.10 | 1.1"), (3.0, 2.0, 1.1, False, "1.50 | 1.1  missed"),
        (2.0, 1.9, 0.9, True, "0.95 | 0.9"), (2.0, 1.6, 0.9, True, "0.80 | 0.9  missed"),
    ],
)  # fmt: skip
def test_a_time_may_be_so_many_times_the_floor_and_a_rate_a_share_of_it(
    ours: float, floor: float, goal: float, end: str, *, rate: bool
) -> None:
    assert line("work", ours, floor, goal, rate=rate).endswith(f"| {end}")


def test_ours_and_the_floor_take_turns_and_the_middle_counts() -> None:
    done: list[str] = []

    def timed(name: str, seconds: Iterator[float]) -> float:
        done.append(name)
        return next(seconds)

    ours, floor = iter([9.0, 1.0, 2.0]), iter([3.0, 5.0, 4.0])
    found = in_turn(3, {"floor": lambda: timed("floor", floor), "ours": lambda: timed("ours", ours)})
    assert (found, done) == ({"floor": 4.0, "ours": 2.0}, ["floor", "ours"] * 3)
