"""Passages of guidance as data: which a page shows, and each version that was ever shown (ADR 0022)."""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from rules import codes
from rules.codes import Level
from rules.duties import leaves_no_choice
from rules.facts import Facts
from rules.law import Law


@dataclass(frozen=True, kw_only=True)
class Passage:
    """One version of one passage. `sha256` is of its text, so that a later reader can check that it is the same."""

    id: str
    version: str
    since: date
    title: str
    points: tuple[str, ...]
    source: str
    pages: tuple[str, ...]
    situation: str = ""
    open: bool = False

    @property
    def sha256(self) -> str:
        return hashlib.sha256("\n".join([self.title, *self.points, self.source]).encode()).hexdigest()


@cache
def passages() -> tuple[Passage, ...]:
    """Every version of every passage, in date order."""
    text = resources.files("rules").joinpath("data", "guidance.toml").read_text(encoding="utf-8")
    return tuple(_passage(entry) for entry in tomllib.loads(text)["passage"])


def _passage(entry: Mapping[str, Any]) -> Passage:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    return Passage(since=values.pop("from"), **values)


def version_of(passage: str, version: str) -> Passage | None:
    return next((each for each in passages() if (each.id, each.version) == (passage, version)), None)


def newest(passage: str) -> Passage | None:
    """The version that pages show today."""
    return next((each for each in reversed(passages()) if each.id == passage), None)


def shown_on(page: str, facts: Facts, law: Law) -> tuple[Passage, ...]:
    """The passages that a page shows for these facts, in the order of the file."""
    here = dict.fromkeys(passage.id for passage in passages() if page in passage.pages)
    latest = (newest(passage_id) for passage_id in here)
    return tuple(
        passage for passage in latest if passage is not None and page in passage.pages and _fits(passage, facts, law)
    )


def _fits(passage: Passage, facts: Facts, law: Law) -> bool:
    return not passage.situation or passage.situation in set(situations(facts, law))


def situations(facts: Facts, law: Law) -> Iterator[str]:
    """The situations that the facts match, by the names that passages use."""
    if leaves_no_choice(facts, law):
        yield "duty"
    elif facts.level in codes.RISK_OF_HARM:
        yield "risk"
    elif facts.level in {Level.NONE_OR_EARLY, Level.S17}:
        yield "early"
