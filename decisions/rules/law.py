"""The law as data: rows with effective dates, read from a versioned file and checked as it is read (ADR 0010)."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cache
from importlib import resources
from itertools import combinations
from typing import Any, TypeVar

from decisions.rules.codes import Layer

CURRENT = "2026-11"
MUST_DISCLOSE = "must_disclose"
RECIPIENTS = "function_of_recipient"
KINDS = frozenset(
    {
        "basis",
        "confidence",
        MUST_DISCLOSE,
        "arrangements",
        "power",
        "needs_agreement",
        "limits",
        RECIPIENTS,
    }
)
WHO = frozenset({"ANY", "PUB", "NON", "LE"})
REFUSED_OK = frozenset({"yes", "no", "if", "na"})
CONFIDENCE = frozenset({"C", "P", "K", "N"})


Made = TypeVar("Made", "LawRow", "BundleRow")


class BadLaw(ValueError):
    """The file is not fit to be used; the message says where."""


@dataclass(frozen=True, kw_only=True)
class LawRow:
    """One thing a decision may rest on, as it stood between two days."""

    code: str
    layer: str
    kind: str
    short_name: str
    plain_english: str
    citation: str
    who: str
    tests: tuple[str, ...]
    refused_ok: str
    jurisdiction: str
    effective_from: date
    confidence: str
    source: str
    effective_to: date | None = None
    refused_test: str = ""
    needs_policy_document: bool = False
    replaced_by: str = ""
    scope: str = ""  # "16la": only for organisations in scope of that section
    function_of: tuple[str, ...] = ()  # sectors whose own function it is; empty: anybody's
    on: bool = True

    def in_force(self, on_date: date) -> bool:
        return (
            self.on and self.effective_from <= on_date and (self.effective_to is None or on_date <= self.effective_to)
        )

    def open_to(self, kind: str) -> bool:
        """Whether this kind of organisation may use it; police outside their own purposes count as a public body."""
        return self.who in {"ANY", kind} or (self.who == "PUB" and kind == "LE")

    def kind_for(self, sector: str) -> str:
        """What kind it is for an organisation of this sector: another's function is the recipient's, not its own."""
        return RECIPIENTS if sector and self.function_of and sector not in self.function_of else self.kind

    @property
    def hides_choice(self) -> bool:
        """Only a duty to disclose leaves the family no choice; a duty to have arrangements does not."""
        return self.kind == MUST_DISCLOSE


@dataclass(frozen=True, kw_only=True)
class BundleRow:
    """A usual set of rows and whom it fits; an empty tuple fits all."""

    code: str
    name: str
    why: str
    triggers: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    situation: str = ""
    l1: tuple[str, ...] = ()
    annex1: tuple[str, ...] = ()
    l2: tuple[str, ...] = ()
    schedule1: tuple[str, ...] = ()
    l3: tuple[str, ...] = ()
    recipient_functions: tuple[str, ...] = ()
    l4: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        return self.l1 + self.annex1 + self.l2 + self.schedule1 + self.l3 + self.recipient_functions + self.l4


@dataclass(frozen=True, kw_only=True)
class Law:
    """One version of the law; `sha256` is that of the file, to be kept with what was decided under it."""

    version: str
    sha256: str
    all_rows: tuple[LawRow, ...]
    bundles: tuple[BundleRow, ...]
    known: frozenset[str] = field(default=frozenset())

    def knows(self, code: str) -> bool:
        return code in self.known

    def is_recipients(self, row: LawRow, sector: str) -> bool:
        """Whether it stands here for what the recipient does with it, as section 47 does for a school's referral."""
        return row.kind_for(sector) == RECIPIENTS and any(row.code in one.recipient_functions for one in self.bundles)

    def row(self, code: str, on_date: date) -> LawRow | None:
        """The row in force that day, or none."""
        return next((row for row in self.all_rows if row.code == code and row.in_force(on_date)), None)

    def any_row(self, code: str) -> LawRow | None:
        """The latest row with that code, in force or not: to name it in a message."""
        return next((row for row in reversed(self.all_rows) if row.code == code), None)

    def rows(self, layer: str, kind_of_organisation: str, on_date: date, *, in_scope_16la: bool) -> tuple[LawRow, ...]:
        """What this organisation may choose from in one layer on that day."""
        return tuple(
            row
            for row in self.all_rows
            if row.layer == layer
            and row.in_force(on_date)
            and row.open_to(kind_of_organisation)
            and (in_scope_16la or row.scope != "16la")
        )

    def confirmed(self, commencements: Mapping[str, date]) -> "Law":
        """The law with the rows switched on whose first day the organisation has confirmed."""
        if not commencements:
            return self
        rows = tuple(
            replace(row, on=True, effective_from=commencements[row.code])
            if not row.on and row.code in commencements
            else row
            for row in self.all_rows
        )
        return replace(self, all_rows=rows)


@cache
def load(version: str = CURRENT) -> Law:
    """One version of the law from its file."""
    raw = resources.files("decisions").joinpath("law", f"{version}.toml").read_bytes()
    return parse(raw)


def parse(raw: bytes) -> Law:
    """The law in a file's bytes; raises `BadLaw` naming the row and what is wrong with it."""
    try:
        data = tomllib.loads(raw.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadLaw(str(error)) from error
    if not isinstance(data.get("version"), str) or not isinstance(data.get("checked_on"), date):
        raise BadLaw("version or checked_on is missing")
    rows = tuple(_row(entry) for entry in data.get("row", []))
    bundles = tuple(_made(BundleRow, entry) for entry in data.get("bundle", []))
    _check_dates(rows)
    known = frozenset(row.code for row in rows)
    for bundle in bundles:
        if missing := set(bundle.codes) - known:
            raise BadLaw(f"bundle {bundle.code} uses unknown rows {sorted(missing)}")
    return Law(
        version=data["version"], sha256=hashlib.sha256(raw).hexdigest(), all_rows=rows, bundles=bundles, known=known
    )


def _row(entry: Mapping[str, Any]) -> LawRow:
    row = _made(LawRow, entry)
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


def _check_dates(rows: tuple[LawRow, ...]) -> None:
    """Two rows of one code never stand on the same day, and follow each other in the file."""
    for earlier, later in combinations(rows, 2):
        if earlier.code == later.code and (earlier.effective_to or date.max) >= later.effective_from:
            raise BadLaw(f"row {later.code}: two are in force on {later.effective_from}")
