"""Tables are compared in processes of their own where there are many entries: the same results in the same order."""

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from audit import compared_tables
from audit.compared_tables import Table, compared

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer, and few rows"),
]
TABLES: list[Table] = [(1, "one"), (1, "two"), (2, "one"), (2, "two"), (2, "three")]


def where(table: Table) -> tuple[Table, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        return table, cursor.fetchone()[0]


def doubled(table: Table) -> Table:
    return table[0] * 2, table[1] * 2


def test_each_process_asks_the_same_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compared_tables, "MANY", 8)
    monkeypatch.setattr(compared_tables, "_ended", lambda begun, *_: begun.result())  # none is done here
    here = connection.settings_dict["NAME"]
    assert list(compared(where, TABLES, 9, 2)) == [(table, here) for table in TABLES]


class _Gone(ThreadPoolExecutor):
    """Takes one table, as a pool does whose processes are killed then."""

    def submit(self, *asked: Any, **named: Any) -> Future[Any]:
        begun = super().submit(*asked, **named)
        self.shutdown()
        return begun


class _Killed(ThreadPoolExecutor):
    """Takes all, and answers none."""

    def submit(self, *_: Any, **__: Any) -> Future[Any]:
        begun: Future[Any] = Future()
        begun.set_exception(RuntimeError("A process in the pool was terminated."))
        return begun


@pytest.mark.parametrize("pool", [ThreadPoolExecutor, _Gone, _Killed])
def test_what_a_process_does_not_do_is_done_here(
    monkeypatch: pytest.MonkeyPatch, pool: type[ThreadPoolExecutor]
) -> None:
    monkeypatch.setattr(compared_tables, "MANY", 8)
    monkeypatch.setattr(compared_tables, "ProcessPoolExecutor", lambda count, *_, **__: pool(count))
    assert list(compared(doubled, TABLES, 9, 2)) == list(map(doubled, TABLES))


@pytest.mark.parametrize(("entries", "processes"), [(8, 2), (9, 1)])
def test_no_process_is_started_for_few(monkeypatch: pytest.MonkeyPatch, entries: int, processes: int) -> None:
    monkeypatch.setattr(compared_tables, "MANY", 8)
    monkeypatch.setattr(compared_tables, "ProcessPoolExecutor", lambda *_, **__: pytest.fail("one was started"))
    assert list(compared(doubled, TABLES, entries, processes)) == list(map(doubled, TABLES))
