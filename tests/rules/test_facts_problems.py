"""Every field of the facts, spoilt one at a time: whatever a rule could pass over in silence is told with its place."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from rules.facts import Facts
from rules.facts_file.codes import CODES
from rules.facts_file.problems import problems_of_shape, problems_within, unfit_texts
from rules.facts_file.reader import BadFacts, as_json, facts_from, read
from rules.facts_file.schema import schema
from rules.law import Provision
from tests.decisions.any_facts import any_facts
from tests.in_turn import THOROUGH, in_turn

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED = Draft202012Validator(json.loads((ROOT / "docs/facts.schema.json").read_text()))
# A value that fits wherever one of its kind may stand.
FITS = {"string": "x", "boolean": True, "number": 1, "array": [], "object": {}}


def kinds_of(made: dict[str, Any]) -> list[str]:
    kind = made.get("type", "object")
    return [kind] if isinstance(kind, str) else list(kind)


def nested(path: tuple[str | int, ...], value: object) -> object:
    """A document with this value at that place, and with what a row of law or an event cannot do without."""
    for step in reversed(path):
        value = [value] if isinstance(step, int) else {step: value}
    return value


def fields_of(made: dict[str, Any], path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every place a value may stand: in lists the first, in mappings one called `k`."""
    if "$ref" in made:
        made = schema()["$defs"][made["$ref"].rpartition("/")[2]]
    if path:
        yield path, made
    for name, one in made.get("properties", {}).items():
        yield from fields_of(one, (*path, name))
    if "items" in made:
        yield from fields_of(made["items"], (*path, 0))
    if isinstance(made.get("additionalProperties"), dict):
        yield from fields_of(made["additionalProperties"], (*path, "k"))


PLACES = [(path, made) for path, made in fields_of(schema())]


def name_of(path: tuple[str | int, ...]) -> str:
    return ".".join(map(str, path)).replace(".0", "[0]")


def places(*forms: str, coded: bool = False) -> list[tuple[tuple[str | int, ...], dict[str, Any]]]:
    return [
        (path, made)
        for path, made in PLACES
        if (not forms or made.get("format") in forms) and (not coded or "enum" in made)
    ]


def problems_with(path: tuple[str | int, ...], value: object) -> list[str]:
    """What is said of this value at that place, and of nothing round it."""
    found = list(problems_of_shape(nested(path, value)))
    return [line for line in found if not line.endswith("is missing")]


def test_every_part_of_the_facts_is_spoilt_here() -> None:
    names = {name_of(path) for path, _ in PLACES}
    assert {
        "entry_route",
        "people[0].role",
        "people[0].informing.at",
        "follow_up.consent[0].state",
        "local_provisions[0].tests[0]",
    } <= names
    assert {"items[0].withheld_from.k", "basis[0].answers.k", "commencements.k", "retired.k"} <= names
    assert len(places(coded=True)) == len(CODES)


def test_no_field_takes_another_kind() -> None:
    """Nor is anything taken for null but what may be unknown."""
    for path, made in in_turn(PLACES, of=3):
        for kind, value in FITS.items():
            if kind not in kinds_of(made):
                [line] = problems_with(path, value)
                assert line.startswith(f"{name_of(path)}: must be "), path
        assert bool(problems_with(path, None)) == ("null" not in kinds_of(made)), path


def test_no_coded_field_takes_another_code() -> None:
    for path, made in in_turn(places(coded=True), of=3):
        for value in ("nonsense", f"{made['enum'][-1]} ", made["enum"][-1].swapcase() + "!"):
            [line] = problems_with(path, value)
            assert line.startswith(f"{name_of(path)}: {json.dumps(value)} is not one of "), path
        assert all(problems_with(path, code) == [] for code in made["enum"]), path


def test_no_dated_field_takes_a_day_that_is_not() -> None:
    for path, made in places("date", "date-time"):
        for value in ("2026-02-30", "2025-02-29T10:00Z", "soon", ""):
            [line] = problems_with(path, value)
            assert line.startswith(f'{name_of(path)}: "{value}" is not a date'), path
        assert problems_with(path, "2024-02-29" + ("T10:00Z" if made["format"] == "date-time" else "")) == [], path


def test_no_part_takes_a_key_of_its_own() -> None:
    for path, made in PLACES:
        if "properties" in made:
            assert problems_with(path, {"Ref": "x"}) == [f'{name_of(path)}: unknown key "Ref"'], path


@given(any_facts())
@settings(
    max_examples=(2 if THOROUGH else 1) * settings().max_examples,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_others_who_use_the_published_schema_are_told_the_same(facts: Facts) -> None:
    """What we write, any validator of the dialect lets through; what it refuses, so do we."""
    written = as_json(facts)
    PUBLISHED.validate(written)
    assert list(problems_of_shape(written)) == []
    spoilt = {**written, "trigger": "no such trigger"}
    assert not PUBLISHED.is_valid(spoilt)
    with pytest.raises(BadFacts, match=r'^trigger: "no such trigger" is not one of '):
        facts_from(spoilt)


def test_half_characters_are_found_wherever_they_are() -> None:
    deep: dict[str, Any] = {"a": [{"b": "fine"}, {"c": ["x\ud800"]}], "\udc00": "not looked into \ud800"}
    assert sorted(unfit_texts(deep)) == [
        "a[1].c[0]: holds half a character or a NUL: take it out",
        'facts: key "\\udc00" holds half a character or a NUL',
    ]


def test_texts_as_deep_as_json_goes_are_looked_at_without_falling_over() -> None:
    data: object = "\0"
    for _ in range(5_000):
        data = [data]
    [line] = unfit_texts(data)
    assert line.startswith("[0][0]")


def test_whole_characters_of_every_alphabet_are_fine() -> None:
    assert list(unfit_texts({"é": ["👩‍👧", "\t\n", "שלום"], "n": 5, "x": None})) == []


def test_facts_that_hang_together_have_no_problems() -> None:
    assert list(problems_within(Facts())) == []


def test_a_device_without_end_is_not_read_to_its_end() -> None:
    from decisions.management.commands.assess import _bytes  # noqa: PLC0415

    with pytest.raises(BadFacts, match="more than 5 million characters"):
        read(_bytes("/dev/zero"))


def test_a_row_of_law_says_what_it_lacks_in_the_order_of_its_fields() -> None:
    found = list(problems_of_shape({"local_provisions": [{}]}))
    needed = schema()["$defs"][Provision.__name__]["required"]
    assert found == [f'local_provisions[0]: "{name}" is missing' for name in needed]
