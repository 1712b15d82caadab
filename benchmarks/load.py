"""Fifty people at work at once, on PostgreSQL with two workers: how long they wait.

    python -m benchmarks.load [--people 50] [--minutes 10] [--think 5]

The site as docs/production.md sets it up, without the proxy: two roles, durable writes, gunicorn with two workers of
four threads. Most people read and write decisions page by page, each on their own form; one in ten reviews. The people
are threads of this process, which fill in real forms and use the same cores: what is printed is what they waited for.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.load_client import Taken
from benchmarks.scale import prepare, say
from tests import cluster
from tests.production_site import ROOT, Site

GOALS = {"read": 0.5, "record": 0.8}
WORKERS = ("--workers", "2", "--threads", "4", "--worker-class", "gthread")


def main(people: int, minutes: float, think: float) -> int:
    programs = cluster.binaries()
    if programs is None:
        raise SystemExit("PostgreSQL is not installed.")
    cluster.HASTE = ""  # as durable as in production
    with tempfile.TemporaryDirectory(prefix="safeguarding-load-") as folder, cluster.cluster(programs) as url:
        site = Site("load", Path(folder), url)
        site.make()
        os.environ["TEST_DATABASE_URL"] = site.url("owner")
        prepare()
        site.grant()
        site.manage("runtime", "collectstatic", "--no-input", "--verbosity", "0")
        from benchmarks.load_people import Crowd  # noqa: PLC0415  models need Django

        crowd = Crowd.of(people)
        port = cluster.free_port()
        with _served(site, port):
            taken = _together(crowd, port, minutes, think)
        _print(taken, minutes)
        say(site.manage("runtime", "verify_ledger").strip())
    return 1 if taken.errors else 0


@contextmanager
def _served(site: Site, port: int) -> Iterator[None]:
    command = [sys.executable, "-m", "gunicorn", "safeguarding.wsgi", "--bind", f"127.0.0.1:{port}", *WORKERS]
    process = subprocess.Popen(  # noqa: S603 - our own server
        [*command, "--no-control-socket", "--log-level", "warning"], env=site.environment("runtime"), cwd=ROOT
    )
    try:
        time.sleep(5)
        yield
    finally:
        process.terminate()
        process.wait(30)


def _together(crowd: "Crowd", port: int, minutes: float, think: float) -> Taken:  # type: ignore[name-defined]  # noqa: F821
    taken, end = Taken(), time.monotonic() + minutes * 60
    threads = [
        threading.Thread(target=crowd.work, args=(number, port, think, taken, lambda: time.monotonic() > end))
        for number in range(crowd.size)
    ]
    for thread in threads:
        thread.start()
        time.sleep(0.3)  # nobody starts work at the same moment as everybody else
    for thread in threads:
        thread.join()
    return taken


def _print(taken: Taken, minutes: float) -> None:
    say("what | requests | median, ms | 95 of 100 within, ms | longest, ms | goal, ms")
    for kind, seconds in sorted(taken.seconds.items()):
        cut = statistics.quantiles(seconds, n=20)[18] if len(seconds) > 1 else seconds[0]
        goal = GOALS.get(kind, 0)
        over = "  missed" if goal and cut > goal else ""
        line = [f"{1000 * value:.0f}" for value in (statistics.median(seconds), cut, max(seconds), goal)]
        say(" | ".join([kind, str(len(seconds)), *line]) + over)
    total = sum(map(len, taken.seconds.values()))
    say(f"{total / (minutes * 60):.1f} requests a second, {len(taken.errors)} errors {taken.errors[:5]}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--think", type=float, default=5)
    sys.exit(main(**vars(parser.parse_args())))
