"""The rules import no Django, no database and no clock, and any Python can run them without the site."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "decisions" / "rules").glob("*.py"))
ALLOWED = {
    "calendar",
    "collections",
    "dataclasses",
    "datetime",
    "decisions",
    "enum",
    "functools",
    "hashlib",
    "importlib",
} | {*("calendar", "itertools", "string", "tomllib", "typing")}


def imported(module: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_only_the_standard_library_and_the_rules_themselves(module: Path) -> None:
    names = imported(module)
    assert {name.split(".")[0] for name in names} <= ALLOWED
    assert all(name.startswith("rules") for name in names if name.startswith("decisions"))


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_nothing_asks_for_the_time(module: Path) -> None:
    asked = {node.attr for node in ast.walk(ast.parse(module.read_text())) if isinstance(node, ast.Attribute)}
    assert not asked & {"now", "utcnow", "today"}


def test_they_run_without_the_site() -> None:
    code = (
        "import sys; from rules.assess import assess; from rules.facts import Facts;"
        "assess(Facts()); print(sorted(name for name in sys.modules if name.split('.')[0] == 'django'))"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={}, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
