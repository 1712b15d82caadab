"""One mutant on trial: the tests of the rules, run against the rules without one of their conditions."""

import importlib.abc
import importlib.machinery
import importlib.util
import os
import resource
import signal
import sys
from collections.abc import Iterator, Sequence
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType

import pytest

from rules import law_files
from tests.mutation.mutants import Mutant

TESTS = Path(__file__).parents[1] / "rules"
# Their answers differ from run to run, or they need the site, or they ask nothing of a module that has mutants.
LEFT_OUT = frozenset(
    {
        *("test_any_facts", "test_codes", "test_purity", "test_empty_reasons", "test_working_days"),
        *("test_reply_deadlines", "test_explanation_canaries", "test_explanation_several", "test_talk"),
        "test_access_canaries",
        # Four fifths of the time, and what they notice the tables notice (the first two at random).
        *("test_facts_file", "test_facts_problems", "test_pages_in_turn"),
    }
)
# A mutant may never end, or fill the memory: that is noticed too. The rules as they are need a fraction of either.
MOST_CPU_SECONDS, MOST_BYTES = 180, 4 << 30
# Read once, here; a child reads the others itself, the mutant among them.
ALREADY = frozenset(name for name in sys.modules if name.startswith("rules"))
law_files.load()


class TooLong(Exception):
    """The rules did not come to an end."""


class Served(importlib.abc.Loader):
    """Gives a module the source of a mutant."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant, self.name = mutant, f"rules.{mutant.module}"

    def find_spec(self, fullname: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        return importlib.util.spec_from_loader(fullname, self) if fullname == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        # By the name of the file, as some tests ask which file reads a fact.
        place = str(TESTS.parents[1] / "rules" / f"{self.mutant.module}.py")
        exec(compile(self.mutant.source, place, "exec"), module.__dict__)  # noqa: S102  (our own source)


def noticed(mutants: Sequence[Mutant], at_once: int) -> Iterator[bool]:
    """Whether some test of each fails, as it is known. Each is tried in a process that reads the rules anew."""
    with get_context("fork").Pool(at_once, _be_quiet, maxtasksperchild=1) as children:
        yield from children.imap(is_noticed, mutants)


def is_noticed(mutant: Mutant) -> bool:
    """Called in a process of its own, which it limits."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, MOST_CPU_SECONDS)
    return is_noticed_by_the_tables(mutant) or _fails_a_test(mutant)


def is_noticed_by_the_tables(mutant: Mutant) -> bool:
    """The tables of findings and conditions take a moment, and notice nearly all."""
    _serve(mutant)
    try:
        _tables()
    except Exception:  # noqa: BLE001  (a mutant may fail in any way)
        return True
    return False


def _stop(*_: object) -> None:
    raise TooLong


def _serve(mutant: Mutant) -> None:
    kept = frozenset() if f"rules.{mutant.module}" in ALREADY else ALREADY
    for read in [one for one in sys.modules if "rules" in one and one not in kept]:
        del sys.modules[read]
    sys.meta_path.insert(0, Served(mutant))


def _tables() -> None:
    from tests.rules import test_conditions, test_findings, test_more_scenarios, test_scenarios  # noqa: PLC0415  (once served)

    test_findings.test_it_fires_or_stays_quiet()
    for whole in (test_scenarios.WHOLE, test_more_scenarios.WHOLE):
        for make, warned in whole.values():
            test_scenarios.test_a_whole_record_is_not_blocked(make, warned)
    test_conditions.test_it_is_so()


def _fails_a_test(mutant: Mutant) -> bool:
    return pytest.main(["-x", *tests_with(mutant.module)]) != pytest.ExitCode.OK


def tests_with(module: str) -> list[str]:
    """pytest's arguments for the tests that a mutant is tried with, its module's own first: without the site."""
    stems = {path.stem for path in TESTS.glob("test_*.py")} - LEFT_OUT
    in_turn = sorted(stems, key=lambda stem: (stem != f"test_{module}", stem))
    files = [str(TESTS / f"{stem}.py") for stem in in_turn]
    plain = ("--noconftest", "-c", os.devnull, "--rootdir", str(TESTS.parents[2]), "-p", "no:cacheprovider")
    off = ("-p", "no:django", "-p", "no:xdist", "-p", "no:hypothesispytest", "-W", "ignore")
    done = ("-k", "not (test_it_fires or test_it_is_so)")
    return ["-q", *plain, *off, *done, *files]


def _be_quiet() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
