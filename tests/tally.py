"""A pytest plugin of ./run test: leaves the figures of one run where tests/engines.py reads them."""

import json
import os
from pathlib import Path

import pytest


def browser_state(ran: int, kept_from_running: int) -> str:
    if ran:
        return "ran"
    return "NOT RUN" if kept_from_running else "no tests"


def figures(stats: dict[str, list[object]]) -> dict[str, object]:
    """Counts by outcome, and whether any browser test came as far as its own body."""
    reports = {
        outcome: [report for report in stats.get(outcome, []) if isinstance(report, pytest.TestReport)]
        for outcome in ("passed", "failed", "error", "skipped", "xfailed", "xpassed")
    }
    browser = {outcome: sum("browser" in report.keywords for report in found) for outcome, found in reports.items()}
    return {
        **{outcome: len(found) for outcome, found in reports.items()},
        "browser": browser_state(browser["passed"] + browser["failed"], browser["skipped"] + browser["error"]),
    }


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    path = os.environ.get("TALLY")
    if path:
        Path(path).write_text(json.dumps(figures(terminalreporter.stats)))
