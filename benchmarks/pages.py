"""What each page costs the server beside a bare page of the same base template, in CPU time and in one run.

    python -m benchmarks.pages [part of a page's name]

Milliseconds depend on the machine; the ratio hardly does. No test asserts either: tests/test_query_counts.py asserts
the queries. The database is a temporary SQLite file with ten recorded
decisions and two drafts whose pages are all done.
"""

import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ROUNDS = 30
GOAL, GOAL_OF_A_FORM = 6, 10
BARE, FORM, CHECK = "bare page", "form: ", "check"


@dataclass
class Measured:
    """Milliseconds of CPU time, one number a round."""

    name: str
    rounds: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.rounds)


def measure(asks: dict[str, Callable[[], object]], rounds: int) -> list[Measured]:
    """Every page once a round, so that a slow moment of the machine falls on all of them alike."""
    measured = {name: Measured(name) for name in asks}
    for ask in asks.values():
        ask()
    for _ in range(rounds):
        for name, ask in asks.items():
            start = time.process_time()
            ask()
            measured[name].rounds.append((time.process_time() - start) * 1000)
    return list(measured.values())


def table(measured: list[Measured], bare: str) -> list[str]:
    """One line a page, the ratio to the bare page in it and whether that is more than the goal."""
    bare_median = next(page.median for page in measured if page.name == bare)
    lines = ["page | CPU, ms | times a bare page"]
    for page in measured:
        goal = GOAL_OF_A_FORM if page.name.startswith((FORM, CHECK)) else GOAL
        ratio = page.median / bare_median
        lines.append(f"{page.name} | {page.median:.1f} | {ratio:.1f}{'  over' if ratio > goal else ''}")
    return lines


def prepare(folder: str) -> None:
    """Django with the settings of the tests, on a new database in this folder."""
    os.environ["TEST_DATABASE_URL"] = f"sqlite:///{Path(folder) / 'pages.sqlite3'}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django  # noqa: PLC0415  after the settings are named
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    settings.ROOT_URLCONF = "benchmarks.page_urls"
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)


def main(part: str = "") -> int:
    with tempfile.TemporaryDirectory(prefix="safeguarding-pages-") as folder:
        prepare(folder)
        from benchmarks.page_scene import asks  # noqa: PLC0415  models need Django

        wanted = {name: ask for name, ask in asks(BARE, FORM).items() if part in name or name == BARE}
        sys.stdout.write(f"Python {platform.python_version()}, {platform.machine()}, SQLite, {ROUNDS} rounds\n")
        sys.stdout.write("\n".join(table(measure(wanted, ROUNDS), BARE)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
