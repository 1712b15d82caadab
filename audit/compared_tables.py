"""The tables that are compared with the audit log, here one after another, or in processes beside this one."""

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, TypeVar

from django.db import connection

Found = TypeVar("Found")
# An organisation and the label of a model.
Table = tuple[int, str]
Work = Callable[[Table], Found]
# With fewer entries all is compared before a process has started.
MANY = 200_000
# A process was killed, or none can be started.
GONE = (OSError, RuntimeError)


def compared(
    work: "Work[Found]", tables: Sequence[Table], entries: int, processes: int
) -> Generator[Found, None, None]:
    """What `work`, a function of a module, finds in each table, in their order."""
    if processes < 2 or entries <= MANY or connection.vendor != "postgresql":  # noqa: PLR2004
        yield from map(work, tables)
        return
    # They are started anew, so that none has this connection to the database.
    pool = ProcessPoolExecutor(
        processes, get_context("spawn"), initializer=_begin, initargs=(connection.settings_dict,)
    )
    try:
        begun = [(_begun(pool, work, table), table) for table in tables]
        for each, table in begun:
            yield _ended(each, work, table)
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(database: dict[str, Any]) -> None:
    import django  # noqa: PLC0415 - in a process of its own

    django.setup()
    connection.settings_dict.update(database)


def _begun(pool: ProcessPoolExecutor, work: "Work[Found]", table: Table) -> "Future[Found] | None":
    try:
        return pool.submit(work, table)
    except GONE:
        return None


def _ended(begun: "Future[Found] | None", work: "Work[Found]", table: Table) -> Found:
    try:
        return begun.result() if begun else work(table)
    except GONE:
        return work(table)
