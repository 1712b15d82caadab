from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from families.contact_safety import ContactStanding, standing

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
