"""Every finding says what it rests on and where among the facts it is, and no code is ever given to another."""

import runpy
from collections import Counter
from dataclasses import is_dataclass
from pathlib import Path
from typing import get_args

from rules.assess import RULES, assess, name_of
from rules.citations import CITATIONS
from rules.facts import Facts
from rules.facts_file.schema import hints, inner
from rules.finding_sources import _SOURCES, FINDING_SOURCES, path_of
from rules.findings import FINDING_TYPES, finding
from rules.law import CONFIDENCE
from tests.rules.cases import with_person
from tests.rules.scenarios import s01

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = runpy.run_path(str(ROOT / "docs" / "findings.py"))


def test_every_finding_has_one_source() -> None:
    entered = Counter(code for codes in _SOURCES.values() for code in codes)
    assert entered == Counter(list(FINDING_TYPES)), "enter each code once in rules/finding_sources.py"


def test_every_citation_is_used_and_sure_or_not() -> None:
    assert set(_SOURCES) == set(CITATIONS)
    assert {citation.confidence for citation in CITATIONS.values()} <= CONFIDENCE


def test_each_path_is_a_field_of_the_facts() -> None:
    for path in sorted({source.path for source in FINDING_SOURCES.values()}):
        is_a_field(path)


def is_a_field(path: str) -> None:
    cls: type = Facts
    for step in path.split("."):
        name, _, of_list = step.partition("[")
        held = inner(hints(cls)[name])
        assert bool(of_list) is False or get_args(held), step
        part = get_args(held)[0] if of_list else held
        if is_dataclass(part) and isinstance(part, type):
            cls = part


def test_a_path_has_the_number_of_the_person() -> None:
    assert path_of(finding("VIEWS_MISSING", person="P2"), s01()) == "people[1].views"
    assert path_of(finding("WHY_OUTWEIGHS"), s01()) == "why_outweighs"
    assert path_of(finding("WITHHELD_WHY"), s01()) == "items"
    assert path_of(finding("NO_L1", person="P3"), s01()) == "basis"


def test_a_finding_names_the_rule_that_found_it() -> None:
    names = [name_of(rule) for rule in RULES]
    assert len(set(names)) == len(names)
    [found] = [each for each in assess(with_person(s01(), "P2", views="")).findings if each.code == "VIEWS_MISSING"]
    assert found.rule == "consent.views"


def test_two_rules_that_find_the_same_find_it_once() -> None:
    facts = Facts(outcome="SHARED_PART")
    found = [(each.code, each.person) for each in assess(facts).findings]
    assert len(found) == len(set(found))


def test_no_code_is_lost_or_used_again() -> None:
    """A code that is given up stays in rules/data/finding_codes.txt, with why."""
    ever = DOCUMENT["codes_ever"]()
    assert {code for code, why in ever.items() if not why} == set(FINDING_TYPES), (
        "enter it in the list, never remove it"
    )


def test_the_list_of_findings_is_up_to_date() -> None:
    assert (ROOT / "docs" / "findings.md").read_text() == DOCUMENT["page"](), "run docs/findings.py again"
