"""Each expected line of each scenario, by the rules and by the command; and that each of them could fail."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from rules.assess import assess
from rules.facts_file.reader import as_json, facts_from
from tests.scenarios.changes import changed, fallen
from tests.scenarios.files import Expectation, Scenario, lines, scenarios
from tests.scenarios.proofs import complaints, name_of

SCENARIOS = [pytest.param(expected, id=expected.key) for expected in scenarios()]
BY_RULES = [pytest.param(scenario, one, id=key) for key, scenario, one in lines() if one.by_rules]


def of_rules(scenario: Scenario) -> list[Expectation]:
    return [one for _, whose, one in lines() if one.by_rules and whose.key == scenario.key]


def command(path: Path, data: dict[str, Any]) -> tuple[int, list[dict[str, str]]]:
    """Exit code and findings of `manage.py assess`."""
    path.write_text(json.dumps(data))
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command("assess", str(path), stdout=out, stderr=err)
    except SystemExit as stop:
        code = int(str(stop.code))
    assert err.getvalue() == ""
    return code, json.loads(out.getvalue())["findings"]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_nothing_blocks_it_and_exactly_these_warn(scenario: Scenario) -> None:
    found = assess(facts_from(dict(scenario.facts)))
    assert [name_of(finding) for finding in found.blocking] == []
    assert sorted(name_of(finding) for finding in found.warnings) == sorted(scenario.warns)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_command_lets_it_through(scenario: Scenario, tmp_path: Path) -> None:
    code, found = command(tmp_path / "facts.json", dict(scenario.facts))
    assert code == 0
    assert sorted({finding["code"] for finding in found}) == sorted({name.partition("@")[0] for name in scenario.warns})


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_it_is_the_same_after_there_and_back(scenario: Scenario) -> None:
    """Nothing in the file is passed over on the way to the rules."""
    facts = facts_from(dict(scenario.facts))
    assert facts_from(json.loads(json.dumps(as_json(facts)))) == facts


@pytest.mark.parametrize(("scenario", "one"), BY_RULES)
def test_line(scenario: Scenario, one: Expectation) -> None:
    assert complaints(changed(scenario.facts, one), one) == [], one.line


@pytest.mark.in_turn(3)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_each_line_could_fail(scenario: Scenario) -> None:
    """What is changed makes the difference, or the line says what it falls with."""
    for one in of_rules(scenario):
        if one.falls_with or one.falls_without:
            assert complaints(fallen(scenario.facts, one), one) != [], f"{one.line}: true with that as well"
        else:
            assert one.changed, f"{one.line}: nothing says what makes it false"
            assert complaints(dict(scenario.facts), one) != [], f"{one.line}: true without the change as well"


@pytest.mark.in_turn(3)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_command_says_the_same_of_its_lines(scenario: Scenario, tmp_path: Path) -> None:
    for one in of_rules(scenario):
        code, found = command(tmp_path / "facts.json", changed(scenario.facts, one))
        names = {each["code"] for each in found} | {f"{each['code']}@{each.get('person')}" for each in found}
        assert set(one.blocks) | set(one.warns) <= names, one.line
        assert not set(one.not_found) & names, one.line
        if one.blocks or one.warns:
            assert code == (1 if one.blocks else 0), one.line
