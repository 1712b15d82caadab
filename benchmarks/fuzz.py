"""Nonsense at every address of a live site, as whoever may send there: what breaks, comes too late or comes alive.

    python -m benchmarks.fuzz [--inputs 20000] [--seed 1] [--people 4]

The addresses are those of tests/test_access_matrix.py, whose test has one for every URL of the site. After each round
the database is as it was before, so that what one input destroyed is there for the next. docs/robustness.md has the
figures.
"""

import argparse
import random
import re
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from benchmarks.live_site import LiveSite, live_site
from benchmarks.scale import say

if TYPE_CHECKING:
    from benchmarks.fuzz_inputs import Target
    from benchmarks.live_client import Answer
    from tests.test_access_matrix import Row, Scene

LATEST = 3.0
SERVER_ERROR = 500
SHOWN = 12
# What ends a session or closes a door comes last in its round.
LAST = re.compile(
    "logout|quick_leave|deactivate|person_role|person_link|person_sign_in|end_sign_on|end_membership|team_close|organisation"
    "|conflict|restricted|dispose|delete"
)


@dataclass
class Seen:
    """What came of all inputs so far."""

    statuses: Counter[int] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    late: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    alive: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    signed_out: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, what: str, kind: str, answer: "Answer") -> None:
        with self.lock:
            self.statuses[answer.status] += 1
            self.kinds[kind] += 1
            self.seconds.append(answer.seconds)
            self.signed_out += answer.location.startswith("/sign-in/")
            if answer.status >= SERVER_ERROR:
                self.broken.append(f"{answer.status} {what}")
            if not answer.status:
                self.unanswered.append(what)
            if answer.seconds > LATEST:
                self.late.append(f"{answer.seconds:.1f} s {what}")
            if is_alive(answer):
                self.alive.append(what)

    @property
    def is_clean(self) -> bool:
        return not (self.broken or self.unanswered or self.late or self.alive)


def is_alive(answer: "Answer") -> bool:
    """Whether what was typed came back as an element or an attribute of the page."""
    from benchmarks.fuzz_inputs import LIVE  # noqa: PLC0415

    if not answer.headers.get("content-type", "").startswith("text/html"):
        return False
    return re.search(rf"<{LIVE}|[\"'] {LIVE}=", answer.text) is not None


