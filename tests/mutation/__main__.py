"""Takes each condition of the rules out in turn and runs the tests of the rules; prints k/k, or what nobody missed.

    python -m tests.mutation [MODULE ...]

Some minutes, so it is no part of the suite. Conditions whose loss changes no answer stand in `equal.txt` with why.
"""

import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import hypothesis  # noqa: F401  (read once here, not in every child)
import pytest

from tests.mutation.mutants import Mutant, mutants, rule_modules

HERE = Path(__file__).parent
TESTS = HERE.parent / "decisions" / "rules"
ORDER = ("test_findings", "test_scenarios", "test_more_scenarios", "test_conditions", "test_people", "test_since", "test_bundles")


class Served(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives a module the source of a mutant."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant, self.name = mutant, f"decisions.rules.{mutant.module}"

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        return importlib.util.spec_from_loader(fullname, self) if fullname == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.mutant.source, f"<{self.mutant}>", "exec"), module.__dict__)  # noqa: S102  (our own source)


def is_noticed(mutant: Mutant) -> bool:
    """Whether some test fails: first the table of findings, which takes a moment, then every test of the rules."""
    return _in_a_child(lambda: _table(mutant)) or _in_a_child(lambda: _every_test(mutant))


def _in_a_child(tests: Callable[[], bool]) -> bool:
    child = os.fork()
    if child == 0:
        _be_quiet()
        failed = True
        try:
            failed = tests()
        finally:
            os._exit(failed)
    return os.waitpid(child, 0)[1] != 0


def _table(mutant: Mutant) -> bool:
    sys.meta_path.insert(0, Served(mutant))
    from tests.decisions.rules import test_findings, test_more_scenarios, test_scenarios

    for code in test_findings.TABLE:
        test_findings.test_it_fires(code)
        test_findings.test_it_stays_quiet(code)
    for whole in (test_scenarios, test_more_scenarios):
        for make, warned in whole.WHOLE.values():
            whole.test_a_whole_record_is_not_blocked(make, warned)
    return False


def _every_test(mutant: Mutant) -> bool:
    sys.meta_path.insert(0, Served(mutant))
    files = [str(TESTS / f"{name}.py") for name in ORDER]
    return bool(pytest.main(["-x", "-q", "--noconftest", "-p", "no:django", "-p", "no:cacheprovider", *files]))


def _be_quiet() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def accepted() -> frozenset[str]:
    lines = (HERE / "equal.txt").read_text().splitlines()
    return frozenset(line.split(" # ")[0].strip() for line in lines if line.strip() and not line.startswith("#"))


def main(modules: Sequence[str]) -> int:
    every = [one for module in modules or rule_modules() for one in mutants(module)]
    equal = accepted()
    tried = [one for one in every if f"{one.module}: {one.what}" not in equal]
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as at_once:
        missed = [one for one, noticed in zip(tried, at_once.map(is_noticed, tried), strict=True) if not noticed]
    for one in missed:
        sys.stdout.write(f"nobody missed {one}\n")
    sys.stdout.write(f"{len(tried) - len(missed)}/{len(tried)} conditions are missed when they are taken out")
    sys.stdout.write(f"; {len(every) - len(tried)} change nothing and say why\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
