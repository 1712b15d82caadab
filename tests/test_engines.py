"""The closing line of ./run test tells the truth, and its exit code follows it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests import cluster, engines
from tests.engines import Run

ROOT = Path(__file__).resolve().parents[1]
SQLITE = Run("SQLite", 0, {"passed": 412, "browser": "ran"})
POSTGRES = Run("PostgreSQL", 0, {"passed": 410, "browser": "ran"})
NO_POSTGRES = Run("PostgreSQL", note="NOT RUN (why)")
BOTH_REQUIRED = {"REQUIRE_POSTGRES": "1", "REQUIRE_BROWSER": "1"}


@pytest.mark.parametrize(
    ("run", "line"),
    [
        (SQLITE, "SQLite: 412 passed"),
        (Run("SQLite", 0, {"passed": 3, "skipped": 2}), "SQLite: 3 passed, 2 skipped"),
        (Run("SQLite", 1, {"passed": 3, "failed": 1, "error": 2}), "SQLite: 3 passed, 1 FAILED, 2 ERRORS"),
        (Run("SQLite", 3), "SQLite: 0 passed, STOPPED with code 3"),
        (Run("SQLite", -9, {"passed": 5}), "SQLite: 5 passed, STOPPED with code -9"),
        (Run("SQLite", 5, {"passed": 0}), "SQLite: no tests"),
        (Run("SQLite", 124, note="TOOK TOO LONG"), "SQLite: TOOK TOO LONG"),
        (NO_POSTGRES, "PostgreSQL: NOT RUN (why)"),
    ],
)
def test_line_of_one_engine(run: Run, line: str) -> None:
    assert run.line() == line


@pytest.mark.parametrize("state", ["ran", "NOT RUN", "no tests"])
def test_the_browser_runs_on_the_first_engine_alone(state: str) -> None:
    """Pages do not depend on the engine."""
    assert engines.browser_line([Run("x", 0, {"browser": state}), Run("y", 0, {"browser": "no tests"})]) == state


def test_an_engine_that_is_not_there_says_nothing_of_the_browser() -> None:
    assert engines.browser_line([SQLITE, NO_POSTGRES]) == "ran"


def test_all_well() -> None:
    assert engines.outcome([SQLITE, POSTGRES], BOTH_REQUIRED) == []


@pytest.mark.parametrize("code", [1, 2, 3, 4, 124, -9])
def test_any_bad_end_fails(code: int) -> None:
    assert engines.outcome([SQLITE, Run("PostgreSQL", code)], {}) == ["PostgreSQL failed"]


def test_missing_postgres_fails_only_where_it_is_required() -> None:
    assert engines.outcome([SQLITE, NO_POSTGRES], {}) == []
    assert engines.outcome([SQLITE, NO_POSTGRES], {"REQUIRE_POSTGRES": "1"}) == [
        "REQUIRE_POSTGRES=1 and PostgreSQL did not run"
    ]


@pytest.mark.parametrize("state", ["NOT RUN", "no tests"])
def test_missing_browser_fails_only_where_it_is_required(state: str) -> None:
    without = Run("SQLite", 0, {"passed": 410, "browser": state})
    assert engines.outcome([without, POSTGRES], {}) == []
    assert engines.outcome([without, POSTGRES], {"REQUIRE_BROWSER": "1"}) == [
        "REQUIRE_BROWSER=1 and the browser did not run"
    ]


def test_tests_of_one_engine_only_are_enough_for_both() -> None:
    assert engines.outcome([Run("SQLite", engines.NO_TESTS), POSTGRES], {}) == []


def test_nothing_run_is_no_success() -> None:
    nothing = [Run("SQLite", engines.NO_TESTS), Run("PostgreSQL", engines.NO_TESTS)]
    assert engines.outcome(nothing, {}) == ["no test ran at all"]


@pytest.mark.parametrize(
    ("given", "passed_on"),
    [
        ([], []),
        (["-k", "x", "-m", "sqlite"], ["-k", "x", "-m", "sqlite"]),
        (["--no-browser"], ["-m", "not browser"]),
        (["tests/audit", "--no-browser", "-x"], ["tests/audit", "-x", "-m", "not browser"]),
        (["--no-browser", "-m", "a or b", "-x"], ["-m", "(a or b) and not browser", "-x"]),
        (["--no-browser", "-m"], ["-m", "-m", "not browser"]),
        (["--fast", "--no-browser"], ["--fast"]),
    ],
)
def test_arguments(given: list[str], passed_on: list[str]) -> None:
    assert engines.arguments(given) == passed_on


def stand_in(monkeypatch: pytest.MonkeyPatch, *runs: Run) -> list[list[str]]:
    """engines.main with pytest itself left out; returns the arguments each engine was given."""
    asked: list[list[str]] = []
    waiting = list(runs)

    def next_run(*arguments: object) -> Run:
        given = arguments[-1]
        assert isinstance(given, list)
        asked.append(given)
        return waiting.pop(0)

    monkeypatch.setattr(engines, "run_pytest", next_run)
    monkeypatch.setattr(engines, "run_postgres", next_run)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    for name in BOTH_REQUIRED:
        monkeypatch.delenv(name, raising=False)
    return asked


def test_both_engines_are_asked_the_same(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    asked = stand_in(monkeypatch, SQLITE, POSTGRES)
    assert engines.main(["-k", "ledger"]) == 0
    assert asked == [["-k", "ledger"], ["-k", "ledger"]]
    assert capsys.readouterr().out == "\nSQLite: 412 passed · PostgreSQL: 410 passed · browser: ran\n"


def test_the_fast_tests_need_no_engine(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    asked = stand_in(monkeypatch, Run("No database", 0, {"passed": 9}))
    assert engines.main(["--fast"]) == 0
    assert asked == [["--fast", "--ignore=tests/browser", "-p", "no:playwright", "-p", "no:base_url"]]
    assert capsys.readouterr().out == "\nNo database: 9 passed · browser: no tests\n"


def test_failure_is_said_last(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    stand_in(monkeypatch, Run("SQLite", 1, {"passed": 411, "failed": 1, "browser": "ran"}), POSTGRES)
    assert engines.main([]) == 1
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "SQLite: 411 passed, 1 FAILED · PostgreSQL: 410 passed · browser: ran",
        "FAILED: SQLite failed",
    ]


def test_ctrl_c_in_one_engine_spares_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = stand_in(monkeypatch, Run("SQLite", engines.INTERRUPTED, {"passed": 7}))
    assert engines.main([]) == 1
    assert len(asked) == 1


def test_no_server_and_no_programs_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    monkeypatch.setattr(cluster, "binaries", lambda: None)
    run = engines.run_postgres([])
    assert run.code is None
    assert run.line().startswith("PostgreSQL: NOT RUN (no TEST_DATABASE_URL")


def test_a_server_that_does_not_start_is_a_failure_that_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> None:
        raise cluster.ClusterError("no space left")

    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    monkeypatch.setattr(cluster, "binaries", lambda: Path("/nowhere"))
    monkeypatch.setattr(cluster, "cluster", refuse)
    run = engines.run_postgres([])
    assert run.failed
    assert run.line() == "PostgreSQL: COULD NOT START: no space left"


def test_the_named_server_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[tuple[str, str, list[str]]] = []

    def run_pytest(engine: str, url: str, given: list[str]) -> Run:
        called.append((engine, url, given))
        return POSTGRES

    monkeypatch.setenv("TEST_DATABASE_URL", "postgres://ada@db.test/x")
    monkeypatch.setattr(engines, "run_pytest", run_pytest)
    assert engines.run_postgres(["-x"]) is POSTGRES
    passed_on = ["-x", "-m", "not browser", *engines.WITHOUT_BROWSER, "--no-pure"]
    assert called == [("PostgreSQL", "postgres://ada@db.test/x", passed_on)]


@pytest.mark.slow
@pytest.mark.sqlite
def test_a_suite_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "LIMIT_SECONDS", 0)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        assert engines.wait(process) == 124


@pytest.mark.slow
def test_a_real_run_leaves_its_figures(tmp_path: Path) -> None:
    """One run of pytest with the plugin, on tests of every outcome."""
    (tmp_path / "conftest.py").write_text("")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = browser\n")
    (tmp_path / "test_all.py").write_text(
        "import pytest\n"
        "def test_good(): pass\n"
        "def test_bad(): assert 0\n"
        "@pytest.mark.browser\ndef test_browser(): pytest.skip('none found')\n"
        "@pytest.fixture\ndef broken(): assert 0\n"
        "def test_error(broken): pass\n"
    )
    tally = tmp_path / "tally.json"
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.tally", "-p", "no:django", "-q", "--rootdir", tmp_path, tmp_path],
        env={**os.environ, "TALLY": str(tally), "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 1, result.stdout + result.stderr
    assert tally.read_text() == (
        '{"passed": 1, "failed": 1, "error": 1, "skipped": 1, "xfailed": 0, "xpassed": 0, "browser": "NOT RUN"}'
    )
