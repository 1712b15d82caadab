"""The scenario files themselves: every key is read, and every test they name is there."""

import ast
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import pytest

from rules.findings import FINDING_TYPES
from tests.scenarios.changes import apply
from tests.scenarios.files import BadScenario, Expectation, expectation, lines, read, scenarios
from tests.sources import parsed

ROOT = Path(__file__).resolve().parents[2]
ALL = list(lines())
WHOLE = [one for _, _, one in ALL]
NAMED = sorted({node for _, _, one in ALL for node in one.proved_by})


@cache
def _tests_in(path: Path) -> set[str]:
    """The node ids of a file's tests, without what they are parametrised by."""
    tree, name = parsed(path), path.relative_to(ROOT).as_posix()
    found = {f"{name}::{node.name}" for node in tree.body if isinstance(node, ast.FunctionDef)}
    for one in tree.body:
        if isinstance(one, ast.ClassDef):
            found |= {f"{name}::{one.name}::{node.name}" for node in one.body if isinstance(node, ast.FunctionDef)}
    return {node for node in found if node.rpartition("::")[2].startswith("test_")}


def codes(one: Expectation) -> set[str]:
    names = (*one.blocks, *one.warns, *one.not_found, *one.says, *(one.exactly or ()))
    return {name.partition("@")[0] for name in names}


def test_each_named_test_is_there() -> None:
    assert [node for node in NAMED if not (ROOT / node.partition("::")[0]).is_file()] == []
    assert [node for node in NAMED if node not in _tests_in(ROOT / node.partition("::")[0])] == []


def test_each_line_has_something_that_proves_it() -> None:
    for one in WHOLE:
        assert one.line.strip()
        assert one.by_rules or one.proved_by, f"{one.line}: nobody would notice if it were not so"
        assert codes(one) <= set(FINDING_TYPES), one.line
        looked_at = one.by_rules or not (one.changed or one.falls_with or one.falls_without)
        assert looked_at, f"{one.line}: changed, and nothing is looked at"


def test_every_scenario_has_its_file() -> None:
    keys = [expected.key for expected in scenarios()]
    assert keys == sorted([*(f"S{number:02}" for number in range(1, 13)), "S18_first", "S18_second", "S19", "X"])
    assert all(expected.title and expected.expect for expected in scenarios())
    assert len({expected.title for expected in scenarios()}) == len(keys)


def test_a_line_is_said_once_in_a_scenario() -> None:
    for scenario in scenarios():
        said = [expected.line for expected in scenario.expect]
        assert sorted(set(said)) == sorted(said), scenario.key


class TestWhatIsRefused:
    def test_a_key_that_nothing_reads(self) -> None:
        with pytest.raises(BadScenario, match=r"nothing reads block$"):
            expectation({"line": "it is refused", "block": ["WHY_NOW"]})

    def test_a_line_without_words(self) -> None:
        with pytest.raises(BadScenario, match="line"):
            expectation({"blocks": ["WHY_NOW"]})

    @pytest.mark.parametrize("more", ["expectations = []", "warned = []"])
    def test_a_file_with_more_in_it(self, tmp_path: Path, more: str) -> None:
        path = tmp_path / "S99.toml"
        path.write_text(f'title = "x"\nwarns = []\nexpect = []\n{more}\n[facts]\n')
        with pytest.raises(BadScenario, match="nothing reads it"):
            read(path)

    def test_a_file_with_less_in_it(self, tmp_path: Path) -> None:
        path = tmp_path / "S99.toml"
        path.write_text('title = "x"\nexpect = []\n[facts]\n')
        with pytest.raises(BadScenario, match="warns is missing"):
            read(path)


class TestChanges:
    FACTS: ClassVar[dict[str, Any]] = {
        "why_now": "today",
        "people": [{"ref": "P1", "informing": {"state": "TOLD_BEFORE"}}, {"ref": "P2"}],
        "basis": [{"code": "S1_P18", "person_ref": "P1"}, {"code": "S1_P18"}],
    }

    def made(self, **how: object) -> dict[str, object]:
        given = {"change": {}, "add": {}, "remove": (), **how}
        return apply(self.FACTS, **given)  # type: ignore[arg-type]  # each test names what it is about

    def test_the_facts_themselves_stay(self) -> None:
        assert self.made(change={"people.*.age": 4})["people"] == [
            {**person, "age": 4} for person in self.FACTS["people"]
        ]
        assert "age" not in self.FACTS["people"][0]

    def test_a_row_is_found_by_its_name(self) -> None:
        people = self.made(change={"people.P2.informing.state": "DEFERRED"})["people"]
        assert people == [self.FACTS["people"][0], {"ref": "P2", "informing": {"state": "DEFERRED"}}]

    def test_a_persons_row_of_law_is_not_the_decisions(self) -> None:
        assert self.made(remove=("basis.S1_P18@P1",))["basis"] == [{"code": "S1_P18"}]
        assert self.made(remove=("basis.S1_P18",))["basis"] == [{"code": "S1_P18", "person_ref": "P1"}]

    def test_added_then_changed(self) -> None:
        made = self.made(add={"items": [{"ref": "I1"}]}, change={"items.I1.text": "said"})
        assert made["items"] == [{"ref": "I1", "text": "said"}]

    @pytest.mark.parametrize("path", ["people.P3", "people.P3.age", "basis.ART6_E", "why_not"])
    def test_nobody_there_to_change(self, path: str) -> None:
        with pytest.raises(BadScenario, match="no"):
            self.made(remove=(path,))
