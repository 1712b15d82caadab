"""The rules import no Django, no database and no clock, and any Python can run them without the site."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "rules").rglob("*.py"))
# What asks for the time, chance or anything outside the process.
OUTSIDE = {"os", "random", "secrets", "socket", "sqlite3", "subprocess", "time", "urllib", "uuid", "zoneinfo"}
ALLOWED = (sys.stdlib_module_names - OUTSIDE) | {"rules"}
# Says what is wrong in a file of facts, before any rule is asked.
ITS_OWN = {"problems": {"jsonschema"}}


def imported(module: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def name_of(module: Path) -> str:
    return str(module.relative_to(ROOT))


def test_only_the_standard_library_and_the_rules_themselves() -> None:
    assert len(MODULES) > 50
    found = {
        name_of(module): {name.split(".")[0] for name in imported(module)} - ALLOWED - ITS_OWN.get(module.stem, set())
        for module in MODULES
    }
    assert {name: imports for name, imports in found.items() if imports} == {}


def test_nothing_asks_for_the_time() -> None:
    asked = {
        name_of(module): {
            node.attr for node in ast.walk(ast.parse(module.read_text())) if isinstance(node, ast.Attribute)
        }
        for module in MODULES
    }
    clocks = {"now", "utcnow", "today"}
    assert {name: attributes & clocks for name, attributes in asked.items() if attributes & clocks} == {}


@pytest.mark.slow
@pytest.mark.sqlite
def test_they_run_without_the_site() -> None:
    code = (
        "import sys; from rules.assess import assess; from rules.facts import Facts;"
        "assess(Facts()); print(sorted(name for name in sys.modules if name.split('.')[0] == 'django'))"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={}, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
