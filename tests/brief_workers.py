"""What a worker sends to whoever started it: the outcome of each test, and what went wrong around it.

That a test began, was set up, was torn down and ended well makes five messages more of each, which nobody shows: to
write, send and read them takes longer than most pure tests.
"""

from typing import Any

import pytest

UNSAID = ("pytest_runtest_logstart", "pytest_runtest_logfinish", "pytest_runtest_logreport")


class Brief:
    """Stands before the part of xdist that reports from a worker."""

    def __init__(self, worker: Any) -> None:
        self.worker = worker

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or not report.passed:
            self.worker.pytest_runtest_logreport(report)


def pytest_plugin_registered(plugin: Any, manager: pytest.PytestPluginManager) -> None:
    """For tests/conftest.py. Whoever asks for more than dots is told all of it."""
    if type(plugin).__name__ == "WorkerInteractor" and not asks_for_more(plugin.config.option):
        for name in UNSAID:
            getattr(manager.hook, name)._remove_plugin(plugin)
        manager.register(Brief(plugin))


def asks_for_more(option: Any) -> bool:
    return option.verbose > 0 or option.durations is not None or option.xmlpath is not None
