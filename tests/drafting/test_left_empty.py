"""The main job with everything optional left empty: what is false or unsafe is said, to the author and the reviewer.

docs/empty.md has the list of what each route raises, and these tests compare it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from decisions.facts.decision import assessed
from decisions.models import Decision
from decisions.presenters.findings import named_findings
from decisions.presenters.people import person_names
from drafting import actions
from families.models import Family
from rules.codes import EntryRoute, Outcome
from safeguarding.demo import stories
from tests.built_once import built_once
from tests.cast import Cast, Company, make_cast
from tests.drafting import scenario_cases as cases
from tests.drafting.left_empty import Insisted, record_left_empty
from tests.drafting.scenario_cases import Story, set_scene
from tests.in_turn import in_turn, one_in_turn
from tests.pages import PageClient, parsed

pytestmark = pytest.mark.sqlite

SignIn = Callable[..., PageClient]
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "empty.md"
CHILD, MOTHER, PARTNER = (person.name for person in stories.BRUISE_PEOPLE)


def shared(at: datetime) -> Story:
    """S01: a child hurt by somebody who is named, shared against the mother's wish; nobody gave advice."""
    story = stories.refused_and_shared(at)
    story["sending"] = {**story["sending"], "advice": []}
    return story


def unmarked(at: datetime) -> Story:
    """S01, where nobody ticks that the mother's partner may be a source of harm."""
    story = shared(at)
    people = {name: {"on": "on"} for name in (CHILD, MOTHER, PARTNER)}
    return {**story, "people": {"people": people}}


def unshared(at: datetime, outcome: Outcome) -> Story:
    """The same child, and nothing is shared for a month."""
    story, housing = stories.refused_and_shared(at), stories.refused_and_not_shared(at)
    told = {"informing": story["sending"]["informing"]}
    del told["informing"][MOTHER]["informed_no_choice"]
    kept = {name: housing["sending"][name] for name in ("instead", "look_again_on")}
    reasons = housing["legal_basis"]
    if outcome == Outcome.DEFERRED:
        reasons = {name: reasons[name] for name in ("risk_if_shared", "risk_if_not")}
    return {
        **story,
        "outcome": {**story["outcome"], "outcome": outcome.value},
        "consent": {"consent": story["consent"]["consent"]},
        "legal_basis": reasons,
        "sending": {**kept, **told},
    }


STORIES: dict[str, Callable[[datetime], Story]] = {
    "Shared without consent": shared,
    "Source of harm not marked": unmarked,
    "Nothing sent yet": lambda at: {**shared(at), "sending": {**shared(at)["sending"], "sending": []}},
    "Not shared": lambda at: unshared(at, Outcome.NOT_SHARED),
    "Decide later": lambda at: unshared(at, Outcome.DEFERRED),
    "Urgent record": shared,
}
DECLINED = "Request declined"
# Each is a walk of eight pages, and much like the next: every second one each day.
TODAY = in_turn((*STORIES, DECLINED))
OURS = [name for name in TODAY if name in STORIES]
UNSHARED = [name for name in TODAY if name in {"Not shared", "Decide later"}]


@dataclass(frozen=True)
class Routes:
    cast: Cast
    now: datetime
    recorded: dict[str, Decision]


@built_once
def _routes() -> Routes:
    cast, now = make_cast(), timezone.now()
    family, by, insisted = set_scene(cases.S01, cast, now), cast.practitioner, Insisted()
    recorded = {}
    for name in OURS:
        draft = of_urgent_record(cast, family, now) if name == "Urgent record" else actions.start(
            entry_route=EntryRoute.DECIDING, team=cast.team, family=family, by=by, at=now
        )  # fmt: skip
        recorded[name] = record_left_empty(draft, STORIES[name](now), by, now, insisted)
    if DECLINED in TODAY:
        recorded[DECLINED] = declined(cast.stranger, now, insisted)
    return Routes(cast, now, recorded)


