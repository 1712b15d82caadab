"""./run test: pytest once per database engine, and a closing line that says what really ran.

    ./run test [--fast] [--no-browser] [pytest arguments]

SQLite always; PostgreSQL on the server TEST_DATABASE_URL names, else on a private one where its
programs are installed. Browser tests look at pages, and pure tests need no database: no engine changes them, so they
run on SQLite alone.
--fast runs the pure tests, which need no engine at all. REQUIRE_POSTGRES=1 and REQUIRE_BROWSER=1 make a
missing one a failure; THOROUGH=1 tries more examples (tests/conftest.py).
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from tests import cluster

ROOT = Path(__file__).resolve().parent.parent
NO_TESTS = 5
INTERRUPTED = 2
# A suite that takes longer than this hangs.
LIMIT_SECONDS = int(os.environ.get("TEST_LIMIT_SECONDS", "3600"))
GRACE_SECONDS = 20
# A worker a core, each with a database of its own; whoever finishes first takes over work. Not under a debugger.
WORKERS = ("-n", "auto", "--dist", "worksteal")
# No test in a browser is pure: to collect them, or to load what drives a browser, costs a second or more.
WITHOUT_BROWSER = ("--ignore=tests/browser", "-p", "no:playwright", "-p", "no:base_url")
ALONE = frozenset({"-n", "--pdb", "--trace", "--collect-only", "--co"})
WORDS = {"failed": "FAILED", "error": "ERRORS", "xpassed": "unexpectedly passed", "skipped": "skipped"}


@dataclass(frozen=True)
class Run:
    """What came of one engine; `note` stands for the figures when there are none."""

    engine: str
    code: int | None = None
    figures: dict[str, object] = field(default_factory=dict)
    note: str = ""

    @property
    def failed(self) -> bool:
        return self.code not in {None, 0, NO_TESTS}

    @property
    def browser(self) -> str:
        return str(self.figures.get("browser", "no tests"))

    def line(self) -> str:
        if self.note:
            return f"{self.engine}: {self.note}"
        if self.code == NO_TESTS:
            return f"{self.engine}: no tests"
        counts = [f"{self.figures.get('passed', 0)} passed"]
        counts += [f"{self.figures[key]} {word}" for key, word in WORDS.items() if self.figures.get(key)]
        if self.failed and len(counts) == 1:
            counts.append(f"STOPPED with code {self.code}")
        return f"{self.engine}: {', '.join(counts)}"


def arguments(given: list[str]) -> list[str]:
    """pytest's arguments; --no-browser joins any -m already there, for pytest hears only the last."""
    if "--no-browser" not in given or "--fast" in given:
        return [argument for argument in given if argument != "--no-browser"]
    rest = [argument for argument in given if argument != "--no-browser"]
    if "-m" not in rest[:-1]:
        return [*rest, "-m", "not browser"]
    at = rest.index("-m") + 1
    return [*rest[:at], f"({rest[at]}) and not browser", *rest[at + 1 :]]


def wait(process: subprocess.Popen[bytes]) -> int:
    """pytest hears Ctrl-C itself and says what it had; it is killed only if it does not end."""
    limit = LIMIT_SECONDS
    while True:
        try:
            return process.wait(timeout=limit)
        except KeyboardInterrupt:
            limit = GRACE_SECONDS
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return 124
        except SystemExit:
            process.terminate()
            process.wait(timeout=GRACE_SECONDS)
            raise


def run_pytest(engine: str, url: str, given: list[str]) -> Run:
    say(f"== {engine}")
    with tempfile.TemporaryDirectory(prefix="safeguarding-tests-", ignore_cleanup_errors=True) as work:
        tally = Path(work) / "tally.json"
        environment = {**os.environ, "TEST_DATABASE_URL": url, "TALLY": str(tally), "TMPDIR": work}
        # Each worker would compile every test again, and each program that a test starts the whole site.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        command = [sys.executable, "-m", "pytest", "-p", "tests.tally", "-o", "faulthandler_timeout=300"]
        command += [*(() if ALONE.intersection(given) else WORKERS), *given]
        code = wait(subprocess.Popen(command, cwd=ROOT, env=environment))
        figures = json.loads(tally.read_text()) if tally.exists() else {}
    return Run(engine, code, figures, "TOOK TOO LONG" if code == 124 else "")


def run_postgres(given: list[str]) -> Run:
    url = os.environ.get("TEST_DATABASE_URL", "")
    programs = cluster.binaries()
    if not url and programs is None:
        return Run("PostgreSQL", note="NOT RUN (no TEST_DATABASE_URL, and its programs are not installed)")
    with ExitStack() as stack:
        try:
            address = url or (stack.enter_context(cluster.cluster(programs)) if programs else "")
        except (cluster.ClusterError, LookupError, OSError, subprocess.SubprocessError) as error:
            return Run("PostgreSQL", 1, note=f"COULD NOT START: {error}")
        return run_pytest("PostgreSQL", address, on_another_engine(given))


def on_another_engine(given: list[str]) -> list[str]:
    """Without what no engine changes: pages in a browser, and tests that need no database."""
    return [*arguments([*given, "--no-browser"]), *WITHOUT_BROWSER, "--no-pure"]


def browser_line(runs: list[Run]) -> str:
    """What became of the browser tests of the first engine: no other has any."""
    return next((run.browser for run in runs if run.code is not None), "no tests")


def outcome(runs: list[Run], required: dict[str, str]) -> list[str]:
    """Every reason to fail, in words."""
    reasons = [f"{run.engine} failed" for run in runs if run.failed]
    if all(run.code in {None, NO_TESTS} for run in runs):
        reasons.append("no test ran at all")
    if required.get("REQUIRE_POSTGRES") == "1" and any(run.code is None for run in runs):
        reasons.append("REQUIRE_POSTGRES=1 and PostgreSQL did not run")
    if required.get("REQUIRE_BROWSER") == "1" and browser_line(runs) != "ran":
        reasons.append("REQUIRE_BROWSER=1 and the browser did not run")
    return reasons


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - a command's own words


def stop(number: int, _frame: FrameType | None) -> None:
    """An order to stop becomes an exception, so that every `finally` has its turn."""
    raise SystemExit(128 + number)


def main(given: list[str]) -> int:
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGHUP, stop)
    passed_on = arguments(given)
    fast = "--fast" in given
    first = ("No database", [*passed_on, *WITHOUT_BROWSER]) if fast else ("SQLite", passed_on)
    runs = [run_pytest(first[0], "", first[1])]
    if runs[0].code != INTERRUPTED and not fast:
        runs.append(run_postgres(passed_on))
    reasons = outcome(runs, dict(os.environ))
    say("")
    say(" · ".join([*(run.line() for run in runs), f"browser: {browser_line(runs)}"]))
    for reason in reasons:
        say(f"FAILED: {reason}")
    return 1 if reasons else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
