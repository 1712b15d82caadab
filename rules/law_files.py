"""Versions of the law as files: read, and checked as they are read (ADR 0010)."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from importlib import resources
from itertools import combinations
from typing import Any, TypeVar

from rules.codes import Layer
from rules.law import CONFIDENCE, KINDS, REFUSED_OK, WHO, Combination, Law, Provision

CURRENT = "2026-11-22"
Made = TypeVar("Made", Provision, Combination)


class BadLaw(ValueError):
    """The file is not fit to be used; the message says where."""


@cache
def load(version: str = CURRENT) -> Law:
    """One version of the law, from its file or from the files of its directory in the order of their names."""
    parts = resources.files("rules").joinpath("data", "law", version)
    if not parts.is_dir():
        return parse(resources.files("rules").joinpath("data", "law", f"{version}.toml").read_bytes())
    files = sorted((part for part in parts.iterdir() if part.name.endswith(".toml")), key=lambda part: part.name)
    return parse(b"\n".join(part.read_bytes() for part in files))


def parse(raw: bytes) -> Law:
    """The law in a file's bytes; raises `BadLaw` naming the row and what is wrong with it."""
    try:
        data = tomllib.loads(raw.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadLaw(str(error)) from error
    if not isinstance(data.get("version"), str) or not isinstance(data.get("checked_on"), date):
        raise BadLaw("version or checked_on is missing")
    rows = tuple(checked_row({"checked_on": data["checked_on"], **entry}) for entry in data.get("provision", []))
    combinations = tuple(_made(Combination, entry) for entry in data.get("combination", []))
    _check_dates(rows)
    known = frozenset(row.code for row in rows)
    for suggestion in combinations:
        if missing := set(suggestion.codes) - known:
            raise BadLaw(f"bundle {suggestion.code} uses unknown rows {sorted(missing)}")
    return Law(
        version=data["version"],
        sha256=hashlib.sha256(raw).hexdigest(),
        all_provisions=rows,
        combinations=combinations,
        known=known,
    )


def checked_row(entry: Mapping[str, Any]) -> Provision:
    """One row from its table; raises `BadLaw` naming the row and what is wrong with it."""
    row = _made(Provision, entry)
    wrong = [
        name
        for name, allowed in (("layer", frozenset(Layer)), ("kind", KINDS), ("who", WHO), ("refused_ok", REFUSED_OK))
        if getattr(row, name) not in allowed
    ]
    if row.confidence not in CONFIDENCE:
        wrong.append("confidence")
    if row.refused_ok == "if" and row.refused_test not in row.tests:
        wrong.append("refused_test")
    if row.effective_to is not None and row.effective_to < row.effective_from:
        wrong.append("effective_to")
    if wrong:
        raise BadLaw(f"row {row.code}: {', '.join(wrong)} cannot be so")
    return row


def _made(cls: type[Made], entry: Mapping[str, Any]) -> Made:
    """A row from its table: every key known, every value of its field's kind, lists as tuples."""
    name = f"{cls.__name__} {entry.get('code', 'without a code')}"
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    types = {item.name: str(item.type) for item in fields(cls)}
    if unknown := set(values) - set(types):
        raise BadLaw(f"{name}: unknown {sorted(unknown)}")
    for key, value in values.items():
        if not _fits(value, types[key]):
            raise BadLaw(f"{name}: {key} is not of its kind")
    try:
        return cls(**values)
    except TypeError as error:
        raise BadLaw(f"{name}: {error}") from error


def _fits(value: object, kind: str) -> bool:
    if "tuple" in kind:
        return isinstance(value, tuple) and all(isinstance(part, str) for part in value)
    if "date" in kind:
        return isinstance(value, date)
    if "bool" in kind:
        return isinstance(value, bool)
    return isinstance(value, str)


def _check_dates(rows: tuple[Provision, ...]) -> None:
    """Two rows of one code never stand on the same day, and follow each other in the file."""
    for earlier, later in combinations(rows, 2):
        if earlier.code == later.code and (earlier.effective_to or date.max) >= later.effective_from:
            raise BadLaw(f"row {later.code}: two are in force on {later.effective_from}")
