"""How long a backup of many decisions takes, and to restore and verify it.

    python -m benchmarks.backup [--decisions 100000]

One decision is recorded through the actions; the others are its copies, each with entries as its own recording would
make them (benchmarks/ledger_records.py), so that everything that is verified is true. The commands are those of
docs/production.md, each a process of its own. docs/robustness.md has the figures.
"""

import argparse
import os
import subprocess
import sys
import time

from benchmarks.ledger_records import fill
from benchmarks.live_site import LiveSite, live_site
from benchmarks.scale import say
from tests.production_site import ROOT

GOAL_MINUTES = 10


def main(decisions: int) -> int:
    with live_site("backup") as live:
        start = time.monotonic()
        fill(decisions)
        took = time.monotonic() - start
        say(f"{decisions:,} decisions filled in {took:.0f} s, {size(live, 'backup')} in the database")
        file = live.site.folder / "made.backup"
        taken = {"backup": run(live, "backup", "--output", str(file))}
        say(f"the file has {file.stat().st_size / 1e6:,.0f} MB")
        empty(live)
        taken["restore, which verifies"] = run(live, "restore", str(file), name="restored")
        taken["verify again"] = run(live, "verify_ledger", name="restored")
        together = sum(taken.values()) / 60
        for what, seconds in taken.items():
            say(f"{what}: {seconds:.0f} s")
        say(f"together {together:.1f} minutes, goal {GOAL_MINUTES}")
    return 0


def run(live: LiveSite, *command: str, name: str = "") -> float:
    """Seconds; a command that fails ends the benchmark."""
    environment = live.site.environment("owner")
    environment["DATABASE_URL"] = f"{live.site.url('owner').rpartition('/')[0]}/{name or 'backup'}"
    start = time.monotonic()
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=False, capture_output=True, text=True
    )
    say((done.stdout + done.stderr).strip())
    if done.returncode:
        raise SystemExit(done.returncode)
    return time.monotonic() - start


def size(live: LiveSite, name: str) -> str:
    command = f"SELECT pg_size_pretty(pg_database_size('{name}'))"
    return live.site.psql(live.server.url, "-At", "-c", command).strip()


def empty(live: LiveSite) -> None:
    live.site.psql(live.server.url, "-c", f"CREATE DATABASE restored OWNER {live.site.roles['owner']}")


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    parser = argparse.ArgumentParser()
    parser.add_argument("--decisions", type=int, default=100_000)
    sys.exit(main(**vars(parser.parse_args())))
