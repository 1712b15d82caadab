"""Emptying the database between tests, which the triggers exist to refuse."""

from django.db import connections
from django.test import TransactionTestCase

from audit import triggers

_emptied = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]  # not in the stubs


def _empty_without_triggers(case: TransactionTestCase) -> None:
    """Drop every trigger, let Django flush, make them again."""
    aliases = case._databases_names(include_mirrors=False)  # type: ignore[attr-defined]
    for alias in aliases:
        triggers.drop_all(connections[alias])
    try:
        _emptied(case)
    finally:
        for alias in aliases:
            triggers.make_all(connections[alias])


def let_tests_flush() -> None:
    """Once, from tests/conftest.py. TestCase has a teardown of its own, a rollback, and is not touched."""
    TransactionTestCase._fixture_teardown = _empty_without_triggers  # type: ignore[attr-defined]
