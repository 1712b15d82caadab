"""Assess the facts of decisions from files, without a database (docs/assess.md)."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from django.core.management.base import BaseCommand

from rules.assess import assess
from rules.facts_file.answer import SCHEMA_VERSION, answer, answers, law_used
from rules.facts_file.expected import differences, read_expected
from rules.facts_file.outside import read_outside
from rules.facts_file.reader import LARGEST, BadFacts

NOT_PASSED, BAD_INPUT = 1, 2
Read = TypeVar("Read")
Output = tuple[dict[str, Any], bool]


class Command(BaseCommand):
    help = (
        "Print what the rules find in the facts of decisions. Exit code 0: nothing blocks; 1: something does; "
        "2: a file cannot be used, and each line says why. With a folder of files that say what is expected, 0: all "
        "are as expected; 1: some are not. No database is touched."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files",
            nargs="+",
            metavar="FILE.json",
            help="as docs/facts.schema.json has it; - reads standard input. Or one folder of files, each with facts, "
            "exit, must and must_not",
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  # Django's signature
        files: list[str] = options["files"]
        try:
            output, passed = _compared(files[0]) if _is_folder(files) else _assessed(files)
        except BadFacts as error:
            for line in error.lines:
                self.stderr.write(line)
            sys.exit(BAD_INPUT)
        self.stdout.write(json.dumps(output, indent=2, ensure_ascii=not self._writes_all()))
        if not passed:
            sys.exit(NOT_PASSED)

    def _writes_all(self) -> bool:
        return "utf" in (getattr(self.stdout, "encoding", None) or "utf-8").lower()


def _assessed(files: Sequence[str]) -> Output:
    """One answer, or one for each file; and whether nothing blocks any."""
    found = [(name, facts, assess(facts)) for name, facts in _read(files, read_outside)]
    passed = all(assessment.may_be_recorded for _, _, assessment in found)
    if len(found) == 1:
        [(_, facts, assessment)] = found
        return answer(facts, assessment), passed
    return answers(found), passed


def _compared(folder: str) -> Output:
    """How many of a folder's decisions are as expected, and how the others differ."""
    files = sorted(str(path) for path in Path(folder).glob("*.json"))
    if not files:
        raise BadFacts([f"{folder}: holds no file that ends in .json"])
    found = {name: list(differences(expected)) for name, expected in _read(files, read_expected)}
    different = [{"file": Path(name).name, "differences": lines} for name, lines in found.items() if lines]
    comparison = {
        "schema_version": SCHEMA_VERSION,
        "law": law_used(),
        "files": len(files),
        "as_expected": len(files) - len(different),
        "different": different,
    }
    return comparison, not different


def _read(files: Sequence[str], reader: Callable[[bytes], Read]) -> list[tuple[str, Read]]:
    """What is in each file; raises `BadFacts` with every fault of every file."""
    read_so_far: list[tuple[str, Read]] = []
    faults: list[str] = []
    for name in files:
        try:
            read_so_far.append((name, reader(_bytes(name))))
        except BadFacts as error:
            faults += error.lines if len(files) == 1 else [f"{name}: {line}" for line in error.lines]
        except OSError as error:
            faults.append(f"{name}: {error.strerror}")
        except ValueError:  # a NUL in the name
            faults.append(f"{name!r}: not the name of a file")
    if faults:
        raise BadFacts(faults)
    return read_so_far


def _is_folder(files: Sequence[str]) -> bool:
    return len(files) == 1 and "\0" not in files[0] and Path(files[0]).is_dir()


def _bytes(name: str) -> bytes:
    """At most one byte more than the limit is read."""
    if name == "-":
        return sys.stdin.buffer.read(LARGEST + 1)
    with Path(name).open("rb") as file:
        return file.read(LARGEST + 1)
