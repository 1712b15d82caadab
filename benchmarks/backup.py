"""How long a backup of many decisions takes, and to restore and verify it.

    python -m benchmarks.backup [--decisions 100000]

One decision is recorded through the actions; the others are its copies, each with entries as its own recording would
make them (benchmarks/record_fill.py), so that everything that is verified is true. The commands are those of
docs/production.md, each a process of its own. The processor's time is theirs and of what they start, without the
database's own. docs/robustness.md has the figures.
"""

import argparse
import os
import resource
import subprocess
import sys
import time

from benchmarks.live_site import LiveSite, live_site
from benchmarks.scale import say
from tests.production_site import ROOT

GOAL_MINUTES = 10


def main(decisions: int) -> int:
    with live_site("backup") as live:
        from benchmarks.record_fill import fill  # noqa: PLC0415  models need Django

        # Copies are put in without the checks of each row.
        owner = live.site.roles["owner"]
        live.site.psql(live.server.url, "-c", f"GRANT SET ON PARAMETER session_replication_role TO {owner}")
        start = time.monotonic()
        fill(decisions)
        took = time.monotonic() - start
        say(f"{decisions:,} decisions filled in {took:.0f} s, {size(live, 'backup')} in the database")
        say(f"checkpoint, as a timer makes one each hour: {run(live, 'checkpoint')[0]:.0f} s")
        file = live.site.folder / "made.backup"
        taken = {"backup": run(live, "backup", "--output", str(file))}
        say(f"the file has {file.stat().st_size / 1e6:,.0f} MB")
        empty(live)
        taken["restore, which verifies"] = run(live, "restore", str(file), name="restored")
        taken["verify again"] = run(live, "verify_ledger", name="restored")
        together = sum(seconds for seconds, _ in taken.values()) / 60
        for what, (seconds, busy) in taken.items():
            say(f"{what}: {seconds:.0f} s, {busy:.0f} s of the processor")
        say(f"together {together:.1f} minutes, goal {GOAL_MINUTES}")
    return 0


def run(live: LiveSite, *command: str, name: str = "") -> tuple[float, float]:
    """Seconds, and those of the processor; a command that fails ends the benchmark."""
    environment = live.site.environment("owner")
    environment["DATABASE_URL"] = f"{live.site.url('owner').rpartition('/')[0]}/{name or 'backup'}"
    start, before = time.monotonic(), busy()
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=False, capture_output=True, text=True
    )
    say((done.stdout + done.stderr).strip())
    if done.returncode:
        raise SystemExit(done.returncode)
    return time.monotonic() - start, busy() - before


def busy() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


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
