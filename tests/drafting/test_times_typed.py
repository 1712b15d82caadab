"""Times that contradict each other are found on the page where the second of them is typed, and at Check."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from drafting.actions import complete
from drafting.draft import load
from drafting.pages.outcome import OutcomePage
from rules.findings import FINDING_TYPES
from safeguarding.demo import stories
from tests.cast import Cast
from tests.decisions.cases import plain
from tests.drafting import scenario_cases as cases
from tests.drafting import scenario_scenes
from tests.drafting.households import household
from tests.drafting.scenario_scenes import Scene
from tests.drafting.test_actions_urgent import record

pytestmark = pytest.mark.sqlite

cast, now, s01 = scenario_scenes.cast, scenario_scenes.now, scenario_scenes.s01
HOUR = timedelta(hours=1)
MOTHER = stories.BRUISE_PEOPLE[1].name
RAISED = "Before you go on"
SENT_TWICE = {"recipient": stories.SOCIAL_CARE, "sent_at": -9, "how": "By phone"}


def before(code: str) -> str:
    """The message up to what is put into it."""
    return FINDING_TYPES[code].message.partition("{")[0].strip()


def moved(rows: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Hours become times."""
    at = {"sent_at", "given_at"}
    return {
        key: [{name: now + value * HOUR if name in at else value for name, value in row.items()} for row in listed]
        for key, listed in rows.items()
    }


@pytest.mark.in_turn(2)
@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"sending": [SENT_TWICE, {**SENT_TWICE, "sent_at": 0}]}, "SENT_BEFORE_DECIDED"),
        ({"advice": [{"who": "Duty manager", "gist": "Share it.", "given_at": 0}]}, "ADVICE_AFTER"),
    ],
    ids=["sent", "advice"],
)
def test_it_is_said_once_where_it_is_typed_and_again_at_check(
    s01: Scene, now: datetime, typed: dict[str, Any], code: str
) -> None:
    walk = s01.at("sending")
    plain(type(walk.decision)).filter(pk=walk.decision.pk).update(decided_at=now - HOUR)
    walk.open("sending")
    sent = walk.filled("sending", {**cases.s01(now)["sending"], **moved(typed, now)})
    walk.send(walk.path("sending"), sent, then_at=walk.path("sending"))
    walk.get(walk.at)
    assert RAISED in walk.text
    assert before(code) in walk.text
    walk.go_on("sending")
    assert walk.at == walk.check_path
    walk.get(walk.check_path)
    assert before(code) in walk.text


def test_it_is_said_on_the_other_page_too(s01: Scene, now: datetime) -> None:
    """It was sent first; then the time of the decision is corrected to one that is later."""
    walk = s01.at("check")
    plain(type(walk.decision)).filter(pk=walk.decision.pk).update(decided_at=now)
    plain(type(walk.decision.sendings.get())).filter(decision=walk.decision).update(sent_at=now - HOUR)
    walk.get(walk.path("outcome"))
    assert RAISED in walk.text
    assert before("SENT_BEFORE_DECIDED") in walk.text


@pytest.mark.parametrize(
    ("state", "hours", "code"), [("TOLD_BEFORE", 1, "INFORMED_BEFORE_LATE"), ("TOLD_AFTER", -9, "INFORMED_AFTER_EARLY")]
)
def test_what_cannot_be_so_is_an_error_of_its_field(
    s01: Scene, now: datetime, state: str, hours: int, code: str
) -> None:
    walk = s01.at("sending")
    page = cases.s01(now)["sending"]
    sent = [{"recipient": stories.SOCIAL_CARE, "sent_at": now - 2 * HOUR, "how": "By phone"}]
    informed_at = now - 2 * HOUR + hours * HOUR
    answers = {**page["informing"][MOTHER], "informed_state": state, "informed_at": informed_at}
    walk.fill("sending", {**page, "sending": sent, "informing": {**page["informing"], MOTHER: answers}}, status=422)
    assert f"Error: {FINDING_TYPES[code].message}" in walk.errors
    assert "There is a problem" in walk.text
    assert not walk.decision.sendings.filter(sent_at=now - 2 * HOUR).exists()


def test_times_that_fit_are_passed_over(s01: Scene, now: datetime) -> None:
    walk = s01.at("sending")
    walk.fill("sending", cases.s01(now)["sending"])
    assert walk.at == walk.check_path


@pytest.mark.in_turn(3)
@pytest.mark.parametrize("hours", [1, 5, 30])
def test_when_it_was_decided_is_never_now_where_it_was_sent_before(cast: Cast, now: datetime, hours: int) -> None:
    sent_at = (now - hours * HOUR).replace(second=0, microsecond=0)
    family = household(stories.BRUISE_PEOPLE, team=cast.team, by=cast.practitioner, at=now)
    urgent = record(cast, at=now, shared_at=sent_at)
    draft = complete(urgent=urgent, family=family, by=cast.practitioner, at=now)
    plain(type(draft)).filter(pk=draft.pk).update(decided_at=None)
    draft.draft_pages.all().delete()
    offered = OutcomePage(load(draft, cast.practitioner)).main.initial["decided_at"]
    assert offered == sent_at


def test_otherwise_it_starts_with_now(s01: Scene) -> None:
    walk = s01.at("outcome")
    offered = OutcomePage(load(walk.decision, walk.user)).main.initial["decided_at"]
    assert timezone.now() - offered < timedelta(minutes=1)
