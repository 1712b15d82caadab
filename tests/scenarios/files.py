"""Reads the scenario files: the facts as `manage.py assess` reads them, and what is expected of them."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*.toml"))
IN_A_FILE = {"title", "facts", "warns", "expect"}


class BadScenario(ValueError):
    """A scenario file says something that no test would look at."""


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """When a duty is due: `of` is fgm, transfer or chase, and what follows is the day it is seen on and the answer."""

    of: str
    day: date
    last: date | None = None  # the outer limit, of fgm
    today: date | None = None
    left: int | None = None
    overdue: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """One expected thing in words; then the facts it is about; then what must be seen of them."""

    line: str
    # the facts as they stand, or with these changes (see `changes`)
    change: Mapping[str, Any] = field(default_factory=dict)
    add: Mapping[str, Any] = field(default_factory=dict)
    remove: tuple[str, ...] = ()
    # where nothing is changed: a change, or something taken out, with which the line is true no more
    falls_with: Mapping[str, Any] = field(default_factory=dict)
    falls_without: tuple[str, ...] = ()
    # what the rules find; "CODE", or "CODE@P2" for one person
    blocks: tuple[str, ...] = ()
    warns: tuple[str, ...] = ()
    exactly: tuple[str, ...] | None = None
    says: Mapping[str, str] = field(default_factory=dict)  # words in a finding's message
    # what the law offers
    offers: tuple[str, ...] = ()
    does_not_offer: Mapping[str, str] = field(default_factory=dict)  # row: why not
    suggests: tuple[str, ...] = ()
    suggests_for: Mapping[str, Any] = field(default_factory=dict)  # person: rows
    p18_reasons: Mapping[str, str] = field(default_factory=dict)  # person: the reason offered, or none
    deadline: Deadline | None = None
    leaves_no_choice: bool | None = None  # whether a duty to disclose takes the family's choice away
    # what must not be found
    not_found: tuple[str, ...] = ()
    # what is no matter of the rules
    proved_by: tuple[str, ...] = ()  # node ids of tests

    @property
    def changed(self) -> bool:
        return bool(self.change or self.add or self.remove)

    @property
    def by_rules(self) -> bool:
        positive = self.blocks or self.warns or self.says or self.offers or self.does_not_offer
        return bool(positive or self.exactly is not None or self.suggests or self._of_people or self.not_found)

    @property
    def _of_people(self) -> bool:
        return bool(self.suggests_for or self.p18_reasons or self.deadline or self.leaves_no_choice is not None)


@dataclass(frozen=True, kw_only=True)
class Scenario:
    key: str
    title: str
    facts: Mapping[str, Any]
    warns: tuple[str, ...]
    expect: tuple[Expectation, ...]


def read(path: Path) -> Scenario:
    """A file of scenarios; a key that nothing reads is an error, not a line nobody proves."""
    with path.open("rb") as file:
        data = tomllib.load(file)
    if unknown := sorted(set(data) ^ IN_A_FILE):
        raise BadScenario(f"{path.name}: {', '.join(unknown)} is missing, or nothing reads it")
    return Scenario(
        key=path.stem,
        title=data["title"],
        facts=plain(data["facts"]),
        warns=tuple(data["warns"]),
        expect=tuple(expectation(expected) for expected in data["expect"]),
    )


def expectation(data: Mapping[str, Any]) -> Expectation:
    words = {"not_found" if key == "not" else key: value for key, value in data.items()}
    known = {field.name for field in fields(Expectation)}
    if unknown := sorted(set(words) - known):
        raise BadScenario(f"{data.get('line')!r}: nothing reads {', '.join(unknown)}")
    made = {key: _made(key, value) for key, value in words.items()}
    try:
        return Expectation(**made)
    except TypeError as error:
        raise BadScenario(f"{data}: {error}") from error


def _made(key: str, value: Any) -> Any:
    if key == "deadline":
        return Deadline(**value)
    if isinstance(value, list):
        return tuple(value)
    return plain(value)


def plain(value: Any) -> Any:
    """As JSON has it: days and moments as text."""
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, date | datetime) else value


@cache
def scenarios() -> tuple[Scenario, ...]:
    return tuple(read(path) for path in FILES)


def lines() -> Iterator[tuple[str, Scenario, Expectation]]:
    """Every expected line, with a name for it that stays."""
    for scenario in scenarios():
        for number, one in enumerate(scenario.expect, 1):
            yield f"{scenario.key}-{number:02}", scenario, one
