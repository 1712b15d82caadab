"""What each person finds on the first page after signing in."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions import change_duty_numbers
from accounts.models import User
from decisions.models import Decision
from drafting.actions import start
from families.names import first_name_and_initial
from safeguarding.demo.filling import record_story
from tests import shared
from tests.cast import Cast
from tests.decisions.cases import recorded_twin
from tests.drafting import scenario_cases as cases
from tests.in_turn import in_turn
from tests.pages import Page, PageClient, parsed

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
SignIn = Callable[[User], PageClient]


cast, now = shared.cast, shared.now


@pytest.fixture(scope="module")
def decision(cast: Cast, now: datetime) -> Decision:
    """Not shared, recorded thirty days ago, to be looked at again the day after."""
    at = now - timedelta(days=30)
    family = cases.set_scene(cases.S02, cast, at)
    story = cases.s02(at)
    sent = {**story["sending"], "look_again_on": timezone.localdate(now) - timedelta(days=29)}
    draft = start(entry_route="ASKED", team=cast.team, family=family, by=cast.practitioner, at=at)
    return record_story(decision=draft, story={**story, "sending": sent}, by=cast.practitioner, at=at)


def home(client: PageClient) -> Page:
    """From here everybody can change their password."""
    answer = client.get(reverse("home"))
    assert answer.status_code == 200
    page = parsed(answer.content.decode())
    [link] = [one for one in page.all("a") if one.attrs.get("href") == reverse("account_change_password")]
    assert link.text == "Change your password"
    return page


def links(page: Page) -> list[str]:
    return [one.attrs.get("href", "") for one in page.all("a")]


def test_practitioner_starts_and_goes_on(cast: Cast, now: datetime, as_user: SignIn) -> None:
    family = cases.set_scene(cases.S01, cast, now)
    draft = start(entry_route="DECIDING", team=cast.team, family=family, by=cast.practitioner, at=now)
    page = home(as_user(cast.practitioner))
    assert reverse("drafting:start") in links(page)
    assert reverse("drafting:continue", args=[draft.public_id]) in links(page)
    assert draft.reference in page.root.text


def test_nobody_else_sees_the_draft(cast: Cast, now: datetime, as_user: SignIn) -> None:
    family = cases.set_scene(cases.S01, cast, now)
    draft = start(entry_route="DECIDING", team=cast.team, family=family, by=cast.practitioner, at=now)
    always = (cast.teammate, cast.supervisor, cast.stranger.practitioner, cast.stranger.supervisor)
    others = [user for user in (*cast.everybody[1:], *cast.stranger.everybody) if user not in always]
    for user in (*always, *in_turn(others, 3)):
        assert draft.reference not in home(as_user(user)).root.text


def test_a_decision_to_look_at_again_is_there_on_its_day(cast: Cast, decision: Decision, as_user: SignIn) -> None:
    today, at = timezone.localdate(), decision.recorded_at
    assert at
    made = {days: recorded_twin(decision, at=at, look_again_on=today + timedelta(days=days)) for days in (-1, 0, 1)}
    [due] = home(as_user(cast.practitioner)).classed("app-due")
    text, theirs = due.text, home(as_user(cast.teammate)).root.text
    assert {days: text.count(one.reference) for days, one in made.items()} == {-1: 1, 0: 1, 1: 0}
    assert not any(one.reference in theirs for one in made.values())


@pytest.mark.usefixtures("decision")
def test_supervisor_sees_how_many_wait(cast: Cast, as_user: SignIn) -> None:
    assert "There are no decisions to review" in home(as_user(cast.stranger.supervisor)).root.text
    page = home(as_user(cast.supervisor))
    assert "1 decision to review" in page.root.text
    assert reverse("reviews:queue") in links(page)
    assert "to review" not in home(as_user(cast.practitioner)).root.text


@pytest.mark.parametrize("who", ["administrator", "officer"])
def test_administrators_find_their_rooms_and_nothing_of_a_case(
    cast: Cast, decision: Decision, as_user: SignIn, who: str
) -> None:
    page = home(as_user(getattr(cast, who)))
    for name in ("people", "organisation", "ledger"):
        assert reverse(f"administration:{name}") in links(page)
    assert decision.reference not in page.root.text
    rooms = [one for one in links(page) if one.startswith(("/decisions/", "/families/", "/reviews/"))]
    restricted = [reverse("decisions:restricted")] if who == "officer" else []
    assert rooms == [reverse("families:conflict"), *restricted], "which name none"


def test_ring_first_with_the_organisations_own_numbers(cast: Cast, now: datetime, as_user: SignIn) -> None:
    assert "999" in home(as_user(cast.practitioner)).root.text
    change_duty_numbers(numbers=[("Night duty", "01632 960777")], by=cast.administrator, at=now)
    text = home(as_user(cast.practitioner)).root.text
    assert "Call first, record later." in text
    assert "01632 960777" in text
    assert "01632 960777" not in home(as_user(cast.stranger.practitioner)).root.text


def test_whom_it_is_about_is_said_by_first_name_and_initial(cast: Cast, decision: Decision, as_user: SignIn) -> None:
    page = home(as_user(cast.practitioner))
    [child] = [first_name_and_initial(person.name) for person in cases.S02.people if person.role == "child"]
    # Among what is due, and among the newest.
    assert page.root.text.count(decision.reference) == page.root.text.count(child) == 2
    for name in ("Pellworth", *(person.name for person in cases.S02.people)):
        assert name not in page.root.text
    assert child not in "".join(links(page))


def test_999_is_there_once_whatever_the_organisations_own_numbers(cast: Cast, now: datetime, as_user: SignIn) -> None:
    change_duty_numbers(
        numbers=[("In danger now", "999"), ("Night duty", "01632 960777")], by=cast.administrator, at=now
    )
    page = home(as_user(cast.practitioner))
    assert links(page).count("tel:999") == 1
    assert "Night duty" in page.root.text
    assert "In danger now" not in page.root.text


def test_what_to_do_in_danger_is_worded_once() -> None:
    """A warning that is worded in three places is soon worded in three ways."""
    held = [path.name for path in TEMPLATES.rglob("*.html") if "call first" in path.read_text().lower()]
    assert held == ["_call_first.html"]
    include = '{% include "_call_first.html"'
    pages = {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html") if include in path.read_text()}
    assert pages == {
        "home.html", "drafting/start.html", "drafting/staff_concern.html", "drafting/urgent.html",
        "emergencies/open.html", "families/disclosure.html", "families/disclosure_form.html", "incidents/report.html",
    }  # fmt: skip
