"""Exports and verification of one long chain, beside what PostgreSQL and sha256sum take for the same bytes."""

import hashlib
import io
import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection

from audit.evidence import verify as verify_program
from audit.export import KINDS
from audit.verification import verify
from benchmarks.ledger import in_turn, line
from benchmarks.ledger_fill import ORGANISATION, fill
from benchmarks.scale import say
from tests import cluster

ROWS = f"SELECT * FROM audit_ledgerentry WHERE organisation = {ORGANISATION} ORDER BY seq"
MEGABYTES = 80


def measure(entries: int, rounds: int, folder: Path, only: str) -> None:
    fill(entries)
    if only in {"", "export"}:
        _exports(rounds, folder)
    if only in {"", "verify"}:
        found = in_turn(rounds, {"floor": _copied_and_hashed, "ours": _verified})
        say(line(f"verify {entries:,} in place", found["ours"], found["floor"], 1.5))
    if only in {"", "offline"}:
        _offline(rounds, folder / "evidence.zip")


def _exports(rounds: int, folder: Path) -> None:
    most = dict.fromkeys(KINDS, 0.0)

    def ours(kind: str) -> float:
        seconds, megabytes = _in_a_process(kind, str(folder / kind), str(ORGANISATION))
        most[kind] = max(most[kind], megabytes)
        return seconds

    floor: dict[str, Callable[[], float]] = {"floor": lambda: _psql(folder / "floor")}
    found = in_turn(rounds, floor | {kind: partial(ours, kind) for kind in KINDS})
    for kind in KINDS:
        say(line(f"export {kind}, {most[kind]:.0f} MB at most", found[kind], found["floor"], 1.1))


def _offline(rounds: int, evidence: Path) -> None:
    call_command("export_ledger", format="bundle", output=evidence, organisation=ORGANISATION, stdout=io.StringIO())
    program = Path(verify_program.__file__)

    def run(*command: str | Path) -> Callable[[], float]:
        return lambda: _timed(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL))

    found = in_turn(rounds, {"floor": run("sha256sum", evidence), "ours": run(sys.executable, program, evidence)})
    say(line(f"verify evidence of {evidence.stat().st_size / 1e6:,.0f} MB", found["ours"], found["floor"], 2.5))


def _psql(path: Path) -> float:
    programs = cluster.binaries()
    assert programs is not None
    copy = f"\\copy ({ROWS}) TO '{path}' CSV"
    return _timed(
        lambda: subprocess.run(
            [programs / "psql", os.environ["TEST_DATABASE_URL"], "-qc", copy], check=True, stdout=subprocess.DEVNULL
        )
    )


def _copied_and_hashed() -> float:
    digest = hashlib.sha256()

    class Into:
        write = digest.update

    def copied() -> None:
        with connection.cursor() as cursor:
            raw: Any = cursor.cursor
            raw.copy_expert(f"COPY ({ROWS}) TO STDOUT", Into)

    return _timed(copied)


def _verified() -> float:
    def verified() -> None:
        if not verify(ORGANISATION, processes=os.cpu_count() or 1).sound:
            raise SystemExit("The filled ledger does not verify.")

    return _timed(verified)


def _in_a_process(*arguments: str) -> tuple[float, float]:
    """Seconds of the work alone, and megabytes at most."""
    command = [sys.executable, "-m", "benchmarks.ledger_export", *arguments]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.split()
    return float(said[-2]), float(said[-1])


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start