def main(inputs: int, seed: int, people: int) -> int:
    with live_site("fuzz") as live:
        from tests.test_access_matrix import whole_scene  # noqa: PLC0415  models need Django

        scene, seen, numbers = whole_scene(), Seen(), count(1)
        pages = addresses(scene)
        keep(live)
        with live.served():
            workers = live.workers()
            start = time.monotonic()
            while len(seen.seconds) < inputs:
                restore(live)
                targets = list(found(live, scene, pages))
                say(f"{len(seen.seconds)} inputs, {time.monotonic() - start:.0f} s, {len(targets)} pages")
                each = min(max(1, -(-(inputs - len(seen.seconds)) // len(targets))), 19)
                hammer(live, targets, each, seed, numbers, seen, people)
                sweep(live, scene, pages, seen)
            alive = live.workers() == workers and live.health() == 200  # noqa: PLR2004
        report(seen, time.monotonic() - start, alive=alive, log=live.log.read_text())
    return 0 if seen.is_clean and alive else 1


def hammer(
    live: LiveSite, targets: "list[Target]", each: int, seed: int, numbers: Iterator[int], seen: Seen, people: int
) -> None:
    """Each page gets so many inputs, from several people at once; those that close doors come last."""
    first = [(next(numbers), target) for target in targets if not LAST.search(target.name) for _ in range(each)]
    last = [(next(numbers), target) for target in targets if LAST.search(target.name) for _ in range(each)]
    random.Random(seed).shuffle(first)  # noqa: S311 - repeatable
    for work in (iter(first), iter(last)):
        lock = threading.Lock()

        def person(work: "Iterator[tuple[int, Target]]" = work, lock: threading.Lock = lock) -> None:
            while True:
                with lock:
                    one = next(work, None)
                if one is None:
                    return
                try_one(live, *one, seed, seen)

        threads = [threading.Thread(target=person) for _ in range(people)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def try_one(live: LiveSite, number: int, target: "Target", seed: int, seen: Seen) -> None:
    from benchmarks.fuzz_inputs import MAKERS  # noqa: PLC0415
    from benchmarks.live_client import send  # noqa: PLC0415

    make = MAKERS[number % len(MAKERS)]
    request = make(random.Random(f"{seed}-{number}"), target)  # noqa: S311 - repeatable
    answer = send(live.port, request)
    seen.add(f"{target.name} {make.__name__} number {number}, {len(request)} bytes", make.__name__, answer)


def addresses(scene: "Scene") -> "list[tuple[Row, list[str]]]":
    """Of each page, while everything that they name is there."""
    from tests.test_access_matrix import rows  # noqa: PLC0415
    from tests.test_bad_input_fuzz import paths  # noqa: PLC0415

    return [(row, paths(scene, row)) for row in rows()]


def found(live: LiveSite, scene: "Scene", pages: "list[tuple[Row, list[str]]]") -> "Iterator[Target]":
    """Every address that takes answers, with somebody who may send them and what its page would send as it stands."""
    from accounts.models import User  # noqa: PLC0415
    from benchmarks.fuzz_inputs import Target  # noqa: PLC0415
    from benchmarks.live_client import get, session_of  # noqa: PLC0415
    from tests.drafting.scenario_walk import Walk  # noqa: PLC0415
    from tests.elements import Page  # noqa: PLC0415
    from tests.test_bad_input_fuzz import users  # noqa: PLC0415

    for row, paths in pages:
        nobody = row.name in {"account_login", "choose_password"}
        for user in [None] if nobody else users(scene, row):
            for path in paths:
                session = session_of(user) if user else ""
                answer = get(live.port, path, session)
                walk = Walk(User())
                walk.page = Page(answer.text if answer.status == 200 else "")  # noqa: PLR2004
                shown = walk.shown()
                fields = {name: shown.get(name, [""]) for name in sorted({*shown, *walk.names_on_page()})}
                fields.pop("csrfmiddlewaretoken", None)
                yield Target(row.name, path, session, fields)


def sweep(live: LiveSite, scene: "Scene", pages: "list[tuple[Row, list[str]]]", seen: Seen) -> None:
    """Every page is read once more: nothing that was kept comes alive either."""
    from benchmarks.live_client import get, session_of  # noqa: PLC0415
    from tests.test_access_matrix import PEOPLE  # noqa: PLC0415

    everybody = dict(zip(PEOPLE, scene.people(), strict=True))
    sessions: dict[str, str] = {}
    for row, paths in pages:
        readers = [name for name, answer in zip(PEOPLE, row.get, strict=True) if answer == "." and everybody[name]]
        for name in readers[:1]:
            user = everybody[name]
            sessions[name] = sessions.get(name) or (session_of(user) if user else "")
            for path in paths:
                answer = get(live.port, path, sessions[name])
                if is_alive(answer) or answer.status >= SERVER_ERROR or not answer.status:
                    seen.add(f"{row.name} read afterwards", "read afterwards", answer)


def keep(live: LiveSite) -> None:
    _away_from(live, "kept", "fuzz")


def restore(live: LiveSite) -> None:
    _away_from(live, "fuzz", "kept")


def _away_from(live: LiveSite, name: str, template: str) -> None:
    from django.db import connection  # noqa: PLC0415

    connection.close()
    for line in (
        f"DROP DATABASE IF EXISTS {name} WITH (FORCE)",
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{template}'",  # noqa: S608 - ours
        f"CREATE DATABASE {name} TEMPLATE {template} OWNER {live.site.roles['owner']}",
        f"REVOKE CONNECT, TEMPORARY ON DATABASE {name} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {name} TO {live.site.roles['runtime']}",
    ):
        live.site.psql(live.server.url, "-o", "/dev/null", "-c", line)


def report(seen: Seen, seconds: float, *, alive: bool, log: str) -> None:
    took = sorted(seen.seconds)
    say(f"{len(took)} inputs in {seconds:.0f} s, {dict(sorted(seen.statuses.items()))}")
    median, most = took[len(took) // 2], took[-len(took) // 100]
    say(f"median {1000 * median:.0f} ms, 99 of 100 within {1000 * most:.0f} ms, longest {took[-1]:.2f} s")
    say(f"{seen.signed_out} sent to sign in; kinds: {dict(seen.kinds)}")
    for what, lines in {
        "500 or more": seen.broken, "without an answer": seen.unanswered, f"over {LATEST:.0f} s": seen.late,
        "alive": seen.alive,
    }.items():  # fmt: skip
        say(f"{what}: {len(lines)}")
        say("".join(f"  {line}\n" for line in lines[:SHOWN]).rstrip("\n") or "  none")
    say(f"the same workers serve at the end: {alive}; lines in the site's log: {len(log.splitlines())}")
    say("\n".join(sorted({line for line in log.splitlines() if "Error" in line or "rror " in line})[:SHOWN]))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--inputs", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--people", type=int, default=4)
    sys.exit(main(**vars(parser.parse_args())))
