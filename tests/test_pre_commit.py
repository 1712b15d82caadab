"""The hooks of .pre-commit-config.yaml accept what ./run check accepts, although they are given names of files."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ENTRIES = re.findall(r"entry: (.*-m ruff .*)", (ROOT / ".pre-commit-config.yaml").read_text())


@pytest.mark.parametrize("entry", ENTRIES)
def test_ruff_leaves_a_migration_that_is_named_alone(entry: str) -> None:
    """Without `--force-exclude` ruff looks at whatever file it is given: every commit of a migration was refused."""
    command = [sys.executable, *shlex.split(entry)[1:], "decisions/migrations/0001_initial.py"]
    assert subprocess.run(command, cwd=ROOT, check=False, capture_output=True).returncode == 0


def test_both_hooks_of_ruff_are_there() -> None:
    assert len(ENTRIES) == 2
