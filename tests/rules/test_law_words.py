"""What the version of 30 November 2026 changes: words, and nothing that a rule reads or a source was read for."""

import re
from dataclasses import fields, replace

import pytest

from rules.exemptions import ExemptionCode, exemptions
from rules.law import Combination, Law, Provision
from rules.law_files import load
from rules.rights.grounds import access_grounds

WORDS = ("short_name", "plain_english", "tests", "refused_test")
HOME_MADE = ("say yes", "said yes", "a yes", "their yes", "say no", "says no", "said no", "spoil", "secret", "secrecy")


@pytest.fixture
def law() -> Law:
    return load("2026-11-30")


def without_words(provision: Provision) -> dict[str, object]:
    return {each.name: getattr(provision, each.name) for each in fields(provision) if each.name not in WORDS}


def without_name(combination: Combination) -> Combination:
    return replace(combination, name="", why="")


def test_only_words_differ_from_the_version_before(law: Law) -> None:
    before = load("2026-11-29")
    assert list(map(without_words, law.all_provisions)) == list(map(without_words, before.all_provisions))
    assert list(map(without_name, law.combinations)) == list(map(without_name, before.combinations))
    assert [len(each.tests) for each in law.all_provisions] == [len(each.tests) for each in before.all_provisions]
    assert law.all_provisions != before.all_provisions


@pytest.mark.parametrize("word", HOME_MADE)
def test_consent_refusal_prejudice_and_confidentiality_are_called_so(law: Law, word: str) -> None:
    said = [text for each in law.all_provisions for text in (each.short_name, each.plain_english, *each.tests)]
    said += [text for each in law.combinations for text in (each.name, each.why)]
    said += [text for each in access_grounds().values() for text in (each.plain_english, *each.tests)]
    said += [each.label for each in ExemptionCode]
    # "Professional secrecy" is what Article 14(5)(d) calls it.
    said += [text for each in exemptions() if each.code != "SECRECY" for text in (each.plain_english, *each.tests)]
    assert not [text for text in said if re.search(rf"\b{word}", text)]
