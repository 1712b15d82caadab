"""The shape of a file of facts, as a JSON Schema made from the dataclasses themselves.

`python -m rules.facts_file.schema > docs/facts.schema.json` writes the published copy. Only the codes are listed by
hand (`rules.facts_file.codes`): fields, types, defaults and descriptions are read from the declarations.
"""

import ast
import inspect
import io
import json
import sys
import tokenize
import types
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from rules.codes import Code
from rules.facts import Facts
from rules.facts_file.codes import CODES, LIMITS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
UTC_NOTE = "a time without a zone is taken as UTC"


@cache
def schema() -> dict[str, Any]:
    """The whole schema: the facts of one decision, with each of their parts under `$defs`."""
    parts = {cls.__name__: _object(cls) for cls in sorted(_classes(Facts), key=lambda cls: cls.__name__)}
    whole = parts.pop(Facts.__name__)
    return {"$schema": DIALECT, "title": "The facts of one decision", **whole, "$defs": parts}


def inner(hint: Any) -> Any:
    """The type of a field, without None."""
    held = [arg for arg in get_args(hint) if arg is not type(None)]
    return held[0] if get_origin(hint) in {Union, types.UnionType} else hint


def may_be_nothing(hint: Any) -> bool:
    return get_origin(hint) in {Union, types.UnionType}


@cache
def hints(cls: type) -> Mapping[str, Any]:
    return get_type_hints(cls)


def default_of(field: Field[Any]) -> Any:
    """The default of a field; `MISSING` if it is required."""
    return field.default_factory() if field.default_factory is not MISSING else field.default


def _classes(cls: type) -> set[type]:
    found = {cls}
    for hint in hints(cls).values():
        for part in (inner(hint), *get_args(hint)):
            if is_dataclass(part) and isinstance(part, type):
                found |= _classes(part)
    return found


def _object(cls: type) -> dict[str, Any]:
    described: dict[str, Any] = {"type": "object", "description": " ".join((cls.__doc__ or "").split())}
    if not cls.__doc__ or cls.__doc__.startswith(f"{cls.__name__}("):  # dataclass makes one
        del described["description"]
    described["additionalProperties"] = False
    described["properties"] = {field.name: _property(cls, field) for field in fields(cls)}
    needed = [field.name for field in fields(cls) if default_of(field) is MISSING]
    return {**described, "required": needed} if needed else described


def _property(cls: type, field: Field[Any]) -> dict[str, Any]:
    name, default = f"{cls.__name__}.{field.name}", default_of(field)
    described = {**_kind(hints(cls)[field.name], name, empty=default == ""), **LIMITS.get(name, {})}
    if isinstance(default, str | bool):
        described["default"] = default
    notes = [_comments(cls).get(field.name, ""), _labels(name)]
    if inner(hints(cls)[field.name]) is datetime:
        notes.append(UTC_NOTE)
    if description := "; ".join(part for part in notes if part):
        described["description"] = description
    return described


def _kind(hint: Any, name: str, *, empty: bool = False) -> dict[str, Any]:
    """The schema of one type; `empty` if an empty string may stand for a code not chosen yet."""
    held, origin = inner(hint), get_origin(inner(hint))
    if is_dataclass(held) and isinstance(held, type):
        return {"$ref": f"#/$defs/{held.__name__}"}
    if origin is tuple:
        return {"type": "array", "items": _kind(get_args(held)[0], name)}
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _kind(get_args(held)[1], name)}
    described = dict(PLAIN[held])
    if held is str and name in CODES:
        described["enum"] = [*([""] if empty else []), *map(str, CODES[name])]
    return {**described, "type": [described["type"], "null"]} if may_be_nothing(hint) else described


PLAIN: Mapping[Any, Mapping[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    float: {"type": "number"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
}


def _labels(name: str) -> str:
    codes = CODES.get(name, ())
    return ", ".join(f"{code} ({code.label})" for code in codes if isinstance(code, Code))


@cache
def _comments(cls: type) -> Mapping[str, str]:
    """The comment on each field: beside it, or in the lines just above it."""
    source = inspect.getsource(cls)
    comments = dict(_comment_lines(source))
    found = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            above = node.lineno - 1
            while comments.get(above, ("", True))[1] is False:
                above -= 1
            lines = [*range(above + 1, node.lineno), node.end_lineno or node.lineno]
            found[node.target.id] = " ".join(comments[line][0] for line in lines if line in comments)
    return found


def _comment_lines(source: str) -> Iterator[tuple[int, tuple[str, bool]]]:
    """Each comment by its line, and whether it is on a line with code."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], (token.string.lstrip("# "), bool(token.line[: token.start[1]].strip()))


def published() -> str:
    """The text of docs/facts.schema.json."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(published())