def of_urgent_record(cast: Cast, family: Family, at: datetime) -> Decision:
    """What completes an urgent record."""
    answers = {
        "who": CHILD, "information": "He has a bruise.", "recipient": stories.SOCIAL_CARE, "why": "He goes home at 3.",
        "shared_at": at - timedelta(minutes=35), "how": "By phone",
    }  # fmt: skip
    by = cast.practitioner
    urgent = actions.record_urgent(team=cast.team, answers=answers, submission_id=uuid4(), by=by, at=at)
    return actions.complete(urgent=urgent, family=family, by=by, at=at)


def declined(company: Company, at: datetime, insisted: Insisted) -> Decision:
    family, by = set_scene(cases.S02, company, at), company.practitioner
    draft = actions.start(entry_route=EntryRoute.ASKED, team=company.team, family=family, by=by, at=at)
    return record_left_empty(draft, stories.refused_and_not_shared(at), by, at, insisted)


@pytest.fixture(scope="module")
def routes(_module_transaction: None) -> Routes:
    return _routes()


@pytest.fixture(scope="module")
def cast(routes: Routes) -> Cast:
    return routes.cast


def raised(decision: Decision) -> list[str]:
    people = {str(key): name for key, name in person_names(decision).items()}
    return [
        f"- {'**Act now.** ' if found.first else ''}{found.message}"
        for found in named_findings(assessed(decision).findings, people)
    ]


def test_the_document_lists_what_each_route_raises(routes: Routes) -> None:
    written = DOCUMENT.read_text(encoding="utf-8")
    assert re.findall("^## (.+)$", written, re.MULTILINE) == [*STORIES, DECLINED]
    for name in TODAY:
        block = "\n".join([f"## {name}", "", *raised(routes.recorded[name])]) + "\n"
        assert block in {f"## {one.strip()}\n" for one in written.split("## ")}, f"docs/empty.md should have:\n{block}"


def page(client: PageClient, name: str, decision: Decision) -> str:
    return parsed(client.get(reverse(name, args=[decision.public_id])).content.decode()).root.text


@pytest.mark.parametrize("name", one_in_turn(OURS))
def test_author_and_reviewer_read_the_same(routes: Routes, cast: Cast, as_user: SignIn, name: str) -> None:
    decision = routes.recorded[name]
    for text in (
        page(as_user(cast.practitioner), "decisions:detail", decision),
        page(as_user(cast.supervisor), "reviews:review", decision),
    ):
        for line in raised(decision):
            assert line.removeprefix("- ").removeprefix("**Act now.** ") in text


def test_a_child_left_waiting_is_marked_in_the_queue(routes: Routes, cast: Cast, as_user: SignIn) -> None:
    rows = parsed(as_user(cast.supervisor).get(reverse("reviews:queue")).content.decode()).all("tr")
    for name in OURS:
        [row] = [row.text for row in rows if routes.recorded[name].reference in row.text]
        assert ("Act now" in row) is (name in {"Not shared", "Decide later", "Nothing sent yet"}), name


@pytest.mark.parametrize("name", UNSHARED)
def test_what_to_act_on_stands_before_all_else(routes: Routes, cast: Cast, as_user: SignIn, name: str) -> None:
    """On a phone the rest is several screens long."""
    text = page(as_user(cast.practitioner), "decisions:detail", routes.recorded[name])
    assert text.count("Act on this now") == 1
    assert text.index("Act on this now") < text.index("In short")


@pytest.mark.parametrize("address", ["decisions:detail", "decisions:summary", "decisions:print"])
@pytest.mark.parametrize("name", UNSHARED)
def test_nothing_reads_as_shared_that_was_not(
    routes: Routes, cast: Cast, as_user: SignIn, name: str, address: str
) -> None:
    text = page(as_user(cast.practitioner), address, routes.recorded[name])
    assert "Informed before the decision" in text
    assert "before sharing" not in text
    assert "sharing with" not in text.lower()
