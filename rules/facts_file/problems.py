"""Problems in a file of facts, in plain words: one line each, starting with the path."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from rules.facts import Facts
from rules.facts_file.codes import REFERENCES
from rules.facts_file.schema import schema
from rules.law import Provision
from rules.law_files import BadLaw, checked_provision

DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
MOMENT = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?", re.ASCII | re.IGNORECASE
)
UNFIT = re.compile("[\0\ud800-\udfff]")
# A year outside these is a typing error, and date arithmetic on it might fail.
YEARS = range(1900, 2200)
LONGEST = 60
KINDS = {
    "object": "an object",
    "array": "a list",
    "string": "text",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
}
FORMATS = {"date": "a date (such as 2026-03-10)", "date-time": "a date and time (such as 2026-03-10T14:30+00:00)"}
Path = Sequence[str | int]


def shown(value: object) -> str:
    """A value within a line: quoted, shortened, and without line breaks or control characters."""
    text = json.dumps(value, ensure_ascii=False)
    text = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode() for character in text
    )


def place(path: Path) -> str:
    """`people[0].role`; the facts themselves where the path is empty."""
    steps = [
        f"[{step}]" if isinstance(step, int) else f".{step}" if step.isidentifier() else f"[{shown(step)}]"
        for step in path
    ]
    return "".join(steps).removeprefix(".") or "facts"


def unfit_texts(data: object) -> Iterator[str]:
    """Texts that can be neither shown nor stored: lone surrogates and NUL."""
    waiting: list[tuple[tuple[str | int, ...], object]] = [((), data)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, str) and _unfit(value):
            yield f"{place(path)}: holds half a character or a NUL: take it out"
        elif isinstance(value, Mapping):
            yield from (
                f"{place(path)}: key {shown(key)} holds half a character or a NUL" for key in value if _unfit(key)
            )
            waiting += [((*path, key), item) for key, item in value.items() if not _unfit(key)]
        elif isinstance(value, list):
            waiting += [((*path, number), item) for number, item in enumerate(value)]


def _unfit(text: str) -> bool:
    return UNFIT.search(text) is not None


def problems_of_shape(data: object) -> Iterator[str]:
    """Unknown keys, wrong types, wrong codes and impossible dates: everything the schema does not allow."""
    errors = list(_validator().iter_errors(data))
    of_kind = {tuple(error.absolute_path) for error in errors if error.validator == "type"}
    reported = [error for error in errors if error.validator == "type" or tuple(error.absolute_path) not in of_kind]
    yield from dict.fromkeys(f"{place(error.absolute_path)}: {words}" for error in reported for words in _words(error))


@cache
def _validator() -> Draft202012Validator:
    checker = FormatChecker(formats=())
    checker.checks("date")(_is_date)
    checker.checks("date-time")(_is_moment)
    return Draft202012Validator(schema(), format_checker=checker)


def _is_date(value: object) -> bool:
    return not isinstance(value, str) or (bool(DAY.fullmatch(value)) and _is_real(date, value))


def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or (bool(MOMENT.fullmatch(value)) and _is_real(datetime, value.upper()))


def _is_real(kind: type[date], value: str) -> bool:
    try:
        return kind.fromisoformat(value).year in YEARS
    except ValueError:
        return False


def _words(error: ValidationError) -> Iterable[str]:
    """A jsonschema error in our words; several if several keys are unknown or missing."""
    value: Any = error.instance
    wanted: Any = error.validator_value
    within: Any = error.schema
    match error.validator:
        case "additionalProperties":
            return [f"unknown key {shown(key)}" for key in value if key not in within["properties"]]
        case "required":
            return [f"{shown(key)} is missing" for key in wanted if key not in value]
        case "type":
            kinds = [wanted] if isinstance(wanted, str) else wanted
            return [f"must be {' or '.join(KINDS[kind] for kind in kinds)}, not {_kind_of(value)}"]
    return [f"{shown(value)} is not {_allowed(str(error.validator), wanted, within)}"]


def _allowed(rule: str, wanted: Any, within: Any) -> str:
    if rule == "enum":
        return f"one of {', '.join(filter(None, wanted))}"
    if rule == "format":
        return FORMATS[wanted]
    return f"between {within['minimum']} and {within['maximum']}"


def _kind_of(value: object) -> str:
    """The type of a value, never the value itself: that may be case text."""
    names = {dict: "object", list: "array", str: "string", bool: "boolean", type(None): "null"}
    return KINDS[names.get(type(value), "number")]


def problems_within(facts: Facts) -> Iterator[str]:
    """What a schema cannot check: unknown or duplicate references, ends before beginnings, invalid provisions."""
    refs = {name: Counter(entry.ref for entry in getattr(facts, name)) for name in ("people", "recipients", "items")}
    yield from _duplicate_references(refs)
    for path, part in _parts((), facts):
        yield from _unknown_references(path, part, refs)
        yield from _backwards(path, part)
        if isinstance(part, Provision):
            yield from _unlawful(path, part)


def _parts(path: Path, part: Any) -> Iterator[tuple[Path, Any]]:
    """Every dataclass among the facts, and its path."""
    if isinstance(part, tuple):
        for number, item in enumerate(part):
            yield from _parts((*path, number), item)
    elif is_dataclass(part):
        yield path, part
        for field in fields(part):
            yield from _parts((*path, field.name), getattr(part, field.name))


def _duplicate_references(refs: Mapping[str, Counter[str]]) -> Iterator[str]:
    """Items may share an empty ref, because nothing refers to them. Only one person or recipient may have none."""
    for name, given in refs.items():
        for ref, count in given.items():
            if count > 1 and (ref or name != "items"):
                yield f"{name}: {shown(ref)} is the ref of {count} of them: give each a ref of its own"


def _unknown_references(path: Path, part: Any, refs: Mapping[str, Counter[str]]) -> Iterator[str]:
    """References to nobody. An empty reference is allowed: it means the whole decision, or no recipient."""
    for field in fields(part):
        if known := REFERENCES.get(f"{type(part).__name__}.{field.name}"):
            value = getattr(part, field.name)
            named = (
                value if isinstance(value, tuple) else filter(None, value if isinstance(value, Mapping) else [value])
            )
            for ref in named:
                if ref not in refs[known]:
                    yield f"{place((*path, field.name))}: {shown(ref)} is not the ref of any of the {known}"


def _backwards(path: Path, part: Any) -> Iterator[str]:
    for name in (field.name for field in fields(part) if field.name.endswith("_to")):
        beginning = f"{name.removesuffix('_to')}_from"
        end, start = getattr(part, name), getattr(part, beginning, None)
        if isinstance(end, date) and isinstance(start, date) and end < start:
            yield f"{place((*path, name))}: {end} is before {beginning}, {start}"


def _unlawful(path: Path, provision: Provision) -> Iterator[str]:
    try:
        checked_provision({name: value for name, value in vars(provision).items() if value is not None})
    except BadLaw as error:
        yield f"{place(path)}: {error}"
