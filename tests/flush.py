"""Emptying the database after a test that commits: triggers exist to refuse that, and a live server may still write.

Content types and permissions stand for the code itself, so they stay. Were they emptied and made again they would
have other ids, and the next test would find rows, and Django's own cache of them, that no longer agree.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Condition
from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.handlers.wsgi import WSGIHandler
from django.core.management.color import no_style
from django.core.signals import request_finished, request_started
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TransactionTestCase

from audit import triggers

KEPT = frozenset(model._meta.db_table for model in (ContentType, Permission))
PATIENCE_SECONDS = 20


class LiveRequests:
    """How many requests a live server is answering in its threads. A test's own client is not counted."""

    def __init__(self) -> None:
        self._open = 0
        self._changed = Condition()

    def begin(self, sender: type, **_named: Any) -> None:
        self._count(sender, 1)

    def end(self, sender: type, **_named: Any) -> None:
        self._count(sender, -1)

    def _count(self, sender: type | None, step: int) -> None:
        if sender and issubclass(sender, WSGIHandler):
            with self._changed:
                self._open += step
                self._changed.notify_all()

    def wait_for_the_last(self) -> None:
        """A page that is closed leaves its last request behind, which would write into the emptied database."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._open <= 0, PATIENCE_SECONDS):
                raise TimeoutError(f"{self._open} requests to the live server did not end")


live_requests = LiveRequests()


# By alias, an SQLite database as it was before the first test. To write it back takes a fifth of emptying every table.
_as_made: dict[str, sqlite3.Connection] = {}


@contextmanager
def kept_as_made(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """For the whole run, before its first test."""
    with closing(sqlite3.connect(":memory:")) as kept:
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            connection.connection.backup(kept)
            _as_made[connection.alias] = kept
        yield
        _as_made.clear()


def empty(connection: BaseDatabaseWrapper) -> None:
    """As the flush command does, but for the rows that stand for the code."""
    if connection.alias in _as_made:
        connection.ensure_connection()
        _as_made[connection.alias].backup(connection.connection)
        return
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    emptied = [table for table in tables if table not in KEPT]
    triggers.drop_all(connection)
    try:
        connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), emptied))
    finally:
        triggers.make_all(connection)


def _empty_all(case: TransactionTestCase) -> None:
    live_requests.wait_for_the_last()
    for alias in case._databases_names(include_mirrors=False):  # type: ignore[attr-defined]  # not in the stubs
        empty(connections[alias])


def let_tests_flush() -> None:
    """Once, from tests/conftest.py. TestCase has a teardown of its own, a rollback, and is not touched."""
    TransactionTestCase._fixture_teardown = _empty_all  # type: ignore[attr-defined]
    request_started.connect(live_requests.begin)
    request_finished.connect(live_requests.end)
