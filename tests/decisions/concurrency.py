"""Several people at once. Every wait is bounded, so that a test about locks cannot hang on one."""

import threading
import time
from collections.abc import Callable

from django.db import connection

LIMIT = 60.0


def at_once(*works: Callable[[], object]) -> list[BaseException]:
    """Runs each in a thread and a connection of its own, all let go together; what they raised."""
    failures: list[BaseException] = []
    together = threading.Barrier(len(works))

    def run(work: Callable[[], object]) -> None:
        try:
            bound_waits()
            together.wait(LIMIT)
            work()
        except BaseException as failure:  # noqa: BLE001 - a thread's failure is the test's to report
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,), daemon=True) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LIMIT)
    assert not any(thread.is_alive() for thread in threads), "somebody is still waiting for a lock"
    return failures


def bound_waits() -> None:
    """No statement of this connection waits longer than the limit."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET statement_timeout = '{LIMIT / 2:.0f}s'")


def backend() -> int:
    """The number by which PostgreSQL knows this connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def wait_until_held_up(pid: int) -> None:
    """Until that connection waits for somebody else's lock."""
    end = time.monotonic() + LIMIT / 2
    with connection.cursor() as cursor:
        while time.monotonic() < end:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE pid = %s AND NOT granted", [pid])
            if cursor.fetchone()[0]:
                return
    raise AssertionError("it was expected to wait for a lock, and did not")
