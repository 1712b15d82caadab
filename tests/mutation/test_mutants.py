"""The taking out itself: every rule has its mutants, each is what it says, and a change that is none is not noticed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rules import assess, basis
from tests.mutation.equal import equal
from tests.mutation.mutants import RULES, mutants, mutants_of, rule_modules
from tests.mutation.tried import as_it_is, changed_since

RULE = '''
def late(facts, _law):
    """Why."""
    if not facts.shared:
        return
    days = [day for day in facts.days if day.past]
    if facts.due and all(day.told for day in days):
        yield "LATE" if facts.grave else "SLOW"

RULES = (late, later)
'''


def taken_out() -> dict[str, str]:
    return {mutant.name: mutant.source for mutant in mutants_of("some", RULE)}


def test_every_module_with_rules_is_covered() -> None:
    asked = {part.removesuffix(".RULES") for part in _starred(RULES / "assess.py")}
    assert asked <= set(rule_modules())
    assert all(mutants(module) for module in rule_modules())
    assert len(asked) >= 13


def _starred(path: Path) -> set[str]:
    lines = (line.strip() for line in path.read_text().splitlines())
    return {line.removeprefix("*").removesuffix(",") for line in lines if line.startswith("*")}


def test_every_rule_is_taken_out_whole() -> None:
    for rule in assess.RULES:
        module, name = rule.__module__.rpartition(".")[2], getattr(rule, "__name__", "")
        assert f"{module}.RULES: rule taken out: {name}" in {mutant.name for mutant in mutants(module)}


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("some.late: guard taken out: not facts.shared", "if False:"),
        ("some.late: if taken out: facts.due and all((day.told for day in days))", "if True:"),
        ("some.late: half taken out: facts.due", "if all((day.told for day in days)):"),
        ("some.late: half taken out: all((day.told for day in days))", "if facts.due:"),
        ("some.late: each taken out: day.told", "all((True for day in days))"),
        ("some.late: filter taken out: day.past", "[day for day in facts.days]"),
        ("some.late: choice taken out: facts.grave", "yield ('LATE' if True else 'SLOW')"),
        ("some.RULES: rule taken out: late", "RULES = (later,)"),
    ],
)
def test_a_mutant_is_what_it_says(name: str, left: str) -> None:
    assert left not in RULE
    assert left in taken_out()[name]


def test_nothing_else_is_taken_out() -> None:
    assert len(taken_out()) == 9  # those above, and the other rule


@pytest.mark.parametrize("module", rule_modules())
def test_each_mutant_has_a_name_of_its_own_and_can_be_read(module: str) -> None:
    made = mutants(module)
    assert len({mutant.name for mutant in made}) == len(made)
    compile(made[0].source, module, "exec")


def test_what_changes_nothing_still_stands_in_the_rules_and_says_why() -> None:
    names = {mutant.name for module in rule_modules() for mutant in mutants(module)}
    assert set(equal()) <= names
    assert all(len(why) > 20 for why in equal().values())
    assert len(equal()) < 25


def test_every_module_of_rules_was_tried_as_it_is() -> None:
    changed = " ".join(changed_since())
    assert not changed, f"rules have changed since their conditions were tried: python -m tests.mutation {changed}"


@pytest.mark.parametrize(
    ("changed", "same"),
    [("# Late.\ndef late():\n    return 1\n", True), ("def late():\n    return 2\n", False)],
)
def test_a_change_of_words_alone_needs_no_new_trial(changed: str, *, same: bool) -> None:
    assert (as_it_is('"""Days."""\ndef late():\n    """Why."""\n    return 1\n') == as_it_is(changed)) is same


TRIAL = """
from tests.mutation.mutants import mutants, unchanged
from tests.mutation.trial import is_noticed_by_the_tables
rule = next(one for one in mutants("basis") if one.what == "confidence" and one.kind == "rule")
print(is_noticed_by_the_tables({mutant}))
"""


@pytest.mark.slow
@pytest.mark.sqlite
@pytest.mark.parametrize(("mutant", "seen"), [("rule", "True"), ("unchanged()", "False")])
def test_a_rule_is_missed_and_what_changes_nothing_is_not(mutant: str, seen: str) -> None:
    """In a process of its own, or the suite would go on with the mutant."""
    script = [sys.executable, "-c", TRIAL.format(mutant=mutant)]
    said = subprocess.run(script, capture_output=True, text=True, check=True, cwd=RULES.parent)
    assert said.stdout.strip() == seen
    assert basis.confidence in basis.RULES


@pytest.mark.slow
@pytest.mark.sqlite
def test_the_tests_that_mutants_are_tried_with_are_read_without_the_site() -> None:
    """Else those of the rules as they are fail too, and no mutant is tried."""
    script = "import pytest; from tests.mutation.trial import tests_with; pytest.main(['--co', *tests_with('people')])"
    without = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    said = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=RULES.parent, env=without
    )
    assert "test_facts_read" in said.stdout
    assert "ERROR" not in said.stdout, said.stdout
