"""`kill -9` again and again while people submit: is everything there that was acknowledged, once, and in the audit log?

    python -m benchmarks.kill workers|postgresql [--acknowledged 5000] [--people 8] [--drafts 20] [--control]

`workers` kills gunicorn's; `postgresql` kills in turn the process that listens and one that answers the site. With
--control PostgreSQL acknowledges before it has written (synchronous_commit=off): then something must be lost, or this
benchmark would find nothing. Nobody starts the site again by hand. docs/robustness.md has the figures.
"""

import argparse
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from benchmarks.live_site import LiveSite, kill, live_site
from benchmarks.scale import say

if TYPE_CHECKING:
    from benchmarks.kill_people import Acknowledged, Person

# How much is acknowledged from one kill to the next, at most: as hard where others use the machine. Then a moment more.
BETWEEN = {"workers": 50, "postgresql": 100}
MOMENT = 0.5
SHOWN = 5
CONTROL = "-c synchronous_commit=off"


def main(what: str, acknowledged: int, people: int, drafts: int, *, control: bool) -> int:
    with live_site("kill", settings=CONTROL if control else "") as live:
        from benchmarks.kill_found import found  # noqa: PLC0415  models need Django
        from benchmarks.kill_people import Acknowledged  # noqa: PLC0415

        crowd, heard, kills = list(_people(live, people, drafts)), Acknowledged(), Counter[str]()
        back: list[float] = []
        start = time.monotonic()
        with ExitStack() as stack:
            stack.enter_context(live.server.kept_up())
            stack.enter_context(live.served())
            with _killing(what, live, heard, kills, back):
                _together(crowd, heard, lambda: heard.count >= acknowledged)
            took = time.monotonic() - start
            live.wait()
        faults = found(heard)
        _print(heard, kills, took, back, live.server.starts)
        for name, lines in faults.items():
            say(f"{name}: {len(lines)} {lines[:SHOWN]}")
        verified = live.site.manage("runtime", "verify_ledger").strip()
        say(verified)
    return 1 if any(faults.values()) or heard.given_up else 0


def _people(live: LiveSite, people: int, drafts: int) -> "Iterator[Person]":
    """Each with drafts that are filled in and not recorded."""
    from django.db import connection  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from benchmarks.kill_people import Person  # noqa: PLC0415
    from benchmarks.load_people import Crowd  # noqa: PLC0415
    from tests.drafting.scenario_cases import NOT_SHARE_ROUTE, s02  # noqa: PLC0415
    from tests.drafting.scenario_walk import Walk  # noqa: PLC0415

    crowd, now = Crowd.of(people), timezone.now()
    for number, user in enumerate(crowd.people):
        if number == 0:
            continue  # a supervisor
        decisions = []
        for _ in range(drafts):
            walk = Walk(user)
            walk.begin("ASKED", crowd.families[number % len(crowd.families)], crowd.cast.team)
            walk.skip(s02(now), *NOT_SHARE_ROUTE)
            decisions.append(walk.decision)
        yield Person(number, live.port, user, crowd.cast.supervisor, decisions)
    connection.close()


def _together(crowd: "list[Person]", heard: "Acknowledged", is_over: Callable[[], bool]) -> None:
    threads = [threading.Thread(target=person.work, args=(heard, is_over)) for person in crowd]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        time.sleep(20)
        say(f"{heard.count} acknowledged")
    for thread in threads:
        thread.join()


@contextmanager
def _killing(
    what: str, live: LiveSite, heard: "Acknowledged", kills: Counter[str], back: list[float]
) -> Iterator[None]:
    over, given = threading.Event(), random.Random(what)  # noqa: S311 - repeatable

    def go_on() -> None:
        due = 0
        while not over.wait(given.uniform(0, MOMENT)):
            if heard.count >= due:
                name, process = _victim(what, live, given)
                kills[name] += kill(process)
                back.append(live.wait())
                due = heard.count + given.randint(1, BETWEEN[what])

    killer = threading.Thread(target=go_on)
    killer.start()
    try:
        yield
    finally:
        over.set()
        killer.join()


def _victim(what: str, live: LiveSite, given: random.Random) -> tuple[str, int]:
    if what == "workers":
        return "gunicorn worker", given.choice(live.workers() or [0])
    if given.random() < 0.5:  # noqa: PLR2004
        return "postmaster", live.server.postmaster
    return "backend", given.choice(live.server.backends() or [0])


def _print(heard: "Acknowledged", kills: Counter[str], took: float, back: list[float], starts: int) -> None:
    say(f"killed {dict(kills)}, PostgreSQL started {starts} times, back after {max(back, default=0):.1f} s at most")
    say(f"{heard.count} acknowledged in {took:.0f} s: { {kind: len(tokens) for kind, tokens in heard.tokens.items()} }")
    say(f"not answered, and sent again: {dict(heard.unanswered)}")
    say(f"never acknowledged: {heard.given_up[:SHOWN]}, refused: {len(heard.refused)}")
    for text in list(heard.refused.values())[:1]:
        say(text)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=sorted(BETWEEN))
    parser.add_argument("--acknowledged", type=int, default=5_000)
    parser.add_argument("--people", type=int, default=8)
    parser.add_argument("--drafts", type=int, default=20)
    parser.add_argument("--control", action="store_true")
    sys.exit(main(**vars(parser.parse_args())))
