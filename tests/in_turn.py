"""Of many cases that say much the same, some each day and the others on the days after; all of them with THOROUGH=1.

A case among them that breaks is found within so many days, and at once by ./run check, which is THOROUGH.
"""

import os
from collections.abc import Iterable
from typing import TypeVar

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


def today() -> int:
    return timezone.localdate().toordinal()
