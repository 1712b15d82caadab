"""Passages of guidance: which page shows which, and that a passage once shown is never rewritten."""

from dataclasses import replace

import pytest

from rules import guidance
from rules.facts import Facts
from rules.guidance import Passage, newest, passages, shown_on, situations, version_of
from rules.law_files import load
from tests.rules.cases import basis, with_basis
from tests.rules.more_scenarios import s06
from tests.rules.scenarios import early_help, s01

# What has been shown stays as it was: to say something else, write the next version below it.
FROZEN = {
    ("openness", "1"): "b57be7b46c61405012219fd47592dc3f954a6966e3ae486549da11e15d32eee8",
    ("child_first", "1"): "aa287b424a1ab19ea53acf22868a5e4a661e0c2418719f5eb14b4c2b0ea6daae",
    ("advice", "1"): "b5ee9ac2d23de18212f54742ede8cb6417db60e855f957513cc98711c1945f47",
    ("no_choice", "1"): "37c7fbe04c1c676a36ad590636da94f3270d9ce0184ac9973e5e44cb7511f09f",
    ("objections", "1"): "d3a1e59e7d0090d3810068825f4e817cde474ec9c6c5c1a1f02e285f40f6df74",
    ("need_to_know", "1"): "8ee59263b1b2de2bbd3d6fe9dad9d0fc11a37b80309cbbb4518cd0de73ea3eb0",
    ("not_consent", "1"): "54f12498d95c0ef508710a7aac42a4a2b4043ab9350b95319c11e711efd953af",
    ("their_choice", "1"): "decea9ae2a50586c53b0bced8526ab26ad35a880e06f060d9d0c720b8d05bfda",
    ("not_sharing", "1"): "c7844d0427e5d3fe39ae2485712bc63af96b8217b64613c79518d9f41af15ee9",
    ("child_first", "2"): "4381398a057ddd14e2e4310ff34398b7fa85ae430dfbe72d9e6cbf5136fbba4c",
    ("advice", "2"): "514933e51c8019b650136d7fe48680e679b7135911c33e011e8935c32e0f4fb0",
    ("no_choice", "2"): "bb716d3eb079706bd5b5e77e5a943f894f37463b2fae1c3c7a53420293662c8c",
    ("objections", "2"): "c89d0f1a800035c785093d87b86e356237a3491b3aac09026bf8694c8652c3ba",
    ("not_consent", "2"): "0a4608422f50314b0676cf56e3323feb4f18f81aaf1f6991f6891795db282272",
    ("their_choice", "2"): "db740e5625a5dd0365517d099ed9d4a006c2d1c902bd07878fe1b14041a9cb9a",
    ("not_sharing", "2"): "699419b6e778b14b499f3ea5df62ad677c9910679d265fc5a72acad8c0db8351",
    ("their_choice", "3"): "419707729dc8525a17378969728450dd896404ee34579e41475d71facfcbfd23",
}


def ids(page: str, facts: Facts) -> list[str]:
    return [one.id for one in shown_on(page, facts, load())]


@pytest.mark.parametrize(
    ("page", "risk", "duty", "early"),
    [
        ("people", [], [], []),
        ("concern", ["child_first"], ["child_first"], ["child_first"]),
        ("outcome", ["advice"], ["advice"], ["advice"]),
        ("consent", ["openness", "objections"], ["openness", "no_choice"], ["openness"]),
        ("information", ["need_to_know"], ["need_to_know"], ["need_to_know"]),
        ("legal_basis", ["not_consent"], [], ["their_choice"]),
        ("reasons_not_to_share", ["not_sharing"], ["not_sharing"], ["not_sharing"]),
        ("sending", ["openness"], ["openness"], ["openness"]),
        ("instead", ["openness"], ["openness"], ["openness"]),
    ],
)
def test_each_page_shows_what_fits(page: str, risk: list[str], duty: list[str], early: list[str]) -> None:
    assert (ids(page, s01()), ids(page, s06()), ids(page, early_help())) == (risk, duty, early)


def test_nobody_is_told_about_early_help_before_saying_how_worried_they_are() -> None:
    assert not list(situations(replace(s01(), level=""), load()))
    assert list(situations(replace(s01(), level="s17"), load())) == ["early"]


def test_a_duty_that_is_chosen_leaves_no_choice_either() -> None:
    assert list(situations(with_basis(s01(), *basis("FGMA03_5B")), load())) == ["duty"]
    assert list(situations(with_basis(s01(), *basis("CA04_11")), load())) == ["risk"]


def test_a_passage_once_shown_is_never_rewritten() -> None:
    assert {(passage.id, passage.version): passage.sha256 for passage in passages()} == FROZEN


def test_each_version_is_there_once_and_later_than_the_one_before() -> None:
    names = [(passage.id, passage.version) for passage in passages()]
    assert len(set(names)) == len(names)
    for passage in passages():
        before = [other.since for other in passages() if other.id == passage.id and other.version < passage.version]
        assert all(day <= passage.since for day in before)


def test_the_newest_version_is_the_one_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    first = passages()[0]
    second = replace(first, version="2", points=("Something new",))
    monkeypatch.setattr(guidance, "passages", lambda: (*passages_kept, second))
    assert shown_on("sending", s01(), load()) == (second,)
    assert version_of(first.id, "1") == first
    assert newest(first.id) == second


passages_kept: tuple[Passage, ...] = passages()


def test_a_version_that_leaves_a_page_is_not_shown_there(monkeypatch: pytest.MonkeyPatch) -> None:
    second = replace(passages_kept[0], version="2", pages=("consent",))
    monkeypatch.setattr(guidance, "passages", lambda: (*passages_kept, second))
    assert shown_on("sending", s01(), load()) == ()


def test_the_hash_is_of_the_words_that_are_read() -> None:
    one = passages_kept[0]
    assert one.sha256 == replace(one, pages=(), situation="risk").sha256
    assert len({one.sha256, replace(one, points=("Other",)).sha256, replace(one, source="Other").sha256}) == 3
    assert version_of("openness", "9") is None
    assert newest("nothing") is None


@pytest.mark.parametrize("one", passages_kept, ids=lambda one: f"{one.id}-{one.version}")
def test_each_has_words_a_page_and_a_source(one: Passage) -> None:
    assert one.title
    assert all(point.endswith(".") for point in one.points)
    assert "in our words" in one.source
    assert set(one.pages) <= {
        "people",
        "concern",
        "request",
        "outcome",
        "consent",
        "information",
        "legal_basis",
        "reasons_not_to_share",
        "sending",
        "instead",
    }
    assert one.situation in {"", "risk", "duty", "early"}
