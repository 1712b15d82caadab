"""The main job with everything optional left empty, on a narrow screen: what is false or unsafe is said."""

from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from decisions.models import Decision
from safeguarding.demo import stories
from tests.browser.hands import Axe
from tests.browser.scenes import PRIMARY, Scene, set_scene

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CHILD, MOTHER, PARTNER = (person.name for person in stories.BRUISE_PEOPLE)
OPTIONAL = {
    "views",
    "child_views",
    "could_hear",
    "consent_how",
    "consent_at",
    "competence_note",
    "not_asked_agreed_with",
}
# Said at Check, to the author and to the supervisor.
SAID = (
    f"{PARTNER}: Enter who agreed that it is not safe to ask this person",
    f"{MOTHER}: Enter this person's views, in their own words",
    "If anything here says someone may have committed a crime",
    f"{MOTHER}: Enter when this person was told",
    f"{MOTHER}: Somebody may be in danger: answer whether the way of reaching this person was safe",
    f"{PARTNER}: Answer whether this person could find out through someone else",
    f"{PARTNER}: Enter who agreed that this person is told later",
)
NOT_SENT = "Decided to share – not yet sent"


def bare(at: datetime) -> dict[str, Any]:
    """A child hurt by somebody who is named, with only what the pages before insist on."""
    story = deepcopy(stories.refused_and_shared(at))
    for answers in story["consent"]["consent"].values():
        for name in OPTIONAL & set(answers):
            del answers[name]
    for name in ("opinion", "happened", "known_risk"):
        del story["concern"][name]
    return story


def test_nothing_false_or_unsafe_passes_in_silence(browser_page: Page, live_server: LiveServer, axe: Axe) -> None:
    browser_page.set_viewport_size({"width": 375, "height": 800})
    scene = set_scene(browser_page, live_server, axe, PRIMARY)
    family = scene.family("Ashdown", stories.BRUISE_PEOPLE)
    draft, story = scene.begins(family), bare(scene.now)
    scene.filled(draft, story, "people", "concern", "request", "outcome", "consent")
    scene.opens(draft, "information")
    shared_without_a_thought(scene)
    weighed = {"why_no_more": "Only this.", "risk_if_shared": "Little trust.", "risk_if_not": "Another assault."}
    scene.filled(draft, {"legal_basis": weighed}, "legal_basis")
    scene.opens(draft, "sending")
    nothing_sent(scene)
    scene.hands.sees("Check your answers")
    scene.hands.reads(*SAID)
    decision = scene.records(draft)
    scene.hands.reads(NOT_SENT, *SAID)
    said_afterwards(scene, decision)


def shared_without_a_thought(scene: Scene) -> None:
    """Who it is about and what it includes are insisted on; that nothing in it is a crime is doubted."""
    hands = scene.hands
    hands.sees("What you will share")
    hands.tick("Share all of this with Ravensmere children's social care")
    hands.continue_from("What you will share", refused="Tick who this is about")
    hands.reads("Tick what it includes, or “None of these”", f"{PARTNER} may be its source")
    hands.choose("Who is this about?", CHILD)
    hands.choose("Does what you share include any of these?", "None of these")
    hands.continue_from("What you will share")


def nothing_sent(scene: Scene) -> None:
    """Two were told, nobody says when or how, and nothing has been sent."""
    hands = scene.hands
    hands.sees("What was sent and who was told")
    hands.continue_from("What was sent and who was told", refused="Choose whether they have been told")
    for name, state in ((CHILD, "Informed at the time"), (MOTHER, "Informed before sharing")):
        hands.choose("Have they been told who gets what, and why?", "Yes, or in part", hands.within(name))
        hands.choose("When were they informed, or how much?", state, hands.within(name))
    review = scene.now.date() + timedelta(days=3)
    hands.when("When will you review this, or by when will they be told?", review, hands.within(PARTNER))
    hands.continue_from("What was sent and who was told")


def said_afterwards(scene: Scene, decision: Decision) -> None:
    """That nothing was sent stands wherever the decision is named, and is due for both."""
    hands, due = scene.hands, f"Send it, or enter why you will not: {decision.reference}"
    assert NOT_SENT in scene.summary(decision)
    hands.go(f"/decisions/{decision.public_id}/print/")
    hands.sees(f"Record of decision {decision.reference}")
    hands.reads(NOT_SENT)
    hands.go("/")
    hands.reads(due)
    scene.enters("supervisor")
    hands.reads(due, "1 decision to review")
    hands.go("/reviews/")
    hands.sees("Decisions to review")
    hands.reads(NOT_SENT, "Act now")
    hands.follow(decision.reference)
    hands.sees(f"Review decision {decision.reference}")
    hands.reads(NOT_SENT, *SAID)
