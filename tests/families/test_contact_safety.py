from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from families.contact_safety import ContactStanding, kinds_named, known, standing

TODAY = date(2026, 11, 22)
LONG_AGO = TODAY - timedelta(days=91)
JUST = TODAY - timedelta(days=90)


@dataclass(frozen=True)
class Answer:
    safe: str
    checked_on: date | None


@pytest.mark.parametrize(
    ("safe", "checked_on", "without_risk", "with_risk"),
    [
        ("yes", TODAY, "safe", "safe"),
        ("yes", JUST, "safe", "safe"),
        ("yes", LONG_AGO, "ask_again", "not_safe"),
        ("yes", None, "ask_again", "not_safe"),
        ("unknown", TODAY, "ask_again", "not_safe"),
        ("unknown", None, "ask_again", "not_safe"),
        ("no", TODAY, "not_safe", "not_safe"),
        ("no", LONG_AGO, "not_safe", "not_safe"),
    ],
)
def test_standing(safe: str, checked_on: date | None, without_risk: str, with_risk: str) -> None:
    answer = Answer(safe, checked_on)
    assert standing(answer, risk_in_family=False, today=TODAY) == ContactStanding(without_risk)
    assert standing(answer, risk_in_family=True, today=TODAY) == ContactStanding(with_risk)


@pytest.mark.parametrize(
    ("how", "kinds"),
    [
        ("By text, to a phone that he reads", {"text", "phone"}),
        ("I called her at work", {"phone"}),
        ("A note through the door", {"letter"}),
        ("Posted to her sister's", {"letter"}),
        ("E-mail", {"email"}),
        ("Face to face at school", {"in_person"}),
        ("Her solicitor did", set()),
        ("She recalled it, in this context", set()),
        ("", set()),
    ],
)
def test_which_ways_are_named(how: str, kinds: set[str]) -> None:
    assert kinds_named(how) == kinds


@pytest.mark.parametrize(
    ("answers", "counts"),
    [
        ((), ""),
        (("yes", "no"), "no"),
        (("unknown", "yes"), "unknown"),
        (("yes", "old"), "stale"),
        (("yes", "yes"), "yes"),
        (("old", "unknown", "no"), "no"),
    ],
)
def test_of_several_ways_of_a_kind_the_least_safe_is_kept(answers: tuple[str, ...], counts: str) -> None:
    """Two numbers of one person, one of them safe: nobody says which was used."""
    ways = [Answer("yes", LONG_AGO) if each == "old" else Answer(each, TODAY) for each in answers]
    assert known(ways, TODAY) == counts
