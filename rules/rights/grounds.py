"""The grounds on which something may be left out of what a person gets, as data: rules/data/access_grounds.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, kw_only=True)
class Ground:
    code: str
    plain_english: str
    citation: str
    tests: tuple[str, ...]
    confidence: str
    source: str


@cache
def access_grounds() -> dict[str, Ground]:
    """By code, in the order of the file."""
    text = (resources.files("rules") / "data" / "access_grounds.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["ground"]
    return {row["code"]: Ground(**{**row, "tests": tuple(row["tests"])}) for row in rows}


def ground_words(code: str) -> str:
    found = access_grounds().get(code)
    return f"{found.plain_english} ({found.citation})" if found else code
