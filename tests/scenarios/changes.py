"""Facts with something changed, added or taken out, named by a path such as `people.P2.telling.state`.

A row of a list is named by its reference, by its code (`basis.S1_P18@P3` for one person's, `basis.ART6_E` for the
whole decision's), by its recipient, or by `*` for every one.
"""

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from tests.scenarios.files import BadScenario, Expectation

# What a row is named by, the first of these that it has.
ROWS = ("ref", "code", "recipient_ref", "person_ref")


def changed(facts: Mapping[str, Any], one: Expectation) -> dict[str, Any]:
    return apply(facts, change=one.change, add=one.add, remove=one.remove)


def fallen(facts: Mapping[str, Any], one: Expectation) -> dict[str, Any]:
    """The facts as the line has them, and then what it says it falls with."""
    return apply(changed(facts, one), change=one.falls_with, add={}, remove=one.falls_without)


def apply(
    facts: Mapping[str, Any], *, change: Mapping[str, Any], add: Mapping[str, Any], remove: tuple[str, ...]
) -> dict[str, Any]:
    """Taken out first, then added, then changed, so that what was added can be changed as well."""
    data = copy.deepcopy(dict(facts))
    for path in remove:
        for holder, name in list(_found(data, path)):
            _take_out(holder, name, path)
    for path, rows in add.items():
        for holder, name in _found(data, path):
            holder.setdefault(name, []).extend(copy.deepcopy(rows))
    for path, value in change.items():
        for holder, name in _found(data, path):
            holder[name] = copy.deepcopy(value)
    return data


def _take_out(holder: Any, name: Any, path: str) -> None:
    if isinstance(holder, list):
        holder.remove(name)
    elif name in holder:
        del holder[name]
    else:
        raise BadScenario(f"{path}: there is nothing to take out")


def _found(data: Any, path: str) -> Iterator[tuple[Any, Any]]:
    """What holds the last part of the path, and the key of it there; the row itself where it is one of a list."""
    holders = [data]
    *way, last = path.split(".")
    for part in way:
        holders = [inner for one in holders for inner in _inside(one, part, path)]
    for one in holders:
        if isinstance(one, list):
            yield from ((one, row) for row in _inside(one, last, path))
        else:
            yield one, last


def _inside(holder: Any, part: str, path: str) -> list[Any]:
    if isinstance(holder, list):
        rows = [row for row in holder if part == "*" or part in set(_names(row))]
        if not rows:
            raise BadScenario(f"{path}: no row {part}")
        return rows
    return [holder.setdefault(part, {})]


def _names(row: Mapping[str, Any]) -> Iterator[str]:
    if "code" in row:
        yield row["code"] + (f"@{row['person_ref']}" if row.get("person_ref") else "")
    else:
        yield from (str(row[key]) for key in ROWS if key in row)
