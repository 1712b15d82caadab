"""What the ledger costs, beside what the same work costs without it: writing, exporting, verifying.

    python -m benchmarks.ledger [--entries 1000000] [--rounds 3] [--only write|export|verify|offline]

On a PostgreSQL server of its own. Ours and the floor take turns in one run; the figure is the median's multiple of the
floor's, and of rates the share. No test asserts a time. docs/speed.md has the figures and what bounds a missed goal.
"""

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.scale import prepare, say
from tests import cluster

Timed = Callable[[], float]


def main(entries: int, rounds: int, only: str) -> int:
    programs = cluster.binaries()
    if programs is None:
        raise SystemExit("PostgreSQL is not installed.")
    with tempfile.TemporaryDirectory(prefix="safeguarding-ledger-") as folder, cluster.cluster(programs) as url:
        os.environ["TEST_DATABASE_URL"] = url
        prepare()
        from benchmarks import ledger_reads, ledger_writes  # noqa: PLC0415  models need Django

        if only in {"", "write"}:
            ledger_writes.measure(rounds)
        if only != "write":
            ledger_reads.measure(entries, rounds, Path(folder), only)
    return 0


def in_turn(rounds: int, timed: Mapping[str, Timed]) -> dict[str, float]:
    """Median seconds of each, one of each a round, so that a slow moment of the machine falls on all alike."""
    taken: dict[str, list[float]] = {name: [] for name in timed}
    for _ in range(rounds):
        for name, once in timed.items():
            taken[name].append(once())
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def line(name: str, ours: float, floor: float, goal: float, *, rate: bool = False) -> str:
    """One line of the table: a time as a multiple of the floor's, or a rate as a share of it."""
    ratio = floor / ours if rate else ours / floor
    missed = ratio < goal if rate else ratio > goal
    return f"{name} | {floor:.3f} | {ours:.3f} | {ratio:.2f} | {goal}{'  missed' if missed else ''}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=["write", "export", "verify", "offline"], default="")
    say("work | floor, s | ours, s | ours by floor | goal")
    sys.exit(main(**vars(parser.parse_args())))
