"""Of many cases that say much the same, some each day and the others on the days after; all of them with THOROUGH=1.

A case among them that breaks is found within so many days, and at once by ./run check, which is THOROUGH. A test marked
`@pytest.mark.in_turn(3)` runs with each third of its parameters a day.
"""

import os
from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

import pytest
from django.utils import timezone

Case = TypeVar("Case")
THOROUGH = os.environ.get("THOROUGH") == "1"


def in_turn(cases: Iterable[Case], of: int = 2) -> list[Case]:
    """One of so many, and never none of any."""
    every = list(cases)
    return every if THOROUGH else every[today() % min(of, len(every) or 1) :: of]


def one_in_turn(cases: Iterable[Case]) -> list[Case]:
    """The next one each day."""
    every = list(cases)
    return in_turn(every, len(every) or 1)


def not_in_turn(items: Iterable[pytest.Item]) -> set[pytest.Item]:
    """Of tests with that mark, the parameters of other days."""
    of_test: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        if item.get_closest_marker("in_turn"):
            of_test[item.nodeid.partition("[")[0]].append(item)
    marks = {name: every[0].get_closest_marker("in_turn") for name, every in of_test.items()}
    kept = {item for name, every in of_test.items() if (mark := marks[name]) for item in in_turn(every, *mark.args)}
    return {item for every in of_test.values() for item in every} - kept


def today() -> int:
    """All workers of a run have the same day, even where it runs past midnight."""
    return _of_run.get("day") or timezone.localdate().toordinal()


def keep_day(day: int) -> None:
    _of_run["day"] = day


_of_run: dict[str, int] = {}
