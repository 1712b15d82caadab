"""The facts of one decision as JSON: read from a file somebody else wrote, and written for one (docs/assess.md)."""

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from typing import Any, Never, get_args, get_origin

from rules.facts import Facts
from rules.facts_file.problems import problems_of_shape, problems_within, shown, unfit_texts
from rules.facts_file.schema import default_of, hints, inner

LARGEST = 5_000_000
TOO_DEEP = "facts: lists or objects are nested too deep"


class BadFacts(ValueError):
    """The input is not the facts of a decision; each line says where and why."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(self.lines))


def read(raw: bytes | str) -> Facts:
    """The facts in a JSON text; raises `BadFacts`."""
    return facts_from(parsed(raw))


def parsed(raw: bytes | str) -> object:
    """The JSON in a text, within what one decision needs; raises `BadFacts`."""
    if len(raw) > LARGEST:
        raise BadFacts([f"facts: more than {LARGEST // 1_000_000} million characters, which no one decision needs"])
    try:
        return _parsed(raw.decode("utf-8-sig") if isinstance(raw, bytes) else raw)
    except UnicodeDecodeError as error:
        raise BadFacts([f"facts: not UTF-8 text (byte {error.start + 1}): save the file as UTF-8"]) from error
    except RecursionError as error:
        raise BadFacts([TOO_DEEP]) from error


def facts_from(data: object) -> Facts:
    """The facts from parsed JSON; raises `BadFacts` with everything that is wrong."""
    try:
        return _checked(data)
    except RecursionError as error:
        raise BadFacts([TOO_DEEP]) from error


def _checked(data: object) -> Facts:
    if found := [*unfit_texts(data), *problems_of_shape(data)]:
        raise BadFacts(found)
    facts: Facts = _build(Facts, data)
    if found := list(problems_within(facts)):
        raise BadFacts(found)
    return facts


def as_json(facts: Facts) -> dict[str, Any]:
    """The facts as JSON that `facts_from` reads back, without values that equal their default."""
    return dict(_non_default(facts))


def _parsed(text: str) -> object:
    try:
        return json.loads(text, parse_constant=_no_number, parse_float=_number, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        raise BadFacts([f"facts: not JSON (line {error.lineno}, column {error.colno}): {error.msg}"]) from error
    except BadFacts:
        raise
    except ValueError as error:  # Python refuses to convert an integer of thousands of digits
        raise BadFacts(["facts: a number is too long"]) from error


def _no_number(word: str) -> Never:
    raise BadFacts([f"facts: {word} is not JSON: leave it out, or write null"])


def _number(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise BadFacts(["facts: a number is too large"])
    return number


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    parsed = dict(pairs)
    if len(parsed) < len(pairs):
        twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise BadFacts([f"facts: key {shown(twice)} appears twice in one object"])
    return parsed


def _build(hint: Any, value: Any) -> Any:
    """A value of the schema as the dataclasses hold it."""
    held, origin = inner(hint), get_origin(inner(hint))
    if value is None:
        return None
    if is_dataclass(held) and isinstance(held, type):
        return held(**{key: _build(hints(held)[key], item) for key, item in value.items()})
    if origin is tuple:
        return tuple(_build(get_args(held)[0], item) for item in value)
    if origin is not None:
        return {key: _build(get_args(held)[1], item) for key, item in value.items()}
    if held in {date, datetime}:
        return held.fromisoformat(value.upper())
    return float(value) if held is float else value


def _non_default(facts: Any) -> Iterator[tuple[str, Any]]:
    for field in fields(facts):
        value, default = getattr(facts, field.name), default_of(field)
        if default is MISSING or value != default:
            yield field.name, _plain(value)


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return dict(_non_default(value))
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value
