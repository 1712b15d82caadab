"""Facts bring no law of their own: a kept copy counts as a known version had it, and a file names only known law."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from rules.assess import assess
from rules.facts import BasisFacts, Facts
from rules.facts_file.outside import read_outside
from rules.facts_file.reader import BadFacts
from rules.law import Law
from rules.law_files import kept_provision, load, versions
from tests.rules.cases import with_basis
from tests.rules.scenarios import s01

REMOVED = "CTSA15_26"
KEPT = BasisFacts(
    code=REMOVED, layer="L3", refused_ok="yes", law_version="2026-11-22", law_sha256=load("2026-11-22").sha256
)
OWN: dict[str, Any] = {
    "code": "OURS", "layer": "L1", "kind": "basis", "short_name": "Ours", "plain_english": "Ours.", "citation": "None",
    "who": "ANY", "tests": ["Why?"], "refused_ok": "yes", "jurisdiction": "E", "effective_from": "2018-05-25",
    "confidence": "C", "source": "Us", "checked_on": "2026-01-01",
}  # fmt: skip


def without(law: Law, code: str) -> Law:
    """A later version of the law that a provision has left."""
    rest = tuple(provision for provision in law.all_provisions if provision.code != code)
    return replace(law, all_provisions=rest, combinations=(), known=law.known - {code})


def is_unknown(row: BasisFacts) -> bool:
    found = assess(with_basis(s01(), row), without(load(), REMOVED)).findings
    return any(each.code == "PROVISION_UNKNOWN" and REMOVED in each.message for each in found)


def test_a_copy_counts_as_the_version_it_was_made_of_had_it() -> None:
    assert not is_unknown(KEPT)


@pytest.mark.parametrize(
    "changes",
    [
        {"law_version": ""},
        {"law_version": "2019-01-01"},
        {"law_version": "../2026-11-22"},
        {"law_sha256": ""},
        {"law_sha256": "0" * 64},
        {"law_version": "2026-11"},  # another version's hash
        {"layer": "L1"},
        {"refused_ok": "no"},
        {"layer": "", "refused_ok": ""},
    ],
    ids=str,
)
def test_a_copy_that_no_version_had_is_no_law(changes: dict[str, str]) -> None:
    assert is_unknown(replace(KEPT, **changes))  # type: ignore[arg-type]  # texts, by name


def test_every_version_can_be_kept_from() -> None:
    assert versions() == {"2026-11", "2026-11-22", "2026-11-29", "2026-11-30"}
    for version in versions():
        law = load(version)
        assert kept_provision(version, law.sha256, "ART6_E") == law.any_provision("ART6_E")
        assert kept_provision(version, law.sha256, "OURS") is None


def lines(data: dict[str, Any]) -> tuple[str, ...]:
    with pytest.raises(BadFacts) as refused:
        read_outside(json.dumps(data))
    return refused.value.lines


def test_a_file_cannot_bring_a_provision_of_its_own() -> None:
    [line] = lines({"local_provisions": [OWN], "basis": [{"code": "OURS"}]})
    assert line.startswith('local_provisions[0]: "OURS" is no provision of docs/law.md')
    two = lines({"local_provisions": [OWN, {**OWN, "code": "ART6_E"}]})
    assert len(two) == 2, "nor may it say otherwise what a known provision says"


@pytest.mark.parametrize(
    ("commencements", "said"),
    [
        ({"OURS": "2026-05-01"}, "commencements.OURS: is no provision that waits for its start"),
        ({"ART6_E": "2010-01-01"}, "commencements.ART6_E: is no provision that waits for its start"),
        ({"CA04_16LA": "2026-04-28"}, "commencements.CA04_16LA: 2026-04-28 is before it was enacted, 2026-04-29"),
        ({"CPA26_CSA": "2020-01-01"}, "commencements.CPA26_CSA: 2020-01-01 is before it was enacted, 2026-04-29"),
    ],
)
def test_a_start_that_cannot_be_is_refused(commencements: dict[str, str], said: str) -> None:
    assert lines({"commencements": commencements}) == (said,)


def test_only_what_is_known_is_given_up() -> None:
    assert lines({"retired": {"OURS": "2026-05-01"}}) == ("retired.OURS: is no provision of docs/law.md",)


def test_what_is_known_is_read() -> None:
    facts = read_outside(
        json.dumps({"commencements": {"CA04_16LA": "2026-04-29"}, "retired": {"ART6_F": "2026-05-01"}})
    )
    assert facts == Facts(commencements={"CA04_16LA": date(2026, 4, 29)}, retired={"ART6_F": date(2026, 5, 1)})


@pytest.mark.parametrize("code", ["CA04_16LA", "CA04_16LC", "CPA26_CSA"])
def test_nothing_starts_before_it_was_enacted_whoever_says_so(code: str) -> None:
    early = load().for_us({code: date(2026, 4, 28)})
    assert early.provision(code, date(2026, 11, 29)) is None
    assert load().for_us({code: date(2026, 4, 29)}).provision(code, date(2026, 11, 29)) is not None


def test_an_unknown_code_is_found_whatever_it_says_of_itself() -> None:
    facts = read_outside(json.dumps({"outcome": "SHARED_PART", "basis": [{**vars_of(KEPT), "code": "OURS"}]}))
    assert "PROVISION_UNKNOWN" in {each.code for each in assess(facts).blocking}


def vars_of(row: BasisFacts) -> dict[str, str]:
    names = ("layer", "refused_ok", "law_version", "law_sha256")
    return {name: getattr(row, name) for name in names}
