"""What pages cost on a large site beside a small one, and beside a bare page, in one run.

    python -m benchmarks.scale [sqlite|postgresql] [number of decisions, 1000000]

The small site has 1,000 decisions. The first time is wall time, with what was read from disk. After that it is the
processor's time, of this process and of the database's own, because others use the machine too; the ratio to the bare
page of the same site takes the machine out of it. A page whose ratio is more than 1.5 times that of the small site is
followed by its slowest statement and its plan. No test asserts times; tests/decisions/test_plans.py asserts plans.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests import cluster

SMALL, LARGE = 1_000, {"sqlite": 100_000, "postgresql": 1_000_000}
ROUNDS, ENOUGH_SECONDS = 9, 3.0
GOAL = 1.5
BARE = "bare page"
Figures = dict[str, float]


def main(engine: str = "postgresql", decisions: str = "") -> int:
    with tempfile.TemporaryDirectory(prefix="safeguarding-scale-") as folder, _databases(engine, folder) as address:
        small: Figures = {}
        for size in (SMALL, int(decisions or LARGE[engine])):
            command = [sys.executable, "-m", "benchmarks.scale", "--measure", engine, str(size), json.dumps(small)]
            environment = {**os.environ, "TEST_DATABASE_URL": address(size)}
            run = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
            *said, figures = run.stdout.strip().splitlines()
            sys.stdout.write("\n".join(said) + "\n")
            small = small or json.loads(figures)
    return 0


@contextmanager
def _databases(engine: str, folder: str) -> Iterator[Callable[[int], str]]:
    if engine == "sqlite":
        yield lambda size: f"sqlite:///{Path(folder) / f'{size}.sqlite3'}"
        return
    programs = cluster.binaries()
    if programs is None:
        raise SystemExit("PostgreSQL is not installed.")
    with cluster.cluster(programs) as url:
        yield lambda size: _new_database(url, size)


def _new_database(url: str, size: int) -> str:
    import psycopg2  # noqa: PLC0415  only where it is needed

    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE scale_{size}")
    connection.close()
    return f"{url.rpartition('/')[0]}/scale_{size}"


def measure_site(engine: str, size: int, small: Figures) -> None:
    """One site in this process: says what it says, and last its ratios to the bare page as JSON."""
    prepare()
    from django.utils import timezone  # noqa: PLC0415

    from benchmarks.scale_fill import Size, fill  # noqa: PLC0415  models need Django
    from benchmarks.scale_pages import asks  # noqa: PLC0415

    start = time.perf_counter()
    cast, decision = fill(Size(size), timezone.now())
    filled = time.perf_counter() - start
    say(f"{engine}, {size:,} decisions, filled in {filled:.0f} s, {_megabytes():,.0f} MB on disk")
    pages = asks(cast, decision, BARE)
    times = {name: _measured(ask, pages[BARE]) for name, ask in pages.items()}
    ratios = {name: ratio for name, (_, _, ratio) in times.items()}
    say("page | first, ms | CPU ms | times a bare page | times the small site")
    for name, (cold, warm, ratio) in times.items():
        grown = ratio / small[name] if small else 1.0
        say(f"{name} | {cold:.1f} | {warm:.1f} | {ratio:.1f} | {grown:.2f}")
    say(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")
    for name in pages:
        if small and ratios[name] / small[name] > GOAL:
            _explain(name, pages[name])
    say(json.dumps(ratios))


def prepare(*, migrate: bool = True) -> None:
    """Django with the settings of the tests, on the database that the environment names."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    settings.ROOT_URLCONF = "benchmarks.page_urls"
    settings.ALLOWED_HOSTS = ["testserver"]
    if migrate:
        call_command("migrate", verbosity=0)


def _measured(ask: Callable[[], object], bare: Callable[[], object]) -> tuple[float, float, float]:
    """Milliseconds the first time, of the processor at best, and times a bare page: of both in turn, for fairness.

    Fewer rounds where each takes long.
    """
    first = _once(ask, time.perf_counter)
    rounds: list[tuple[float, float]] = []
    began, clock = time.perf_counter(), _processor_clock()
    while len(rounds) < ROUNDS and (not rounds or time.perf_counter() - began < ENOUGH_SECONDS):
        rounds.append((_once(ask, clock), _once(bare, clock)))
    best = min(taken for taken, _ in rounds)
    return first, best, best / min(taken for _, taken in rounds)


def _once(ask: Callable[[], object], clock: Callable[[], float]) -> float:
    start = clock()
    ask()
    return (clock() - start) * 1000


def _processor_clock() -> Callable[[], float]:
    """Seconds of the processor: of this process, and of PostgreSQL's that answers it, which Linux says of each."""
    from django.db import connection  # noqa: PLC0415

    if connection.vendor == "sqlite":
        return time.process_time
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")  # those would be processes of their own
        cursor.execute("SELECT pg_backend_pid()")
        own = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    return lambda: time.process_time() + int(own.read_text().split()[0]) / 1e9


def _explain(name: str, ask: Callable[[], object]) -> None:
    """The statement of this page that took longest, and how the database finds its rows."""
    from django.db import connection  # noqa: PLC0415

    statements: list[tuple[float, str, Any]] = []

    def timed(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's own
        start = time.perf_counter()
        answer = execute(sql, params, many, context)
        if sql.startswith("SELECT"):
            statements.append((time.perf_counter() - start, sql, params))
        return answer

    with connection.execute_wrapper(timed):
        ask()
    took, sql, params = max(statements, key=lambda statement: statement[0])
    how = "EXPLAIN (ANALYZE, BUFFERS)" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        cursor.execute(f"{how} {sql}", params)
        plan = [" ".join(map(str, row)) for row in cursor.fetchall()]
    say(f"\n{name}: {took * 1000:.1f} ms of {sum(one[0] for one in statements) * 1000:.1f} in {len(statements)}")
    say("\n".join([sql[:1500], *plan[:40]]))


def _megabytes() -> float:
    from django.db import connection  # noqa: PLC0415

    if connection.vendor == "sqlite":
        return Path(str(connection.settings_dict["NAME"])).stat().st_size / 1e6
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return float(cursor.fetchone()[0]) / 1e6


def say(words: str) -> None:
    sys.stdout.write(words + "\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure_site(sys.argv[2], int(sys.argv[3]), json.loads(sys.argv[4]))
    else:
        sys.exit(main(*sys.argv[1:]))
