"""Transactions that change a row, with our ledger and with plain django-auditlog's table in its place."""

import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, ClassVar

from auditlog import context, receivers
from auditlog.models import AbstractLogEntry, LogEntryManager
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from accounts.models import Team, User
from audit import ledger
from audit.verification import verify
from benchmarks.ledger import in_turn, line
from benchmarks.scale import say
from tests.cast import make_cast

WRITES, WRITERS, EACH = 400, 16, 40
LOCKERS, ROWS = 8, 20
WORK_SECONDS = 0.005
DEADLOCK = "40P01"


class PlainEntry(AbstractLogEntry):
    """django-auditlog's own table, as it makes it."""

    objects: ClassVar[Any] = LogEntryManager()

    class Meta(AbstractLogEntry.Meta):
        app_label = "auditlog"


@contextmanager
def plainly() -> Iterator[None]:
    """What is saved is entered by plain django-auditlog, in a transaction."""
    ours: Any = vars(receivers)["get_logentry_model"]
    receivers.get_logentry_model = context.get_logentry_model = lambda: PlainEntry  # type: ignore[attr-defined]
    try:
        yield
    finally:
        receivers.get_logentry_model = context.get_logentry_model = ours  # type: ignore[attr-defined]


def write(team: Team, user: User, count: int, *, plain: bool, work: float) -> None:
    for number in range(count):
        team.name = f"{team.pk} {number % 2}"
        if plain:
            with transaction.atomic(), context.set_actor(user, "192.0.2.7"):
                team.save()
                time.sleep(work)
        else:
            with ledger.recording(actor=user, at=timezone.now()):
                team.save()
                time.sleep(work)


def measure(rounds: int) -> None:
    with connection.schema_editor() as editor:
        editor.create_model(PlainEntry)
    cast = make_cast()
    user = cast.practitioner
    teams = _teams(cast.organisation, "ours") + _teams(cast.stranger.organisation, "theirs")

    def one(*, plain: bool) -> float:
        return _timed(lambda: write(teams[0], user, WRITES, plain=plain, work=0.0), plain=plain)

    def many(*, plain: bool, work: float) -> float:
        jobs = [partial(write, team, user, EACH, plain=plain, work=work) for team in teams[:WRITERS]]
        return _timed(lambda: in_processes(jobs), plain=plain)

    for name, goal, once in (
        ("write, 1 connection", 0.9, one),
        (f"write, {WRITERS} connections, one chain", 0.8, lambda *, plain: many(plain=plain, work=0.0)),
        ("the same with 5 ms of other work", 0.8, lambda *, plain: many(plain=plain, work=WORK_SECONDS)),
    ):
        found = in_turn(rounds, {"plain": lambda: once(plain=True), "ours": lambda: once(plain=False)})  # noqa: B023
        say(line(name, found["ours"], found["plain"], goal, rate=True))
    _mixed(teams, user)


def _teams(organisation: Any, name: str) -> list[Team]:
    with ledger.recording(actor=None, at=timezone.now()):
        return [Team.objects.create(organisation=organisation, name=f"{name} {number}") for number in range(WRITERS)]


def _timed(act: Callable[[], object], *, plain: bool) -> float:
    if plain:
        with plainly():
            return _timed(act, plain=False)
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def in_processes(jobs: Sequence[Callable[[], object]]) -> int:
    """Each in a process and a connection of its own; how many ended in a deadlock."""
    connection.close()
    with multiprocessing.get_context("fork").Manager() as manager:
        failures = manager.list()

        def run(job: Callable[[], object]) -> None:
            connection.connect()
            try:
                job()
            except OperationalError as error:
                failures.append(getattr(error.__cause__, "pgcode", "") or str(error))

        processes = [multiprocessing.get_context("fork").Process(target=run, args=(job,)) for job in jobs]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        if any(process.exitcode for process in processes) or set(failures) - {DEADLOCK}:
            raise SystemExit(f"a writer failed: {list(failures)}")
        return len(failures)


def _mixed(teams: list[Team], user: User) -> None:
    """Everybody changes the same rows and enters events in both chains, before and after, in either order."""
    rows = teams[WRITERS - ROWS // 2 : WRITERS + ROWS // 2]
    chains = rows[0].organisation_id, rows[-1].organisation_id

    def work(number: int) -> None:
        for turn in range(100):
            row = rows[(number * 7 + turn * 3) % ROWS]
            first, second = chains if (number + turn) % 2 else reversed(chains)
            with ledger.recording(actor=user, at=timezone.now()):
                ledger.append("seen", organisation=first)
                row.name = f"{row.pk} {turn}{number}"
                row.save()
                ledger.append("seen", organisation=second)

    deadlocks = in_processes([partial(work, number) for number in range(LOCKERS)])
    say(f"mixed lock orders, {LOCKERS} writers on {ROWS} rows: {deadlocks} deadlocks; verified: {verify().sound}")
