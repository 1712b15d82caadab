"""What a worker leaves out of its reports, and for whom it leaves out nothing."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.brief_workers import Brief, pytest_plugin_registered


class WorkerInteractor:
    """As xdist's, and of the same name."""

    def __init__(self, **asked: object) -> None:
        self.heard: list[str] = []
        self.config = SimpleNamespace(
            option=SimpleNamespace(**{"verbose": -1, "durations": None, "xmlpath": None, **asked})
        )

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self.heard.append(f"{nodeid} began")

    def pytest_runtest_logreport(self, report: Any) -> None:
        self.heard.append(f"{report.when} {report.outcome}")

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        self.heard.append(f"{nodeid} ended")


def heard(worker: WorkerInteractor, outcomes: dict[str, str]) -> list[str]:
    manager = pytest.PytestPluginManager()
    manager.register(worker)
    pytest_plugin_registered(worker, manager)
    manager.hook.pytest_runtest_logstart(nodeid="it", location=("", 0, ""))
    for when, outcome in outcomes.items():
        report = SimpleNamespace(when=when, outcome=outcome, passed=outcome == "passed")
        manager.hook.pytest_runtest_logreport(report=report)
    manager.hook.pytest_runtest_logfinish(nodeid="it", location=("", 0, ""))
    return worker.heard


WELL = {"setup": "passed", "call": "passed", "teardown": "passed"}


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        (WELL, ["call passed"]),
        ({**WELL, "call": "failed"}, ["call failed"]),
        ({"setup": "failed", "teardown": "passed"}, ["setup failed"]),
        ({"setup": "skipped", "teardown": "passed"}, ["setup skipped"]),
        ({**WELL, "teardown": "failed"}, ["call passed", "teardown failed"]),
    ],
)
def test_it_says_what_came_of_the_test_and_what_went_wrong(outcomes: dict[str, str], said: list[str]) -> None:
    assert heard(WorkerInteractor(), outcomes) == said


@pytest.mark.parametrize("asked", [{"verbose": 1}, {"durations": 10}, {"xmlpath": "results.xml"}])
def test_it_says_all_to_whoever_asks_for_it(asked: dict[str, object]) -> None:
    everything = ["it began", "setup passed", "call passed", "teardown passed", "it ended"]
    assert sorted(heard(WorkerInteractor(**asked), WELL)) == sorted(everything)


def test_others_are_left_as_they_are() -> None:
    manager = pytest.PytestPluginManager()
    plugin = SimpleNamespace()
    pytest_plugin_registered(plugin, manager)
    assert not any(isinstance(each, Brief) for each in manager.get_plugins())
