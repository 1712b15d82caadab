"""Any facts that a file may hold, made from the dataclasses themselves: a new field needs no line here."""

from collections.abc import Mapping
from dataclasses import Field, fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from functools import partial
from typing import Any, get_args, get_origin

from hypothesis import strategies as st

from rules.facts import Facts
from rules.facts_file.codes import CODES, LIMITS, REFERENCES
from rules.facts_file.schema import default_of, hints, inner, may_be_nothing
from rules.law import Provision

# Everybody who may be named is there, each by a name of their own.
REFS = {"people": ("P1", "P 2"), "recipients": ("é",), "items": ("I1",)}
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6)
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=1)), timezone(-timedelta(hours=3, minutes=30))])
FIRST, LAST = datetime(1900, 1, 1), datetime(2199, 12, 31)  # noqa: DTZ001  (the zone is drawn)
PLAIN: Mapping[Any, st.SearchStrategy[Any]] = {
    str: WORDS,
    bool: st.booleans(),
    float: st.floats(LIMITS["PersonFacts.age"]["minimum"], LIMITS["PersonFacts.age"]["maximum"]),
    date: st.dates(FIRST.date(), LAST.date()),
    datetime: st.datetimes(FIRST, LAST) | st.datetimes(FIRST, LAST, timezones=ZONES),
}


def any_facts() -> st.SearchStrategy[Facts]:
    return _part(Facts)


def _part(cls: type) -> st.SearchStrategy[Any]:
    made = st.builds(cls, **{field.name: _field(cls, field) for field in fields(cls)}).map(_forwards)
    return made.map(_lawful) if cls is Provision else made


def _field(cls: type, field: Field[Any]) -> st.SearchStrategy[Any]:
    hint = hints(cls)[field.name]
    if cls is Facts and field.name in REFS:
        one = get_args(hint)[0]
        return st.tuples(*(_part(one).map(partial(replace, ref=ref)) for ref in REFS[field.name]))
    return _any(hint, f"{cls.__name__}.{field.name}", empty=default_of(field) == "")


def _any(hint: Any, name: str, *, empty: bool = False) -> st.SearchStrategy[Any]:
    held, origin = inner(hint), get_origin(inner(hint))
    if is_dataclass(held) and isinstance(held, type):
        return _part(held)
    if origin is tuple:
        return st.lists(_any(get_args(held)[0], name), max_size=2).map(tuple)
    named = REFS[REFERENCES[name]] if name in REFERENCES else ()
    if origin is not None:
        keys = st.sampled_from(["", *named]) if named else WORDS
        return st.dictionaries(keys, _any(get_args(held)[1], ""), max_size=2)
    codes = [*([""] if empty else []), *CODES.get(name, named)]
    value = st.sampled_from(codes) if any(codes) else PLAIN[held]
    return st.none() | value if may_be_nothing(hint) else value


def _forwards(part: Any) -> Any:
    """No end before its beginning."""
    for field in fields(part):
        end, start = getattr(part, field.name), getattr(part, f"{field.name.removesuffix('_to')}_from", None)
        if field.name.endswith("_to") and isinstance(end, date) and isinstance(start, date) and end < start:
            part = replace(part, **{field.name: start})
    return part


def _lawful(row: Provision) -> Provision:
    """Where a no is asked about, the question is one of the row's tests; it needs nothing, which is always known."""
    return replace(row, tests=(*row.tests, row.refused_test), needs=())
