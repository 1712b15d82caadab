"""The table of docs/effort.md for the guided form, counted again over the real pages."""

from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.utils import timezone

from decisions.models import Decision
from drafting.actions import start
from families.details import PersonDetails
from safeguarding.demo import stories
from tests.cast import Cast, Company
from tests.drafting.effort import SLOW_KEY, Effort, clock, effort_of
from tests.drafting.households import address_book, household

# What a person types and clicks is the same on every engine.
pytestmark = pytest.mark.sqlite

PAPER = Path(__file__).parents[2] / "docs" / "effort.md"
CHILD, MOTHER, PARTNER = (person.name for person in stories.BRUISE_PEOPLE)
SCHOOL = "Ravensmere school office"
EARLY_PEOPLE = [
    PersonDetails(name="Wren Ashby", role="child", age=5, age_on=date(2026, 11, 17)),
    PersonDetails(name="Dara Ashby", role="mother", parental_responsibility="yes"),
]


def ticked(story: stories.Story) -> stories.Story:
    """S01 as a person gives it: what page 2 says is ticked there, and only the rest is written."""
    written = {item["text"]: item for item in story["information"]["item"]}
    said, bruise = {"about": [CHILD, PARTNER], "sensitivities": ["offences"]}, {"sensitivities": ["health"]}
    phone = {name: one for name, one in written["What his mother said on the phone"].items() if name != "give_to"}
    attendance = {name: written["Attendance this term"][name] for name in ("text", "kind")}
    file = {name: one for name, one in written["His file on special educational needs"].items() if name != "about"}
    return {**story, "information": {
        "share_all": "on",
        "about": [CHILD],
        "ticked": {
            "Bruise to the left cheek at registration.": bruise,
            "Second bruise in three weeks.": bruise,
            "He got cross and hit me.": said,
            "The bruise does not fit a fall from a bunk bed.": {"gets": "leave"},
        },
        "added": [attendance, phone, file],
    }}  # fmt: skip


# Asked for on an earlier page: the author's words stand there again, and nobody who agrees with them types them twice.
STANDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "S01": (
        ("consent", "consent", CHILD, "competence"),
        ("legal_basis", "why_no_more"),
        ("legal_basis", "sensitive", CHILD, "p18_text"),
        ("legal_basis", "sensitive", PARTNER, "p18_text"),
        ("sending", "informing", CHILD, "informed_at"),
        ("sending", "informing", MOTHER, "informed_how"),
        ("sending", "informing", PARTNER, "informing_text"),
    ),
    "S02": (("legal_basis", "no_basis_reason"),),
}


def as_it_stands(name: str, story: stories.Story) -> stories.Story:
    """The story without what it says twice."""
    story = deepcopy(story)
    for *way, last in STANDS[name]:
        holder = story
        for step in way:
            holder = holder[step]
        del holder[last]
    return story


def early_help(at: datetime) -> stories.Story:
    """A charity and a family who agree: a place at breakfast club."""
    child, mother = (person.name for person in EARLY_PEOPLE)
    too_young = {"spoken": "cannot", "cannot": "NOT_COMPETENT", "could_hear": "no"}
    fact = "She asked for help with the mornings."
    return {
        "people": {"people": {child: {"on": "on"}, mother: {"on": "on"}}},
        "concern": {"facts": f"{fact} He often comes without breakfast.", "level": "none_or_early"},
        "request": {"trigger": "PRO", "recipients": [SCHOOL]},
        "outcome": {"outcome": "SHARED_ALL_NECESSARY", "decided_at": at,
                   "why_now": "School can offer him a place at breakfast club from Monday."},
        "consent": {
            "consent": {
                child: too_young,
                mother: {"spoken": "yes", "said": "GIVEN", "consent_at": at, "consent_how": "in person",
                         "views": "Glad of it.", "could_hear": "no"},
            },
            "choices": {SCHOOL: {"choice": "yes"}},
        },
        "information": {
            "share_all": "on", "about": [child],
            "ticked": {fact: {"about": [mother]}, "He often comes without breakfast.": {}},
        },
        "legal_basis": {"why_no_more": "Only that a place would help."},
        "sending": {
            "sending": [{"recipient": SCHOOL, "sent_at": at, "how": "By phone"}],
            "informing": {child: {"informed": "none"},
                          mother: {"informed_safely": "yes", "informed_who_what_why": "on"}},
        },
    }  # fmt: skip


def spent(
    company: Company, entry_route: str, people: list[PersonDetails], story: stories.Story, at: datetime
) -> Effort:
    by = company.practitioner
    family = household(people, team=company.team, by=by, at=at)
    decision: Decision = start(entry_route=entry_route, team=company.team, family=family, by=by, at=at)
    return effort_of(decision, story, by=by, at=at)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """A fixed noon, so that a date has the same number of keys every day."""
    noon = datetime(2026, 11, 17, 12, 15, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    return noon


@pytest.fixture
def furnished(cast: Cast, at: datetime) -> Cast:
    for company in (cast, cast.stranger):
        address_book(stories.SOCIAL_CARE, SCHOOL, by=company.administrator, at=at)
    return cast


@pytest.fixture(scope="module")
def efforts() -> dict[str, Effort]:
    """Those counted already: numbers, which outlive their rows."""
    return {}


@pytest.fixture
def effort_for(efforts: dict[str, Effort], furnished: Cast, at: datetime) -> Callable[[str], Effort]:
    def counted(name: str) -> Effort:
        if name not in efforts:
            efforts[name] = effort_of_task(name, furnished, at)
        return efforts[name]

    return counted


def effort_of_task(name: str, cast: Cast, at: datetime) -> Effort:
    if name == "S01":
        return spent(
            cast, "DECIDING", stories.BRUISE_PEOPLE, as_it_stands("S01", ticked(stories.refused_and_shared(at))), at
        )
    if name == "S02":
        return spent(
            cast.stranger, "ASKED", stories.HOUSING_PEOPLE, as_it_stands("S02", stories.refused_and_not_shared(at)), at
        )
    return spent(cast.stranger, "DECIDING", EARLY_PEOPLE, early_help(at), at)


TASKS = {
    "S01": ("S01: shared although the mother objects", 360),
    "S02": ("S02: a request declined", 240),
    "agreed": ("A share that everybody agrees to", 180),
}


@pytest.mark.parametrize("name", TASKS)
def test_the_table_says_what_it_costs(effort_for: Callable[[str], Effort], name: str) -> None:
    task, target = TASKS[name]
    row = effort_for(name).row(task, f"{target // 60} min")
    print(row)  # noqa: T201  shown when this fails, to be written down
    assert row in PAPER.read_text()


def test_what_stands_already_costs_nothing(effort_for: Callable[[str], Effort]) -> None:
    """Whoever agrees with what is suggested answers less than half of what S01 asks."""
    hard, easy = effort_for("S01"), effort_for("agreed")
    assert easy.pages == hard.pages == 9
    assert easy.questions * 2 < hard.questions
    assert easy.seconds(SLOW_KEY) < TASKS["agreed"][1]


def test_seconds_are_those_of_the_model() -> None:
    assert Effort().seconds() == 0
    assert Effort(questions=1, clicks=2).seconds() == pytest.approx(1.35 + 2 * 1.3)
    assert Effort(boxes=1, keys=10).seconds() == pytest.approx(1.3 + 0.8 + 2.0)
    assert Effort(keys=10).seconds(SLOW_KEY) == pytest.approx(2.8)
    assert (Effort(pages=1, words=2) + Effort(pages=2, words=3)).words == 5
    assert clock(149.6) == "2 min 30 s"
