"""Every provision of the law is tested against what its text needs: each need is met once, and once it is not."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
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
from tests.rules.cases import basis, with_person
from tests.rules.needs_cases import CASES, EACH, PROVISIONS, relying, speaking, with_need


def codes_in(facts: Facts) -> set[str]:
    return {finding.code for finding in assess(facts).findings}


def test_a_need_is_found_where_the_facts_do_not_meet_it() -> None:
    for code, need in EACH:
        found = CASES[parsed(need)[0]][2]
        unmet = with_need(code, need, met=False)
        assert found in codes_in(unmet), (code, need)
        assert found not in codes_in(with_need(code, need, met=True)), (code, need)
        before = parsed(need)[0] in BEFORE_SHARING  # not shared, it relies on nothing else
        assert (found in codes_in(replace(unmet, outcome="DEFERRED"))) is before, (code, need)


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


@pytest.mark.parametrize(
    ("parent", "child", "found"),
    [("GIVEN", "REFUSED", False), ("REFUSED", "GIVEN", True), ("OBJECTED", "OBJECTED", True)],
)
def test_channel_support_needs_a_parent_where_somebody_is_under_18(parent: str, child: str, *, found: bool) -> None:
    """Counter-Terrorism and Security Act 2015 section 36(4)(b): who may consent stands on the provision."""
    facts = speaking(parent, child)(relying(PROVISIONS["CTSA15_SUPPORT"]), ())
    assert ("HELP_NOT_WANTED" in codes_in(facts)) is found
    grown_up = with_person(facts, "P1", age=18, role="adult")
    assert ("HELP_NOT_WANTED" in codes_in(grown_up)) is (found and child != "GIVEN")
    housing = replace(facts, basis=basis("HA96_213B"))
    assert ("HELP_NOT_WANTED" in codes_in(housing)) is (found and child != "GIVEN"), "help that anybody may ask for"


@pytest.mark.parametrize(
    ("state", "text", "found"),
    [
        ("NOT_SOUGHT_DELAY", "Minutes counted", False),
        ("NOT_SOUGHT_UNSAFE", "He would hide it", False),
        ("NOT_SOUGHT_UNSAFE", "n/a", True),
        ("REFUSED", "He would hide it", True),
        ("NOT_CONTACTABLE", "Rang twice", True),
    ],
)
def test_why_it_was_not_asked_says_how_asking_would_prejudice_it(state: str, text: str, *, found: bool) -> None:
    """Nobody has to write twice why a suspect was not asked first."""
    facts = relying(PROVISIONS["S1_P10"])
    facts = replace(facts, items=tuple(replace(item, sensitivities=("offences",)) for item in facts.items))
    facts = with_person(facts, "P1", consent_state=state, not_asked_text=text)
    assert ("NEEDS_PREJUDICE" in codes_in(facts)) is found
