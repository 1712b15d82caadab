"""Why somebody need not be told: each exemption by its own words, and none where the law has none."""

import hashlib
from pathlib import Path

import pytest

from rules.codes import Reason
from rules.exemptions import (
    FROM_OTHERS,
    FROM_THE_PERSON,
    OBTAINED,
    ExemptionCode,
    exemption,
    exemptions,
    exemptions_version,
    fits,
    from_informing,
)
from rules.law import CONFIDENCE

ROOT = Path(__file__).parents[2]


# The hash of the list as it is: a record keeps the version it rested on, so a change is the next version.
VERSIONS = {
    "2026-11-29": "55cc70d77a4e8b2e39da3e8b62df4c9c1336631a143babfc2e97cb2e6c6eb39d",
    "2026-11-30": "26dea4f657f00d1f3ecdd82451db80d1551afb21866a3ffa43395cbb6d429b73",
}


def test_a_changed_list_is_the_next_version() -> None:
    raw = (ROOT / "rules" / "data" / "exemptions.toml").read_bytes()
    assert VERSIONS[exemptions_version()] == hashlib.sha256(raw).hexdigest(), "give the list the next version"


def codes_for(reason: str, obtained: str = "either") -> set[str]:
    return {each.code for each in from_informing(reason, obtained=obtained)}


def test_each_is_there_once_with_its_tests_and_its_source() -> None:
    assert [each.code for each in exemptions()] == list(ExemptionCode)
    for each in exemptions():
        assert each.tests
        assert all(test.endswith("?") for test in each.tests)
        assert each.plain_english.endswith(".")
        assert each.obtained in OBTAINED
        assert {*each.reasons, *each.where_crime} <= set(Reason)
        assert not set(each.reasons) & set(each.where_crime)
        assert each.confidence in CONFIDENCE
        assert (each.confidence == "K") is ("not read" in each.source), "only what was read is surer"
        assert each.informing or each.access


@pytest.mark.parametrize(
    ("reason", "found"),
    [
        ("PREJUDICE_CRIME", {"CRIME", "IMPOSSIBLE_OR_IMPAIR"}),
        ("EVIDENCE_LOSS", {"CRIME", "IMPOSSIBLE_OR_IMPAIR"}),
        ("LEGAL_BAR", {"LAW_OR_COURT", "COURT_REPORT"}),
        ("IMPOSSIBLE", {"IMPOSSIBLE_OR_IMPAIR"}),
        ("RISK_CHILD", {"IMPOSSIBLE_OR_IMPAIR"}),
        ("HBA_FM_FGM", {"CRIME", "IMPOSSIBLE_OR_IMPAIR"}),
        ("DELAY", set()),
        ("RISK_WORKER", set()),
        ("COMPETENT_CHILD_WISH", set()),
    ],
)
def test_a_reason_has_the_law_behind_it_or_none(reason: str, found: set[str]) -> None:
    assert codes_for(reason) == found


@pytest.mark.parametrize("reason", ["IMPOSSIBLE", "RISK_CHILD", "FII"])
def test_what_somebody_said_themselves_is_not_kept_from_them_as_too_hard(reason: str) -> None:
    """UK GDPR Article 14(5)(b) is for what came from others; Article 13 has no such exception."""
    assert codes_for(reason, FROM_THE_PERSON) == set()
    assert codes_for(reason, FROM_OTHERS) == {"IMPOSSIBLE_OR_IMPAIR"}


@pytest.mark.parametrize("code", ["SERIOUS_HARM", "CHILD_ABUSE"])
def test_serious_harm_is_about_access_and_not_about_telling(code: str) -> None:
    """Data Protection Act 2018 Schedule 3 paragraphs 2(2), 7(2) and 21: from Article 15 alone."""
    found = exemption(code)
    assert found is not None
    assert (found.informing, found.access) == (False, True)
    assert code not in codes_for("")


def test_an_unknown_code_is_none() -> None:
    assert exemption("HARM") is None


@pytest.mark.parametrize(
    ("code", "reason", "fit"),
    [
        ("CRIME", "EVIDENCE_LOSS", True),
        ("CRIME", "COMPETENT_CHILD_WISH", False),
        ("LAW_OR_COURT", "DELAY", False),
        ("IMPOSSIBLE_OR_IMPAIR", "RISK_WORKER", False),
        ("KNOWS_ALREADY", "DELAY", True),
        ("CRIME", "", True),
        ("CHILD_ABUSE", "RISK_CHILD", False),
        ("HARM", "RISK_CHILD", False),
    ],
)
def test_a_law_fits_a_reason_or_does_not(code: str, reason: str, *, fit: bool) -> None:
    assert fits(code, reason) is fit
