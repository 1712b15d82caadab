"""Versions of the law as files, validated as they are read (ADR 0010)."""

import hashlib
import itertools
import tomllib
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, TypeVar

from rules import needs
from rules.codes import Layer
from rules.law import CONFIDENCE, KINDS, REFUSED_OK, WHO, Combination, Law, Provision

CURRENT = "2026-11-30"
# The first version that says what each provision needs. The text of the law needed it before.
WITH_NEEDS = "2026-11-29"
Entry = TypeVar("Entry", Provision, Combination)


class BadLaw(ValueError):
    """The law file is not valid; the message says where."""


@cache
def load(version: str = CURRENT) -> Law:
    """One version of the law, from its file or from the files of its directory in name order."""
    parts = resources.files("rules").joinpath("data", "law", version)
    if not parts.is_dir():
        law = parse(resources.files("rules").joinpath("data", "law", f"{version}.toml").read_bytes())
    else:
        files = sorted((part for part in parts.iterdir() if part.name.endswith(".toml")), key=lambda part: part.name)
        law = parse(b"\n".join(part.read_bytes() for part in files))
    return law if version >= WITH_NEEDS else _with_needs(law, load(WITH_NEEDS))


@cache
def versions() -> frozenset[str]:
    """Every version there is."""
    entries = resources.files("rules").joinpath("data", "law").iterdir()
    return frozenset(entry.name.removesuffix(".toml") for entry in entries)


def kept_provision(version: str, sha256: str, code: str) -> Provision | None:
    """The provision that a decision copied from a version of the law, if there is such a version and it has it."""
    if version not in versions() or load(version).sha256 != sha256:
        return None
    return load(version).any_provision(code)


def _with_needs(law: Law, later: Law) -> Law:
    """A version from before needs were written down, with those that its provisions had all the same."""
    known = {provision.code: provision for provision in later.all_provisions}
    provisions = tuple(
        replace(
            each,
            needs=known[each.code].needs,
            lifts_confidence=known[each.code].lifts_confidence,
            enacted_on=known[each.code].enacted_on,
        )
        for each in law.all_provisions
    )
    return replace(law, all_provisions=provisions)


def parse(raw: bytes) -> Law:
    """The law in a file's bytes; raises `BadLaw` naming the provision and what is wrong with it."""
    try:
        data = tomllib.loads(raw.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadLaw(str(error)) from error
    if not isinstance(data.get("version"), str) or not isinstance(data.get("checked_on"), date):
        raise BadLaw("version or checked_on is missing")
    provisions = tuple(
        checked_provision({"checked_on": data["checked_on"], **entry}) for entry in data.get("provision", [])
    )
    combinations = tuple(_build(Combination, entry) for entry in data.get("combination", []))
    _check_dates(provisions)
    known = frozenset(provision.code for provision in provisions)
    for combination in combinations:
        if missing := set(combination.codes) - known:
            raise BadLaw(f"combination {combination.code} uses unknown provisions {sorted(missing)}")
    return Law(
        version=data["version"],
        sha256=hashlib.sha256(raw).hexdigest(),
        all_provisions=provisions,
        combinations=combinations,
        known=known,
    )


def checked_provision(entry: Mapping[str, Any]) -> Provision:
    """One provision from its table; raises `BadLaw` naming the provision and what is wrong with it."""
    provision = _build(Provision, entry)
    wrong = [
        name
        for name, allowed in (("layer", frozenset(Layer)), ("kind", KINDS), ("who", WHO), ("refused_ok", REFUSED_OK))
        if getattr(provision, name) not in allowed
    ]
    if provision.confidence not in CONFIDENCE:
        wrong.append("confidence")
    if any(needs.unknown(provision.needs)):
        wrong.append("needs")
    if provision.refused_ok == "if" and provision.refused_test not in provision.tests:
        wrong.append("refused_test")
    if provision.effective_to is not None and provision.effective_to < provision.effective_from:
        wrong.append("effective_to")
    if wrong:
        raise BadLaw(f"provision {provision.code}: {', '.join(wrong)} not allowed")
    return provision


def _build(cls: type[Entry], entry: Mapping[str, Any]) -> Entry:
    """Build a dataclass from its TOML table: every key known, every value of its field's type, lists as tuples."""
    name = f"{cls.__name__} {entry.get('code', 'without a code')}"
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    types = {item.name: str(item.type) for item in fields(cls)}
    if unknown := set(values) - set(types):
        raise BadLaw(f"{name}: unknown {sorted(unknown)}")
    for key, value in values.items():
        if not _fits(value, types[key]):
            raise BadLaw(f"{name}: {key} has the wrong type")
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


def _check_dates(provisions: tuple[Provision, ...]) -> None:
    """Two provisions with one code are never in force on the same day, and are in date order in the file."""
    for earlier, later in itertools.combinations(provisions, 2):
        if earlier.code == later.code and (earlier.effective_to or date.max) >= later.effective_from:
            raise BadLaw(f"provision {later.code}: two are in force on {later.effective_from}")
