"""Which way a letter may go, from what is recorded of reaching its reader. Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from families.contact_safety import ContactStanding, worst
from letters.routes import NOT_KNOWN, NOT_TO_HOME, NOT_TOGETHER, Route, why_not_by

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 29)


@dataclass(frozen=True)
class Way:
    kind: str
    safe: str
    days: int | None = 3

    @property
    def checked_on(self) -> date | None:
        return None if self.days is None else TODAY - timedelta(days=self.days)


def asked(route: str, *ways: Way, risk: bool = False, kept: bool = False) -> str:
    return why_not_by(route, ways, risk_in_family=risk, kept_at_home=kept, today=TODAY)


@pytest.mark.parametrize("route", [Route.HOME, Route.EMAIL])
@pytest.mark.parametrize(
    ("safe", "days", "without_risk", "with_risk"),
    [
        ("yes", 90, "", ""),
        ("yes", 91, "", NOT_KNOWN),
        ("unknown", None, "", NOT_KNOWN),
        ("unknown", 1, "", NOT_KNOWN),
        ("no", 1, NOT_KNOWN, NOT_KNOWN),
        ("no", 400, NOT_KNOWN, NOT_KNOWN),
    ],
)
def test_what_is_sent_needs_a_safe_answer_where_there_is_a_risk(
    route: Route, safe: str, days: int | None, without_risk: str, with_risk: str
) -> None:
    way = Way(route.value, safe, days)
    assert asked(route, way) == without_risk
    assert asked(route, way, risk=True) == with_risk


@pytest.mark.parametrize("route", [Route.HOME, Route.EMAIL])
def test_where_nothing_is_recorded_nobody_has_asked(route: Route) -> None:
    other = Way("phone", "yes")
    assert asked(route, other) == ""
    assert asked(route, other, risk=True) == NOT_KNOWN


@pytest.mark.parametrize("route", [Route.IN_PERSON, Route.SCREEN])
def test_meeting_is_stopped_only_by_a_plain_no(route: Route) -> None:
    for way in (Way("in_person", "unknown", None), Way("in_person", "yes", 200), Way("letter", "no")):
        assert asked(route, way, risk=True, kept=True) == ""
    assert asked(route, Way("in_person", "no", 200)) == NOT_TOGETHER


def test_nothing_comes_to_a_home_where_somebody_must_not_learn_of_it() -> None:
    safe = [Way("letter", "yes"), Way("email", "yes")]
    assert asked(Route.HOME, *safe, kept=True) == NOT_TO_HOME
    assert asked(Route.EMAIL, *safe, kept=True) == ""


@pytest.mark.parametrize(
    ("answers", "counts"),
    [(("yes", "yes"), "safe"), (("yes", "unknown"), "ask_again"), (("unknown", "no"), "not_safe"), ((), "ask_again")],
)
def test_of_several_the_least_safe_counts(answers: tuple[str, ...], counts: str) -> None:
    ways = [Way("email", safe) for safe in answers]
    assert worst(ways, risk_in_family=False, today=TODAY) is ContactStanding(counts)


@pytest.mark.parametrize("words", [NOT_KNOWN, NOT_TOGETHER, NOT_TO_HOME])
def test_a_refusal_says_what_to_do_and_who_can_agree(words: str) -> None:
    assert "ask a supervisor who did not write this decision to agree to it first" in words


def test_bytes_are_made_only_where_the_gate_is_asked() -> None:
    """A command, or another page, that made a letter would be one more way round it."""
    makes = re.compile(r"\b(bytes_of|pdf_of)\(")
    folders = [
        path for path in ROOT.iterdir() if (path / "__init__.py").exists() and path.name not in {"tests", "benchmarks"}
    ]
    files = [file for folder in folders for file in folder.rglob("*.py") if makes.search(file.read_text())]
    found = {str(file.relative_to(ROOT)) for file in files}
    found -= {"reports/pdf.py", "reports/views/pack.py"}  # of figures for an inspector, which go to no family
    assert found == {
        "letters/letting_through.py", "letters/views/made.py", "letters/views/shared.py", "letters/output.py",
        "letters/pdf.py", "rights/actions/family_copies.py", "rights/views/family_copies.py",
    }  # fmt: skip
