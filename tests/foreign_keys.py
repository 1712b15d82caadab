"""After a test Django looks whether every foreign key leads somewhere: on SQLite, in every row of every table.

That is done after one test in four, another each day, and after all with THOROUGH=1, as in ./run check. PostgreSQL,
which knows what was written, looks after every test.
"""

import os
from typing import Any
from zlib import crc32

from django.test import TestCase

from tests.in_turn import THOROUGH, today

DAYS = 4
_should_check = TestCase._should_check_constraints  # type: ignore[attr-defined]  # not in the stubs


def is_its_turn(test: str) -> bool:
    return THOROUGH or crc32(test.encode()) % DAYS == today() % DAYS


def should_check(self: TestCase, connection: Any) -> bool:
    test = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" ")[0]
    return bool(_should_check(self, connection)) and (connection.vendor != "sqlite" or is_its_turn(test))


def look_in_turn() -> None:
    """Once, from tests/conftest.py."""
    TestCase._should_check_constraints = should_check  # type: ignore[attr-defined]
