"""Of many cases that say much the same, some each day and the others on the days after; all of them with THOROUGH=1.

A case among them that breaks is found within so many days, and at once by ./run check, which is THOROUGH. A test marked
`@pytest.mark.in_turn(3)` runs with each third of its parameters a day.

A module marked `sweep` asks the same of every page or address. Of those, `./run test` takes one half a day, but for
the tests that need no database; whoever names a path runs what is in it.
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


def swept_another_day(items: Iterable[pytest.Item]) -> set[pytest.Item]:
    """The tests of one half of the modules that sweep over all pages, where everything is run.

    The halves change places after twelve days: else a half of the cases of such a module would never have their turn.
    """
    swept = [item for item in items if item.get_closest_marker("sweep")]
    if THOROUGH or not _of_run.get("is_whole"):
        return set()
    modules = sorted({item.nodeid.partition("::")[0] for item in swept})
    kept = modules[(today() + today() // 12) % 2 :: 2]
    return {item for item in swept if item.nodeid.partition("::")[0] not in kept}


def today() -> int:
    """All workers of a run have the same day, even where it runs past midnight."""
    return _of_run.get("day") or timezone.localdate().toordinal()


def keep(day: int, *, is_whole: bool) -> None:
    """Of this run: its day, and whether no path was named."""
    _of_run.update(day=day, is_whole=is_whole)


_of_run: dict[str, int] = {}
