"""The schema is made from the dataclasses, says what they say, and is published as it is."""

import subprocess
import sys
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
from jsonschema import Draft202012Validator

from rules import codes
from rules.facts import Facts
from rules.facts_file.codes import CODES, FREE_TEXT, LIMITS, REFERENCES
from rules.facts_file.schema import DIALECT, default_of, hints, inner, published, schema
from rules.law import Provision

ROOT = Path(__file__).resolve().parents[2]
FREE = {f"{cls}.{name}" for cls, names in FREE_TEXT.items() for name in names.split()}


def classes(cls: type = Facts) -> set[type]:
    """Every dataclass that stands somewhere within the facts."""
    found = {cls}
    for hint in hints(cls).values():
        for one in (inner(hint), *get_args(hint)):
            if isinstance(one, type) and is_dataclass(one):
                found |= classes(one)
    return found


def is_text(hint: Any) -> bool:
    """A text, a list of texts, or texts by name."""
    held = inner(hint)
    if get_origin(held) is None:
        return held is str
    return str in get_args(held)[:1] and not any(is_dataclass(one) or one is date for one in get_args(held))


TEXTS = sorted(f"{cls.__name__}.{name}" for cls in classes() for name, hint in hints(cls).items() if is_text(hint))
CLASSES = sorted(classes(), key=lambda cls: cls.__name__)


def part(cls: type) -> dict[str, Any]:
    return dict(schema() if cls is Facts else schema()["$defs"][cls.__name__])


def prop(name: str) -> dict[str, Any]:
    cls, field = name.split(".")
    owner = schema() if cls == "Facts" else schema()["$defs"][cls]
    return dict(owner["properties"][field])


def test_it_is_a_schema() -> None:
    assert schema()["$schema"] == DIALECT
    Draft202012Validator.check_schema(schema())


def test_the_published_copy_is_up_to_date() -> None:
    """If not: .venv/bin/python -m rules.facts_file.schema > docs/facts.schema.json"""
    assert (ROOT / "docs/facts.schema.json").read_text() == published()


@pytest.mark.slow
@pytest.mark.sqlite
def test_it_is_made_without_the_site() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "rules.facts_file.schema"], cwd=ROOT, env={}, capture_output=True, check=True
    )
    assert ran.stdout.decode() == published()


@pytest.mark.slow
@pytest.mark.sqlite
def test_reading_needs_no_django() -> None:
    code = "import sys, rules.facts_file.reader; print('django' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={}, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


def test_every_text_is_a_code_or_a_name_or_free() -> None:
    """Put a new one in one table of rules/facts_file/codes.py: a code nobody checks is passed over in silence."""
    assert [name for name in TEXTS if [name in CODES, name in REFERENCES, name in FREE].count(True) != 1] == []


def test_the_tables_name_nothing_else() -> None:
    assert sorted({*CODES, *REFERENCES, *FREE}) == TEXTS
    assert set(LIMITS) <= {f"{cls.__name__}.{field.name}" for cls in classes() for field in fields(cls)}
    assert set(REFERENCES.values()) <= set(hints(Facts))


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_every_field_is_there_and_no_other_is_allowed(cls: type) -> None:
    made = part(cls)
    assert list(made["properties"]) == [field.name for field in fields(cls)]
    assert made["additionalProperties"] is False
    needed = [field.name for field in fields(cls) if default_of(field) is MISSING]
    assert made.get("required", []) == needed, "only what has no default is required"


def test_a_decision_needs_nothing_and_a_row_of_law_its_parts() -> None:
    assert "required" not in schema()
    assert {"code", "layer", "effective_from"} <= set(part(Provision)["required"])
    assert "effective_to" not in part(Provision)["required"]


def test_codes_are_listed_and_empty_where_that_is_the_default() -> None:
    for name in sorted(CODES):
        made = prop(name)
        listed = made.get("items", made)["enum"]
        assert [code for code in listed if code] == [str(code) for code in CODES[name]], name
        assert ("" in listed) == (made.get("default") == ""), name


def test_lists_of_codes_are_those_the_rules_use() -> None:
    assert prop("PersonFacts.role")["enum"][1:] == [role.value for role in codes.PersonRole]
    assert prop("ItemFacts.sensitivities")["items"]["enum"] == [one.value for one in codes.Sensitivity]
    assert prop("PersonFacts.consent_state")["default"] == "UNKNOWN"
    assert "" not in prop("PersonFacts.consent_state")["enum"]


@pytest.mark.parametrize(
    ("name", "kind", "form"),
    [
        ("Facts.decided_at", ["string", "null"], "date-time"),
        ("Facts.look_again_on", ["string", "null"], "date"),
        ("LaterConsentFacts.at", "string", "date-time"),
        ("Provision.effective_from", "string", "date"),
        ("Facts.follows", "boolean", None),
        ("PersonFacts.age", ["number", "null"], None),
        ("BasisFacts.person_ref", ["string", "null"], None),
        ("Facts.why_now", "string", None),
    ],
)
def test_kinds_are_those_of_the_dataclasses(name: str, kind: object, form: str | None) -> None:
    assert (prop(name)["type"], prop(name).get("format")) == (kind, form)


def test_lists_mappings_and_parts() -> None:
    assert prop("Facts.people")["items"] == {"$ref": "#/$defs/PersonFacts"}
    assert prop("Facts.local_provisions")["items"] == {"$ref": "#/$defs/Provision"}
    assert prop("Facts.order")["$ref"] == "#/$defs/OrderFacts"
    assert prop("ItemFacts.withheld_from")["additionalProperties"] == {"type": "string"}
    assert prop("Facts.retired")["additionalProperties"] == {"type": "string", "format": "date"}


def test_what_is_said_beside_a_field_is_said_in_the_schema() -> None:
    assert prop("OrderFacts.covers_from")["description"].startswith("the days that what it asks for")
    assert "Commencements the organisation has confirmed" in prop("Facts.commencements")["description"]
    assert "taken as UTC" in prop("Facts.decided_at")["description"]
    assert "child (Child or young person)" in prop("PersonFacts.role")["description"]
    assert "description" not in prop("RequestFacts.what")


def test_a_part_is_described_only_where_somebody_did() -> None:
    assert part(Facts)["description"].startswith("One decision.")
    assert all("(*" not in made.get("description", "") for made in schema()["$defs"].values())
    assert "description" not in schema()["$defs"]["RecipientFacts"]


def test_a_comment_over_several_lines_belongs_to_the_field_below() -> None:
    from rules.facts_file.schema import _comments  # noqa: PLC0415

    assert _comments(Noted) == {"plain": "", "beside": "said here", "below": "said in two lines"}


@dataclass
class Noted:
    plain: str = ""
    beside: str = "# not this"  # said here
    # said in
    # two lines
    below: str = ""
