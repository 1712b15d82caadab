"""Facts with what should be found in them, for whoever keeps a folder of invented decisions (docs/assess.md)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rules.assess import assess
from rules.facts import Facts
from rules.facts_file.outside import checked
from rules.facts_file.problems import shown
from rules.facts_file.reader import BadFacts, facts_from, parsed
from rules.findings import FINDING_TYPES

KEYS = frozenset({"about", "facts", "exit", "must", "must_not"})
NEEDED = ("facts", "exit")


@dataclass(frozen=True)
class Expected:
    """Facts, whether something must block them (1) or not (0), and the codes that must and must not be found."""

    facts: Facts
    exit: int
    must: frozenset[str]
    must_not: frozenset[str]


def read_expected(raw: bytes) -> Expected:
    """The facts and what is expected; raises `BadFacts` with a line for each thing that is wrong."""
    data = parsed(raw)
    if not isinstance(data, Mapping):
        raise BadFacts(["the file must be an object with the keys facts, exit, must and must_not"])
    if problems := list(_problems(data)):
        raise BadFacts(problems)
    return Expected(
        checked(facts_from(data["facts"])),
        data["exit"],
        frozenset(data.get("must", [])),
        frozenset(data.get("must_not", [])),
    )


def _problems(data: Mapping[str, object]) -> Iterator[str]:
    yield from (f"unknown key {shown(key)}" for key in data if key not in KEYS)
    yield from (f'"{key}" is missing' for key in NEEDED if key not in data)
    if "exit" in data and data["exit"] not in (0, 1):
        yield "exit: must be 0, where nothing blocks, or 1, where something does"
    for key in ("must", "must_not"):
        codes = data.get(key, [])
        if not isinstance(codes, list):
            yield f"{key}: must be a list of codes"
            continue
        yield from (f"{key}: {shown(code)} is no code of docs/findings.md" for code in codes if not _is_known(code))


def _is_known(code: object) -> bool:
    return isinstance(code, str) and code in FINDING_TYPES


def differences(expected: Expected) -> Iterator[str]:
    """How what is found differs from what was expected, a line each."""
    assessment = assess(expected.facts)
    found = {finding.code for finding in assessment.findings}
    blocking = sorted({finding.code for finding in assessment.blocking})
    if bool(blocking) != bool(expected.exit):
        yield f"blocked by {', '.join(blocking)}" if blocking else "nothing blocks it"
    yield from (f"{code} is not found" for code in sorted(expected.must - found))
    yield from (f"{code} is found" for code in sorted(expected.must_not & found))
