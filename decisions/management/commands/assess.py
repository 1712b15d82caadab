"""Assess the facts of one decision from a file, without a database (docs/assess.md)."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Never

from django.core.management.base import BaseCommand

from rules.assess import assess
from rules.facts_file.reader import LARGEST, BadFacts, read
from rules.findings import Finding

BLOCKED, BAD_INPUT = 1, 2


class Command(BaseCommand):
    help = (
        "Print what the rules find in the facts of one decision. Exit code 0: nothing blocks; 1: something does; "
        "2: the file cannot be used, and each line says why. No database is touched."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", metavar="FILE.json", help="as docs/facts.schema.json has it; - reads standard input"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  # Django's signature
        try:
            facts = read(_bytes(options["file"]))
        except OSError as error:
            self._stop([f"{options['file']}: {error.strerror}"])
        except ValueError as error:
            self._stop(error.lines if isinstance(error, BadFacts) else [f"{options['file']!r}: not the name of a file"])
        assessment = assess(facts)
        answer = {"findings": [as_dict(finding) for finding in assessment.findings]}
        self.stdout.write(json.dumps(answer, indent=2, ensure_ascii=not self._writes_all()))
        if not assessment.may_be_recorded:
            sys.exit(BLOCKED)

    def _writes_all(self) -> bool:
        return "utf" in (getattr(self.stdout, "encoding", None) or "utf-8").lower()

    def _stop(self, lines: Iterable[str]) -> Never:
        for line in lines:
            self.stderr.write(line)
        sys.exit(BAD_INPUT)


def _bytes(name: str) -> bytes:
    """At most one byte more than the limit is read."""
    if name == "-":
        return sys.stdin.buffer.read(LARGEST + 1)
    with Path(name).open("rb") as file:
        return file.read(LARGEST + 1)


def as_dict(finding: Finding) -> dict[str, str]:
    """A finding for other systems; `person` is the reference of the person it is about, if any."""
    about = {"person": finding.person} if finding.person else {}
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "message": finding.message,
        "page": finding.page,
        **about,
    }
