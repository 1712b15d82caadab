"""What cannot wait is said on the page where it was answered, once it is saved; saving it again goes on."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from drafting import actions
from rules.findings import FINDING_TYPES
from safeguarding.demo import stories
from tests.cast import Cast
from tests.drafting import scenario_cases as cases
from tests.drafting import scenario_scenes
from tests.drafting.scenario_scenes import Scene
from tests.drafting.scenario_walk import Walk

# What a page raises follows from the answers, not from what keeps them.
pytestmark = pytest.mark.sqlite

cast, now, s01 = scenario_scenes.cast, scenario_scenes.now, scenario_scenes.s01
begun = scenario_scenes.begun
CHILD, MOTHER, PARTNER = (person.name for person in stories.BRUISE_PEOPLE)
RAISED = "Before you go on"


def changed(story: Mapping[str, Any], key: str, now: datetime) -> Mapping[str, Any]:
    """S01 with one answer on this page that is not safe."""
    page = dict(story[key])
    if key == "information":
        page["item"] = [{**item, "sensitivities": ["health"]} for item in page["item"]]
    elif key == "consent":
        page["consent"] = {**page["consent"], PARTNER: {**page["consent"][PARTNER], "not_asked_text": "He'd be cross."}}
    else:
        told = {"informed": "yes", "informed_state": "TOLD_AFTER", "informed_at": now - timedelta(minutes=5)}
        page["informing"] = {**page["informing"], MOTHER: {"informed": "none"}, PARTNER: told}
        page["advice"] = []
    return page


@pytest.mark.in_turn(3)
@pytest.mark.parametrize(
    ("key", "codes"),
    [
        ("information", ["OFFENCE_DOUBT"]),
        ("consent", ["CONCERN_NOT_ASKED"]),
        ("sending", ["SOURCE_INFORMED", "OPEN_NOT_NEEDED"]),
    ],
)
def test_a_page_says_it_once_and_lets_go_on(s01: Scene, now: datetime, key: str, codes: list[str]) -> None:
    walk = s01.at(key)
    answers = changed(cases.s01(now), key, now)
    walk.fill(key, answers)
    assert walk.at == walk.path(key)
    walk.get(walk.at)
    assert RAISED in walk.text
    assert all(FINDING_TYPES[code].message in walk.text for code in codes)
    walk.go_on(key)
    assert walk.at != walk.path(key)


def test_a_page_with_nothing_to_say_goes_on_at_once(s01: Scene, now: datetime) -> None:
    walk = s01.at("information")
    walk.fill("information", cases.s01(now)["information"])
    assert walk.at == walk.path("legal_basis")
    walk.open("information")
    assert RAISED not in walk.text


def test_saving_for_later_holds_nobody_up(s01: Scene, now: datetime) -> None:
    walk = s01.at("information")
    walk.fill("information", changed(cases.s01(now), "information", now), then="later")
    assert walk.at == reverse("home")


def test_what_somebody_has_to_act_on_stands_first_at_check_and_in_review(s01: Scene, cast: Cast, now: datetime) -> None:
    walk = s01.at("sending")
    walk.skip({"sending": changed(cases.s01(now), "sending", now)}, "sending")
    walk.get(walk.check_path)
    act, rest = walk.text.index("Act on this now"), walk.text.index("Your supervisor will be shown this first")
    assert act < walk.text.index(FINDING_TYPES["SOURCE_INFORMED"].message) < rest
    assert rest < walk.text.index(FINDING_TYPES["OPEN_NOT_NEEDED"].message)
    actions.record(decision=walk.decision, by=walk.user, at=now)
    supervisor = Walk(cast.supervisor, walk.decision, signed_in=True)
    supervisor.get(reverse("reviews:review", args=[walk.decision.public_id]))
    act, rest = supervisor.text.index("Act on this now"), supervisor.text.index("Check this first")
    assert act < supervisor.text.index(FINDING_TYPES["SOURCE_INFORMED"].message) < rest


def test_a_parent_who_is_left_off_is_named_first_and_on_the_record(s01: Scene) -> None:
    walk = s01.at("people")
    left = {"people": {CHILD: {"on": "on"}, PARTNER: {"on": "on", "source_of_harm": "on"}}}
    walk.skip({"people": left}, "people")
    walk.get(walk.check_path)
    said = f"Somebody with parental responsibility is not on this record: {MOTHER} (mother)."
    assert walk.text.index("Act on this now") < walk.text.index(said)
    assert "Parental responsibility, and not on this record" in walk.text


def test_before_others_are_told_the_page_says_who_could_hear_of_it(s01: Scene) -> None:
    walk = s01.at("sending")
    walk.open("sending")
    warned = f"{PARTNER} could find out about this through someone else. Before you tell"
    assert walk.text.count(warned) == len((CHILD, MOTHER))
    assert f"{warned} {MOTHER}," in walk.text
    assert f"{warned} {PARTNER}" not in walk.text
