"""Every provision of the law is tested against what its text needs: each need is met once, and once it is not."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from rules.assess import assess
from rules.codes import AgreedTo, Level
from rules.facts import Facts
from rules.findings import FINDING_TYPES
from rules.law_files import CURRENT, load
from rules.needs import Need, parsed
from rules.organisations import RecipientKind, Sector
from rules.preconditions import BEFORE_SHARING, TESTS
from tests.rules.needs_cases import CASES, EACH, PROVISIONS, with_need


def codes_in(facts: Facts) -> set[str]:
    return {finding.code for finding in assess(facts).findings}


@pytest.mark.parametrize(("code", "need"), EACH)
def test_a_need_is_found_where_the_facts_do_not_meet_it(code: str, need: str) -> None:
    found = CASES[parsed(need)[0]][2]
    assert found in codes_in(with_need(code, need, met=False))
    assert found not in codes_in(with_need(code, need, met=True))


def test_every_provision_says_what_it_needs_or_that_it_needs_nothing() -> None:
    for file in sorted((Path(__file__).parents[2] / "rules" / "data" / "law" / CURRENT).glob("*.toml")):
        for entry in tomllib.loads(file.read_text()).get("provision", []):
            assert "needs" in entry, entry["code"]


def test_each_need_has_a_rule_a_case_and_a_provision() -> None:
    used = {parsed(need)[0] for _code, need in EACH}
    assert set(TESTS) == set(CASES) == set(Need) == used
    assert {found for _met, _unmet, found in CASES.values()} <= set(FINDING_TYPES)


def values_that_name(kind: str) -> Iterator[tuple[str, ...]]:
    return (parsed(need)[1] for _code, need in EACH if parsed(need)[0] == kind)


def test_what_a_need_names_is_known() -> None:
    """A need that names a provision, a sector or a level nobody knows would be met by nobody."""
    known: dict[str, set[str]] = {
        "paired": set(PROVISIONS), "body": set(Sector), "recipient": set(RecipientKind), "level": set(Level),
        "recipients_function": set(RecipientKind), "consent": set(AgreedTo), "wanted": {"person", "parent_under_18"},
    }  # fmt: skip
    for kind, allowed in known.items():
        for values in values_that_name(kind):
            assert values
            assert set(values) <= allowed, (kind, values)


@pytest.mark.parametrize("version", ["2026-11", "2026-11-22"])
def test_a_version_from_before_has_the_needs_of_the_law(version: str) -> None:
    """A decision made under it is not excused from them: its tables only did not say so."""
    before = {provision.code: provision for provision in load(version).all_provisions}
    assert set(before) <= set(PROVISIONS)
    assert all(before[code].needs == PROVISIONS[code].needs for code in before)


@pytest.mark.parametrize(("code", "need"), [each for each in EACH if parsed(each[1])[0] not in BEFORE_SHARING])
def test_what_is_not_shared_relies_on_nothing(code: str, need: str) -> None:
    facts = with_need(code, need, met=False)
    found = CASES[parsed(need)[0]][2]
    assert found not in codes_in(Facts(**{**vars(facts), "outcome": "DEFERRED"}))
